package charts

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/layer/layertest"
	"github.com/longtake/longtake/layers/panels"
	"github.com/longtake/longtake/layers/table"
)

func TestNiceAxes(t *testing.T) {
	plain := func(v float64) string { return "" }
	for _, c := range []struct {
		lo, hi float64
		wanted int
		want   []float64
	}{
		{0, 93, 5, []float64{0, 20, 40, 60, 80, 100}}, {-3, 12, 3, []float64{-5, 0, 5, 10, 15}}, {0.12, 0.31, 4, []float64{0.1, 0.15, 0.2, 0.25, 0.3, 0.35}},
		{5, 5, 2, []float64{4.5, 5, 5.5}}, {0, 0, 2, []float64{-0.5, 0, 0.5}},
	} {
		a := nice(c.lo, c.hi, c.wanted, plain)
		if !slices.EqualFunc(a.ticks, c.want, func(a, b float64) bool { return math.Abs(a-b) < 1e-9 }) {
			t.Errorf("%v … %v: %v, want %v", c.lo, c.hi, a.ticks, c.want)
		}
	}
	from := time.Date(2026, 1, 20, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		span time.Duration
		want []string
	}{
		{5 * time.Minute, []string{"00:00", "00:01", "00:02", "00:03", "00:04", "00:05"}}, {12 * time.Hour, []string{"00:00", "03:00", "06:00", "09:00", "12:00"}},
		{100 * 24 * time.Hour, []string{"Feb", "Mar", "Apr"}}, {3 * 366 * 24 * time.Hour, []string{"2027", "2028", "2029"}},
	} {
		if a := days(float64(from.Unix()), float64(from.Add(c.span).Unix()), 5); !slices.Equal(a.labels, c.want) {
			t.Errorf("%v: %v, want %v", c.span, a.labels, c.want)
		}
	}
}

func TestFrames(t *testing.T) {
	rows := table.FromFeatures([]geo.Feature{
		{ID: "1", Tags: map[string]string{"m": "b", "s": "u", "v": "3"}}, {ID: "2", Tags: map[string]string{"m": "a", "s": "u", "v": "NA"}},
		{ID: "3", Tags: map[string]string{"m": "b", "s": "w", "v": "-2"}}, {ID: "4", Tags: map[string]string{"m": "b", "s": "u", "v": "4"}}, {ID: "5", Tags: map[string]string{"v": "9"}},
	})
	f, err := (&Fields{X: "m", Y: []string{"v"}, Series: "s", Aggregate: "sum", Sort: "data"}).frame(rows)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(f.names, []string{"b", "a"}) || len(f.series) != 2 || f.series[0].values[0] != 7 || f.series[1].values[0] != -2 {
		t.Errorf("%+v", f)
	}
	if !math.IsNaN(f.series[0].values[1]) { // missing is not zero
		t.Errorf("a missing value is %v", f.series[0].values[1])
	}
	low, high := f.stacked()
	if low[0][0] != 0 || high[0][0] != 7 || low[1][0] != -2 || high[1][0] != 0 {
		t.Errorf("%v %v", low, high)
	}
	sorted, _ := (&Fields{X: "m", Y: []string{"v"}, Aggregate: "count", Sort: "name", Limit: 1}).frame(rows)
	if len(sorted.names) != 1 || sorted.names[0] != "a" || sorted.series[0].values[0] != 1 {
		t.Errorf("%+v", sorted)
	}
	if _, err := (&Fields{X: "m", Y: []string{"w"}, Aggregate: "sum"}).frame(rows); err == nil {
		t.Error("a field that is not there")
	}
}

// Cells fill the box, each with its share of it, none over another.
func TestTreemapKeepsAreas(t *testing.T) {
	groups := []panels.Group{{Value: 60}, {Value: 30}, {Value: 25}, {Value: 8}, {Value: 4}, {Value: 1}}
	cells := squarified(groups, canvas.Box{X: 10, Y: 20, W: 320, H: 160})
	for i, c := range cells {
		if want := groups[i].Value / 128 * 320 * 160; math.Abs(c.W*c.H-want) > 1e-6*want {
			t.Errorf("cell %d has %v, want %v", i, c.W*c.H, want)
		}
		for _, o := range cells[:i] {
			if c.Inset(1e-6).Meets(o) {
				t.Errorf("%+v over %+v", c, o)
			}
		}
		if ratio := max(c.W/c.H, c.H/c.W); i < 4 && ratio > 3.5 {
			t.Errorf("cell %d is %v times as long as wide", i, ratio)
		}
	}
}

// What flows into a node or out of it is as wide as the node at the most, loops are cut, and
// no node lies over another of its column.
func TestSankeySettles(t *testing.T) {
	f := &flows{}
	f.read([]string{"a", "a", "b", "c", "d", "", "e"}, []string{"b", "c", "d", "d", "a", "x", "e"}, []float64{5, 3, 4, 3, 2, 7, math.NaN()})
	f.settle(300, 10)
	if f.columns != 4 {
		t.Fatalf("%d columns: %+v", f.columns, f.nodes)
	}
	for i, n := range f.nodes {
		if n.y < -1e-6 || n.y+n.h > 300+1e-6 {
			t.Errorf("%s at %v, high %v", n.name, n.y, n.h)
		}
		for _, o := range f.nodes[:i] {
			if o.column == n.column && n.y < o.y+o.h && o.y < n.y+n.h {
				t.Errorf("%s over %s", n.name, o.name)
			}
		}
		out := 0.0
		for _, l := range n.out {
			out += f.links[l].value
			if f.nodes[f.links[l].to].column <= n.column {
				t.Errorf("%s flows back", n.name)
			}
		}
		if out > n.value {
			t.Errorf("%s gives %v of %v", n.name, out, n.value)
		}
	}
}

// Every chart grows: nothing at first, all at the end, and the same picture for the same time.
func TestChartsGrow(t *testing.T) {
	c, _ := layertest.Context(t, "longtake: 1\nsources: {s: {type: table, path: x}}\nlayers: [{id: a, type: bar-chart, source: s, x: name, y: [v], from: 2s}]\n")
	draws, err := layer.Draw(c)
	if err != nil {
		t.Fatal(err)
	}
	p := draws[0].What.(*drawable.Panel)
	at := func(seconds float64) *drawable.Image {
		return p.Paint(&drawable.PanelView{Time: seconds, Scale: 1}, p.Size[0], p.Size[1])
	}
	if at(2) != nil {
		t.Error("it is there before it has begun")
	}
	half, whole := at(2.5), at(9)
	if half == nil || slices.Equal(half.Pixels, whole.Pixels) || !slices.Equal(whole.Pixels, at(9).Pixels) {
		t.Error("it does not grow, or differs at one time")
	}
	v := func(s float64) *drawable.PanelView { return &drawable.PanelView{Time: s} }
	if p.State(v(9)) != p.State(v(20)) || p.State(v(2.4)) == p.State(v(2.5)) {
		t.Error("its state is not that of its picture")
	}
}

package charts

import (
	"math"
	"reflect"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/layer/layertest"
	"github.com/longtake/longtake/layers/table"
)

var nan = math.NaN()

func TestRunsRoundARing(t *testing.T) {
	for _, c := range []struct {
		values []float64
		want   [][]int
	}{
		{[]float64{1, 2, 3}, [][]int{{0, 1, 2}}},
		{[]float64{1, nan, 3, 4}, [][]int{{2, 3, 0}}},
		{[]float64{nan, 2, nan, 4, -5}, [][]int{{1}, {3, 4}}},
		{[]float64{nan, nan}, nil},
	} {
		if got := known(c.values); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%v: %v, want %v", c.values, got, c.want)
		}
	}
}

func equal(a, b []float64) bool {
	for i := range a {
		if a[i] != b[i] && !(math.IsNaN(a[i]) && math.IsNaN(b[i])) {
			return false
		}
	}
	return len(a) == len(b)
}

// Over a series without a value nobody knows where the next one stands; a count of no rows is
// known to be none.
func TestBandsBreakWhereOneBelowIsMissing(t *testing.T) {
	f := &frame{names: []string{"a", "b", "c"}, series: []series{{values: []float64{1, nan, 3}}, {values: []float64{4, 5, nan}}, {values: []float64{1, 1, 1}}}}
	low, high := f.banded(false)
	for s, want := range [][2][]float64{{{0, nan, 0}, {1, nan, 3}}, {{1, nan, nan}, {5, nan, nan}}, {{5, nan, nan}, {6, nan, nan}}} {
		if !equal(low[s], want[0]) || !equal(high[s], want[1]) {
			t.Errorf("series %d: %v to %v, want %v", s, low[s], high[s], want)
		}
	}
	low, high = f.banded(true)
	if !equal(low[2], []float64{5, 5, 3}) || !equal(high[2], []float64{6, 6, 4}) {
		t.Errorf("of counts: %v to %v", low[2], high[2])
	}
}

func TestTotalsOfStacks(t *testing.T) {
	f := &frame{series: []series{{values: []float64{5, nan, -1, 0, nan}}, {values: []float64{3, 5, -2, 0, nan}}, {values: []float64{-4, 1, nan, nan, nan}}}}
	for i, want := range [][]total{{{8, false}, {-4, true}}, {{6, false}}, {{-3, true}}, {{0, false}}, nil} {
		if got := f.totals(i); !reflect.DeepEqual(got, want) {
			t.Errorf("place %d: %v, want %v", i, got, want)
		}
	}
}

// What has no place in a chart of shares is counted, once for each chart that leaves it out.
func TestNegativeSharesAreTold(t *testing.T) {
	rows := table.FromFeatures([]geo.Feature{{ID: "1", Tags: map[string]string{"n": "a", "v": "3"}}, {ID: "2", Tags: map[string]string{"n": "b", "v": "-4"}}, {ID: "3", Tags: map[string]string{"n": "c", "v": "NA"}}})
	for _, typ := range []string{"pie-chart", "treemap", "funnel-chart"} {
		c, skipped := layertest.Context(t, "longtake: 1\nsources: {s: {type: table, path: x}}\nlayers: [{id: a, type: "+typ+", source: s, name: n, value: v}]\n")
		c.Table = rows
		if _, err := layer.Draw(c); err != nil || skipped[belowZero] != 1 || len(skipped) != 1 {
			t.Errorf("%s: %v %v", typ, skipped, err)
		}
	}
}

// The label of a bar below zero stands below its end, not at zero.
func TestLabelsStandAtTheEndsOfBars(t *testing.T) {
	c, _ := layertest.Context(t, "longtake: 1\nsources: {s: {type: table, path: x}}\nlayers: [{id: a, type: bar-chart, source: s, x: n, y: [v], values: true, radius: 0, colors: ['#00ff00'], glass: false, width: 300, height: 300}]\n")
	c.Table = table.FromFeatures([]geo.Feature{{ID: "1", Tags: map[string]string{"n": "a", "v": "10"}}, {ID: "2", Tags: map[string]string{"n": "b", "v": "-7"}}})
	draws, err := layer.Draw(c)
	if err != nil {
		t.Fatal(err)
	}
	p := draws[0].What.(*drawable.Panel)
	img := p.Paint(&drawable.PanelView{Scale: 1, Time: 10}, p.Size[0], p.Size[1])
	green := 0 // the last row of the bar below zero
	for y := range img.Height {
		if q := img.Pixels[4*(y*img.Width+img.Width*3/4):]; q[1] > 60 && q[0] < 60 {
			green = y
		}
	}
	label := img.Height - 40 // names of places begin below it
	found := false
	for y := green + 2; y < label; y++ {
		for x := img.Width * 5 / 8; x < img.Width; x++ {
			found = found || img.Pixels[4*(y*img.Width+x)] > 120
		}
	}
	if green == 0 || !found {
		t.Errorf("no label below the bar's end at row %d of %d", green, img.Height)
	}
}

package layers

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// tellsRows is a layer of each type of panel and chart that tells of a source's rows.
var tellsRows = map[string]string{
	"number":            "field: v, aggregate: sum",
	"progress":          "field: v, whole: 100",
	"ranking":           "name: n, field: v",
	"table":             "columns: [{field: n}, {field: v}]",
	"carousel":          "name: n",
	"callout":           "name: n",
	"mini-map":          "",
	"web":               "html: <p/>",
	"bar-chart":         "x: n, y: [v]",
	"line-chart":        "x: w, y: [v]",
	"area-chart":        "x: w, y: [v]",
	"scatter-chart":     "x: w, y: v",
	"candlestick-chart": "x: w, open: v, high: h, low: l, close: w",
	"pie-chart":         "name: n, value: v",
	"funnel-chart":      "name: n, value: v",
	"treemap":           "name: n, value: v",
	"radar-chart":       "x: n, y: [v]",
	"gauge":             "field: v, most: 100",
	"heat-chart":        "x: n, y: k, value: v",
	"sankey":            "begin: n, end: k, value: v",
}

// A selection and a window of time reach panels and charts as they reach marks: what is shown
// of some rows is what a source of these rows shows. Of no rows, nothing panics.
func TestPanelsTellOfRowsThatAreThere(t *testing.T) {
	var all []geo.Feature
	for i := range 12 {
		x, y := 8+0.01*float64(i), 47+0.01*float64(i%3)
		all = append(all, geo.Feature{ID: fmt.Sprint(i), Geometry: orb.Polygon{{{x, y}, {x + 0.01, y}, {x, y + 0.01}, {x, y}}},
			Tags: map[string]string{"n": fmt.Sprintf("n%02d", i), "k": fmt.Sprintf("k%d", i%4), "v": fmt.Sprint(3 + i*i), "w": fmt.Sprint(2 + i), "h": fmt.Sprint(9 + i*i), "l": fmt.Sprint(1 + i)}})
	}
	rows := table.FromFeatures(all)
	some := []int{1, 4, 5, 6, 9}
	only := make(layer.Shown, rows.Rows())
	for _, i := range some {
		only[i] = true
	}
	for name, typ := range Types() {
		if w, ok := typ.New().(interface{ DrawsWhole() bool }); !ok || !w.DrawsWhole() || typ.Group != "panels" && typ.Group != "charts" {
			continue
		}
		if name == "time-slider" {
			continue // its line reaches over all rows; what its bars count has a test of its own
		}
		props, ok := tellsRows[name]
		if !ok {
			t.Errorf("%s tells of rows: it needs a layer in tellsRows", name)
			continue
		}
		d, err := scene.Parse("test.yaml", []byte("longtake: 1\nsources: {s: {type: table, path: a.csv}}\nlayers:\n  - {id: a, type: "+name+", source: s, "+props+"}\n"), Types())
		if err != nil {
			t.Error(err)
			continue
		}
		context := func(rows *table.Table) *layer.Context {
			c := drawContext(&d.Layers[0])
			c.Table = rows
			return c
		}
		whole, part, alone := painted(t, context(rows)), painted(t, context(rows).Only(only)), painted(t, context(rows.Pick(some)))
		if len(whole) == 0 || slices.EqualFunc(whole, part, bytes.Equal) {
			t.Errorf("%s shows all rows where some are selected", name)
		}
		if name != "mini-map" && !slices.EqualFunc(part, alone, bytes.Equal) { // which keeps the extent of all
			t.Errorf("%s shows something else of the rows that are selected than of a source that has no others", name)
		}
		painted(t, context(rows).Only(make(layer.Shown, rows.Rows())))
	}
}

// painted are the pictures of a layer's panels; of pages what they are given.
func painted(t *testing.T, c *layer.Context) (out [][]byte) {
	t.Helper()
	draws, err := layer.Draw(c)
	if err != nil {
		t.Errorf("%v", err)
	}
	for _, d := range draws {
		p, ok := d.What.(*drawable.Panel)
		if !ok {
			t.Fatalf("%s draws a %T", c.Layer.Type, d.What)
		}
		v := &drawable.PanelView{Time: 100, Scale: 1, Height: 4000, Eye: [2]float64{8.05, 47.02}, Corners: [4][3]float64{{-1, 1, -1}, {1, 1, -1}, {1, -1, -1}, {-1, -1, -1}}}
		var given []byte
		v.Browse = func(p *drawable.Page, _, _, _ float64) (*drawable.Image, bool) {
			given = p.Data
			return nil, true
		}
		size := p.Size
		if img := p.Paint(v, size[0], size[1]); img != nil {
			out = append(out, append(slices.Clone(img.Pixels), given...))
		}
	}
	return out
}

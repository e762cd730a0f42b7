package panels

import (
	"strings"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/layer/layertest"
	"github.com/longtake/longtake/layers/table"
)

// A panel that may choose its width holds all that it writes: the trend below a short figure,
// too. The same line in a panel with room to spare ends where it does.
func TestNumberIsAsWideAsItsTrend(t *testing.T) {
	inked := func(width string) (right, wide int) {
		c, _ := layertest.Context(t, "longtake: 1\nsources: {s: {type: table, path: x}}\nlayers: [{id: a, type: number, source: s, field: v, aggregate: last, trend: true, glass: false"+width+"}]\n")
		c.Table = table.FromFeatures([]geo.Feature{{ID: "1", Tags: map[string]string{"v": "-4"}}, {ID: "2", Tags: map[string]string{"v": "-2"}}})
		draws, err := layer.Draw(c)
		if err != nil {
			t.Fatal(err)
		}
		n := draws[0].What.(*drawable.Panel)
		img := n.Paint(&drawable.PanelView{Scale: 1, Time: 10}, n.Size[0], n.Size[1])
		for k := 3; k < len(img.Pixels); k += 4 {
			if img.Pixels[k] > 0 {
				right = max(right, k/4%img.Width)
			}
		}
		return right, img.Width
	}
	want, _ := inked(", width: 600")
	if got, wide := inked(""); got != want || wide < want {
		t.Errorf("its trend ends at %d of %d pixels, with room at %d", got, wide, want)
	}
}

// A value that has risen from below zero has risen.
func TestTrendFromBelowZero(t *testing.T) {
	c, _ := layertest.Context(t, "longtake: 1\nsources: {s: {type: table, path: x}}\nlayers: [{id: a, type: number, source: s, field: v, aggregate: last, trend: true}]\n")
	c.Table = table.FromFeatures([]geo.Feature{{ID: "1", Tags: map[string]string{"v": "-4"}}, {ID: "2", Tags: map[string]string{"v": "-2"}}})
	n := c.Layer.Props.(*Number)
	shown, err := n.figure(c)
	if words, ok := (&Number{number: shown}).change(); err != nil || !ok || !strings.HasPrefix(words, "+50.0") {
		t.Errorf("%s %v %v", words, ok, err)
	}
}

package labels_test

import (
	"testing"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/layer/layertest"
	"github.com/longtake/longtake/scene"
)

func glyphs(t *testing.T, props string) *drawable.Glyphs {
	t.Helper()
	c, _ := layertest.Context(t, "longtake: 1\nsources: { s: { type: table, path: s.csv } }\nlayers: [{ id: l, type: label, source: s, "+props+" }]")
	draws, err := layer.Draw(c)
	if err != nil {
		t.Fatal(err)
	}
	return draws[0].What.(*drawable.Glyphs)
}

// TestPlate: a plate holds its text with the padding, stands on the leader, and takes its
// room from other labels; rows whose colour is transparent have none.
func TestPlate(t *testing.T) {
	bare := glyphs(t, "text: name, size: 20")
	g := glyphs(t, `text: name, size: 20, leader: 50, padding: [9, 4], background: { field: kind, scale: categorical, domain: [a, b], range: ["#102030", "#00000000"] }`)
	if len(g.Labels) != 2 || len(bare.Labels) != 2 {
		t.Fatalf("%d labels, %d without plates", len(g.Labels), len(bare.Labels))
	}
	plates := 0
	for i, l := range g.Labels {
		if l.PlateColor[3] == 0 {
			if l.PlateColor != ([4]uint8{}) {
				t.Errorf("a transparent plate of %v", l.PlateColor)
			}
			continue
		}
		plates++
		if l.PlateColor != (scene.Color{0x10, 0x20, 0x30, 255}) {
			t.Errorf("a plate of %v", l.PlateColor)
		}
		b := bare.Labels[i]
		if w, text := l.Plate[2]-l.Plate[0], b.Max[0]-b.Min[0]; w != text+18 {
			t.Errorf("a plate %v wide for a text of %v", w, text)
		}
		if h, text := l.Plate[3]-l.Plate[1], b.Max[1]-b.Min[1]; h < text+7.99 || h > text+8.01 || l.Plate[1] != 50 {
			t.Errorf("a plate %v high from %v on for a text of %v", h, l.Plate[1], text)
		}
		if l.Max[0] != l.Plate[2] || l.Max[1] != l.Plate[3] || l.Min[0] != l.Plate[0] {
			t.Errorf("plate %v takes room %v, %v", l.Plate, l.Min, l.Max)
		}
	}
	if plates != 1 {
		t.Errorf("%d plates", plates)
	}
}

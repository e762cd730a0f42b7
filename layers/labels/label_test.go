package labels_test

import (
	"math"
	"strings"
	"testing"

	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

// TestAnchor: the named part of a text, with its plate, lies at its place, moved by the
// offset.
func TestAnchor(t *testing.T) {
	for anchor, want := range map[string][4]float64{ // shares of the extent left, below, right of and above the place
		"center": {0.5, 0.5, 0.5, 0.5}, "left": {0, 0.5, 1, 0.5}, "right": {1, 0.5, 0, 0.5},
		"top": {0.5, 1, 0.5, 0}, "bottom-right": {1, 0, 0, 1},
	} {
		for _, plate := range []string{"", `, background: "#102030"`} {
			l := glyphs(t, `text: name, size: 40, offset: [7, 3], anchor: `+anchor+plate).Labels[0]
			w, h := float64(l.Max[0]-l.Min[0]), float64(l.Max[1]-l.Min[1])
			got := [4]float64{-float64(l.Min[0]-7) / w, -float64(l.Min[1]+3) / h, float64(l.Max[0]-7) / w, float64(l.Max[1]+3) / h}
			for k := range got {
				if math.Abs(got[k]-want[k]) > 0.08 { // letters are not quite in the middle of their em
					t.Errorf("%s%s: %.2f of the text lie around its place, not %v", anchor, plate, got, want)
					break
				}
			}
			if l.Plate != [4]float32{l.Min[0], l.Min[1], l.Max[0], l.Max[1]} {
				t.Errorf("%s: a plate %v for %v, %v", anchor, l.Plate, l.Min, l.Max)
			}
		}
	}
}

// Labels once ran along lines: who has that in a scene is told what does now.
func TestAlongTellsOfLineLabels(t *testing.T) {
	_, err := scene.Parse("a.yaml", []byte("longtake: 1\nlayers: [{ id: l, type: label, tiles: t, along: true }]"), layer.Types())
	if err == nil || !strings.Contains(err.Error(), `layers[0].along: unknown key "along": use the type line-label`) {
		t.Error(err)
	}
}

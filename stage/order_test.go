package stage

import (
	"testing"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline"
)

// TestLayersOfHigherOrderAreDrawnLater: shops come after the districts as the document has
// them, and before them with a lower order; labels and ids do not mind.
func TestLayersOfHigherOrderAreDrawnLater(t *testing.T) {
	sizes := func(f *pipeline.Frame) (out []float32) {
		for _, d := range f.Draws {
			if p, ok := d.What.(*drawable.Points); ok {
				out = append(out, p.Vertices[0].Size)
			}
		}
		return out
	}
	for more, first := range map[string]float32{`}`: 40, `, order: -1 }`: 9, `, order: 1 }`: 40} {
		p := linkedPlayer(t, more)
		f := frameAt(t, p, 0)
		if got := sizes(f); len(got) != 2 || got[0] != first {
			t.Errorf("shops with %s: points of %v, want those of %v first", more, got, first)
		}
		for i := 1; i < len(p.named); i++ {
			if p.named[i].base <= p.named[i-1].base {
				t.Errorf("shops with %s: ids of layers do not ascend", more)
			}
		}
	}
	parts := make([]drawable.Draw, 6)
	for i := range parts {
		parts[i].IDBase = uint32(i)
	}
	inOrder(parts, []layerSpan{{2, 2}, {0, 3}, {2, 4}, {-1, 6}})
	for i, want := range []uint32{4, 5, 2, 0, 1, 3} {
		if parts[i].IDBase != want {
			t.Fatalf("draw %d is %d, want %d", i, parts[i].IDBase, want)
		}
	}
}

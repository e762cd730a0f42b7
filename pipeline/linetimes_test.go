package pipeline

import (
	"bytes"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
)

// A comet whose times count from 1970 is where the same one is that counts from 0.
func TestCometsOfAnyEpoch(t *testing.T) {
	r := newTestRenderer(t, Options{Width: 96, Height: 54, Quality: Quality{SubFrames: 1, ShadowCascades: 1, ShadowSize: 64, ShadowTaps: 1}})
	at := func(since, clock float64) []byte {
		l := &drawable.Lines{Frame: earth.FrameAt(andorra).Matrix(), Blend: drawable.Alpha, Emission: 3, Flow: drawable.Comet{Since: since, Trail: 4}, Starts: []uint32{0}}
		for i := range 21 {
			l.Vertices = append(l.Vertices, drawable.LineVertex{Position: [3]float32{float32(-40 + 4*i), 60, 4}, Width: 30, Color: [4]uint8{255, 255, 255, 255}, Time: float32(i)})
		}
		draw(t, r, &Frame{View: look(andorra, 0, 0, 4, 0, 0), Draws: []drawable.Draw{{What: l.Bound(), Time: clock}}, Env: dark(andorra)})
		return bytes.Clone(readImage(t, r).Pix)
	}
	early, late, later := at(0, 10.25), at(1.7e9, 1.7e9+10.25), at(1.7e9, 1.7e9+13.25)
	if !bytes.Equal(early, late) {
		t.Error("a comet of 2023 is elsewhere than one of 1970")
	}
	if bytes.Equal(late, later) {
		t.Error("a comet does not move")
	}
}

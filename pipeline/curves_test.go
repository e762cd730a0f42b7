package pipeline

import (
	"math"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
)

// Curves look as the polylines do that go the same way: dashed, with lights along them, in
// metres, and seen as flat bands.
func TestCurvesLookLikePolylines(t *testing.T) {
	r := newTestRenderer(t, Options{Width: 192, Height: 108, Quality: Quality{SubFrames: 1, ShadowCascades: 1, ShadowSize: 64, ShadowTaps: 1}})
	for name, style := range map[string]drawable.Lines{
		"plain":  {},
		"dashed": {Rhythm: drawable.Rhythm{Kind: drawable.Dashes, On: 6, Off: 5, Metres: true}, Casing: drawable.Casing{Width: 2, Color: [4]uint8{0, 80, 0, 255}}},
		"comet":  {Flow: drawable.Comet{Trail: 3, Cycle: 5, Rest: 0.2, Taper: 1}},
		"flat":   {Flat: true, Metres: true},
		"arrow":  {Cap: drawable.CapArrow, Join: drawable.JoinMitre},
	} {
		style.Frame, style.Blend, style.Emission = earth.FrameAt(andorra).Matrix(), drawable.Alpha, 1
		curved, straight := style, style
		for i := range 3 {
			c := drawable.Curve{Width: 6 + 3*float32(i), Offset: float32(i), Time: [2]float32{float32(i), float32(i + 7)}, Color: [2][4]uint8{{255, 255, 255, 255}, {90, 160, 255, 200}}, Feature: uint32(i)}
			var p [7]mgl64.Vec3
			for k, s := range drawable.CurveNodes {
				p[k] = mgl64.Vec3{-40 + 80*s, 80 + 15*float64(i), 6 - 9*float64(i) + 25*math.Sin(3*s)}
			}
			c.Through(&p)
			curved.Curves = append(curved.Curves, c)
			straight.Starts = append(straight.Starts, uint32(len(straight.Vertices)))
			for k := range headSteps + 1 {
				s := float32(k) / headSteps
				v := drawable.LineVertex{Position: c.At(s), Width: c.Width, Offset: c.Offset, Time: c.Time[0] + s*(c.Time[1]-c.Time[0]), Feature: c.Feature}
				for n := range v.Color {
					v.Color[n] = uint8(math.Round(float64(c.Color[0][n]) + float64(s)*(float64(c.Color[1][n])-float64(c.Color[0][n]))))
				}
				straight.Vertices = append(straight.Vertices, v)
			}
		}
		shot := func(l *drawable.Lines) []byte {
			draw(t, r, &Frame{View: look(andorra, 0, 0, 4, 0, 4), Draws: []drawable.Draw{{What: l.Measure().Bound(), Time: 4.4}}, Env: dark(andorra)})
			return readImage(t, r).Pix
		}
		want := append([]byte(nil), shot(&straight)...)
		got, black := shot(&curved), shot(&drawable.Lines{})
		var off, ink float64
		for i := range want {
			off += math.Abs(float64(got[i]) - float64(want[i]))
			ink += math.Abs(float64(want[i]) - float64(black[i]))
		}
		if ink == 0 || off > 0.08*ink {
			t.Errorf("%s: %.3f of the light is elsewhere", name, off/ink)
		}
	}
}

// A curve has as many segments as its bend takes in the picture, and no more than can be drawn.
func TestCurveSteps(t *testing.T) {
	v := look(andorra, 0, 0, 4, 0, 0)
	c := newCamera(&v, 0, 1920, 1080)
	at := func(bend float32, away float64, curves int, end drawable.Cap) int {
		return curveSteps(&drawable.CurveBatch{Bend: bend, Count: curves}, end, &c, placement{center: mgl64.Vec3{0, away, 0}, radius: 100})
	}
	near, far, within := at(100, 1000, 1, drawable.CapRound), at(100, 1e5, 1, drawable.CapRound), at(100, 50, 1, drawable.CapRound)
	if far != leastSteps || near <= far || near >= mostSteps || within != mostSteps {
		t.Errorf("%d segments nearby, %d far away, %d around the eye", near, far, within)
	}
	if n := at(0, 1e6, 1, drawable.CapArrow); n != headSteps {
		t.Errorf("an arrow has %d segments", n)
	}
}

// Curves in batches look as they do in one, also where some of them are not in the view.
func TestBatchesOfCurvesLookLikeOne(t *testing.T) {
	r := newTestRenderer(t, Options{Width: 192, Height: 108, Quality: Quality{SubFrames: 1, ShadowCascades: 1, ShadowSize: 64, ShadowTaps: 1}})
	shot := func(batches ...drawable.CurveBatch) ([]byte, int) {
		l := &drawable.Lines{Frame: earth.FrameAt(andorra).Matrix(), Blend: drawable.Alpha, Emission: 1, Cap: drawable.CapArrow, Batches: batches} // of 48 segments wherever they are
		for i := range 6 {
			c := drawable.Curve{Width: 5, Color: [2][4]uint8{{255, 255, 255, 255}, {90, 160, 255, 200}}, Feature: uint32(i)}
			var p [7]mgl64.Vec3
			for k, s := range drawable.CurveNodes {
				p[k] = mgl64.Vec3{-40 + 80*s, 80 + 400*float64(i%2)*float64(i-3), 3*float64(i) + 25*math.Sin(3*s)} // some behind
			}
			c.Through(&p)
			l.Curves = append(l.Curves, c)
		}
		draw(t, r, &Frame{View: look(andorra, 0, 0, 4, 0, 4), Draws: []drawable.Draw{{What: l.Bound()}}, Env: dark(andorra)})
		return readImage(t, r).Pix, len(r.submit.strokes)
	}
	want, one := shot()
	want = append([]byte(nil), want...)
	got, drawn := shot(drawable.CurveBatch{Count: 1}, drawable.CurveBatch{First: 1, Count: 1}, drawable.CurveBatch{First: 2, Count: 4})
	if one != 1 || drawn != 2 {
		t.Errorf("%d batches of one and %d of three are drawn, the second of which is behind the eye", one, drawn)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("byte %d is %d in batches, %d in one", i, got[i], want[i])
		}
	}
}

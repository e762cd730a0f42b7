package pipeline

import (
	"math"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
)

// arcsAt are three curves beside each other, about as long as wide is, in the frame of a place.
func arcsAt(at earth.Place, wide float64, style drawable.Lines) *drawable.Lines {
	f := earth.FrameAt(at)
	style.Frame, style.Blend, style.Emission = f.Matrix(), drawable.Alpha, 1
	style.Course.Period, style.Course.Spread = 7, true
	for i := range 3 {
		share := float64(i) / 2
		ends := [2]mgl64.Vec3{{-0.5 * wide, wide * (0.9 + 0.2*share), 0}, {0.5 * wide, wide * (1 + 0.1*share), 0}}
		var c drawable.Curve
		for k, p := range ends {
			place := f.Place(p)
			place.Height = at.Height + wide*0.05*float64(i+k)
			q := &c.From
			if k == 1 {
				q = &c.To
			}
			for n, x := range f.Local(place) {
				q[n] = float32(x)
			}
			c.Height[k] = drawable.ToHalf(float32(place.Height / 1000))
		}
		c.Feature = uint32(i)
		style.Curves = append(style.Curves, c)
		style.Looks = append(style.Looks, drawable.CurveLook{Width: drawable.ToHalf(6 + 3*float32(i)), Offset: drawable.ToHalf(float32(i)), Color: [2][4]uint8{{255, 255, 255, 255}, {90, 160, 255, 200}}})
	}
	return &style
}

// straightened are polylines that go the ways that the curves have in float64.
func straightened(l *drawable.Lines) *drawable.Lines {
	out := *l
	out.Curves, out.Looks, out.Batches = nil, nil, nil
	for i := range l.Curves {
		look := &l.Looks[i]
		out.Starts = append(out.Starts, uint32(len(out.Vertices)))
		phase := 7 * math.Mod(float64(i)*0.6180339887498949, 1)
		for k := range headSteps + 1 {
			s := float64(k) / headSteps
			p := l.CurveAt(i, s)
			v := drawable.LineVertex{Position: [3]float32{float32(p[0]), float32(p[1]), float32(p[2])}, Width: look.Width.Float(), Offset: look.Offset.Float(), Time: float32(phase + 7*s), Feature: l.Curves[i].Feature}
			for n := range v.Color {
				v.Color[n] = uint8(math.Round(float64(look.Color[0][n]) + s*(float64(look.Color[1][n])-float64(look.Color[0][n]))))
			}
			out.Vertices = append(out.Vertices, v)
		}
	}
	return &out
}

// Curves look as the polylines do that go the same way as worked out in float64: dashed, with lights
// along them, in metres, flat, leaning and bent, from the width of a street to that of a continent.
func TestCurvesLookLikePolylines(t *testing.T) {
	r := newTestRenderer(t, Options{Width: 192, Height: 108, Quality: Quality{SubFrames: 1, ShadowCascades: 1, ShadowSize: 64, ShadowTaps: 1}})
	arrow := drawable.Lines{Cap: drawable.CapArrow, Join: drawable.JoinMitre} // of 48 segments wherever it is
	with := func(l drawable.Lines, rise, bend float32) drawable.Lines {
		l.Course = drawable.Course{Rise: rise, Bend: bend}
		return l
	}
	for _, c := range []struct {
		name  string
		style drawable.Lines
		tilt  float32
		wide  []float64
		most  float64 // share of the light that may be elsewhere
	}{
		{"plain", with(drawable.Lines{}, 0.3, 0), 0, []float64{3e3}, 0.04},
		{"dashed", with(drawable.Lines{Rhythm: drawable.Rhythm{Kind: drawable.Dashes, On: 6, Off: 5}, Casing: drawable.Casing{Width: 2, Color: [4]uint8{0, 80, 0, 255}}}, 0.3, 0), 0, []float64{3e3}, 0.05},
		{"comet", with(drawable.Lines{Flow: drawable.Comet{Trail: 3, Cycle: 5, Rest: 0.2, Taper: 1}}, 0.3, 0), 0, []float64{3e3}, 0.04},
		{"arrow", with(arrow, 0.2, 0), 0, []float64{80, 3e3, 60e3, 2e6}, 0.004},
		{"leaning", with(arrow, 0.2, 0), 50, []float64{80, 60e3, 2e6}, 0.004},
		{"bent", with(arrow, 0, 0.4), 0, []float64{80, 60e3, 2e6}, 0.004},
	} {
		for _, at := range []earth.Place{andorra, {Lng: 180, Lat: -40}, {Lng: 20, Lat: 89.999}} {
			for _, wide := range c.wide {
				curved := arcsAt(at, wide, c.style)
				for i := range curved.Looks {
					curved.Looks[i].Tilt = drawable.ToHalf(c.tilt)
				}
				shot := func(l *drawable.Lines) []byte {
					draw(t, r, &Frame{View: look(at, 0, 0, wide*0.15, 0, 6), Draws: []drawable.Draw{{What: l.Measure().Bound(), Time: 4.4}}, Env: dark(at)})
					return append([]byte(nil), readImage(t, r).Pix...)
				}
				want, got, black := shot(straightened(curved)), shot(curved), shot(&drawable.Lines{})
				var off, ink float64
				for i := range want {
					off += math.Abs(float64(got[i]) - float64(want[i]))
					ink += math.Abs(float64(want[i]) - float64(black[i]))
				}
				if !(off < c.most*ink) {
					t.Errorf("%s over %v m at %v: %.4f of the light is elsewhere", c.name, wide, at, off/ink)
				}
			}
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

// Curves in batches look as they do in one, also where some of them are not in the view, and where
// each has a look of its own.
func TestBatchesOfCurvesLookLikeOne(t *testing.T) {
	r := newTestRenderer(t, Options{Width: 192, Height: 108, Quality: Quality{SubFrames: 1, ShadowCascades: 1, ShadowSize: 64, ShadowTaps: 1}})
	for _, looks := range []int{1, 6} {
		shot := func(batches ...drawable.CurveBatch) ([]byte, int) {
			l := &drawable.Lines{Frame: earth.FrameAt(andorra).Matrix(), Course: drawable.Course{Rise: 0.3}, Blend: drawable.Alpha, Emission: 1, Cap: drawable.CapArrow, Batches: batches} // of 48 segments wherever they are
			for i := range 6 {
				y, z := 80+400*float32(i%2)*float32(i-3), 3*float32(i) // some behind
				l.Curves = append(l.Curves, drawable.Curve{From: [3]float32{-40, y, z}, To: [3]float32{40, y, z}, Height: [2]drawable.Half{drawable.ToHalf(float32(andorra.Height)/1000 + z/1000), drawable.ToHalf(float32(andorra.Height)/1000 + z/1000)}, Feature: uint32(i)})
			}
			for i := range looks {
				l.Looks = append(l.Looks, drawable.CurveLook{Width: drawable.ToHalf(5 + float32(i)), Color: [2][4]uint8{{255, 255, uint8(40 * i), 255}, {90, 160, 255, 200}}})
			}
			draw(t, r, &Frame{View: look(andorra, 0, 0, 4, 0, 4), Draws: []drawable.Draw{{What: l.Bound()}}, Env: dark(andorra)})
			return append([]byte(nil), readImage(t, r).Pix...), len(r.submit.strokes)
		}
		want, one := shot()
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
}

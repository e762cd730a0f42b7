package pipeline

import (
	"math"
	"testing"

	"github.com/go-gl/mathgl/mgl64"
)

// Rows that are said to show the sky or the globe alone do so in each of their pixels.
func TestSkyRows(t *testing.T) {
	r := newTestRenderer(t, Options{Width: 96, Height: 160, Quality: tier(t, "draft")})
	found := map[skyPart]int{}
	for _, c := range []struct{ up, pitch, roll float64 }{
		{2, 0, 0}, {220, -20, 0}, {220, -20, 35}, {220, 10, 170}, {6e3, -5, 0}, {4e5, -20, 12}, {9e6, -60, 0}, {6e7, -90, 0}, {30, -80, 0}, {30, 70, 0},
	} {
		f := &Frame{View: look(andorra, 0, 0, c.up, 40, c.pitch), Env: daylight(andorra, 130, 35)}
		turn := mgl64.QuatRotate(c.roll*math.Pi/180, f.View.Forward)
		f.View.Right, f.View.Up = turn.Rotate(f.View.Right), turn.Rotate(f.View.Up)
		draw(t, r, f)
		b, s := &r.block, &r.air.now
		vec := func(v [4]float32) mgl64.Vec3 { return mgl64.Vec3{float64(v[0]), float64(v[1]), float64(v[2])} }
		for from := 0; from < r.height; from += skyStrip {
			part := r.air.partOf(from, from+skyStrip)
			found[part]++
			for y := from; y < from+skyStrip && part != skyBoth; y++ {
				for x := range r.width {
					// As belowHorizon of sky_directions.glsl, and sky.frag.
					u, v := 2*(float64(x)+0.5)/float64(r.width)-1, 2*(float64(y)+0.5)/float64(r.height)-1
					d := vec(b.rayForward).Add(vec(b.rayRight).Mul(u)).Add(vec(b.rayUp).Mul(v))
					angle := 2 * float64(b.rayUp[3]) / float64(r.height) / d.Len()
					d = d.Normalize()
					d = d.Add(vec(s.pole).Mul(float64(s.pole[3]) * vec(s.pole).Dot(d))).Normalize()
					mu := d.Dot(vec(s.up))
					ground := (math.Atan2(d.Sub(vec(s.up).Mul(mu)).Len(), mu)-float64(s.eyeKm[1]))/angle + 0.5
					if part == skyAbove && ground > 0 || part == skyBelow && ground < 1 {
						t.Fatalf("%+v: row %d is taken for part %d, and has %.2f of ground at %d", c, y, part, ground, x)
					}
				}
			}
		}
	}
	if found[skyBoth] == 0 || found[skyAbove] < 20 || found[skyBelow] < 20 {
		t.Errorf("parts %v", found)
	}
}

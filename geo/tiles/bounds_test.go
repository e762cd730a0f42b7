package tiles

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/longtake/longtake/geo"
)

// A row of houses at any angle gets a box that is hardly larger than itself, and holds it.
func TestTightBoxes(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for i := range 200 {
		angle, long, wide := r.Float64()*math.Pi, 50+r.Float64()*300, 5+r.Float64()*40
		sin, cos := math.Sincos(angle)
		m := geo.Mesh{Indices: []uint32{0, 1, 2}}
		add := func(u, v, z float64) {
			m.Positions = append(m.Positions, [3]float32{float32(90 + u*cos - v*sin), float32(-40 + u*sin + v*cos), float32(z)})
		}
		for range r.IntN(400) {
			add((r.Float64()-0.5)*long, (r.Float64()-0.5)*wide, r.Float64()*20)
		}
		for k := range 4 {
			add((float64(k%2)-0.5)*long, (float64(k/2)-0.5)*wide, 0)
		}
		b := ContentBox(geo.Content{Meshes: []geo.Mesh{m}}, nil)
		for _, box := range []Box{b, b.rounded()} {
			v, err := (&volumeJSON{Box: box.volume()}).volume(mgl64.Ident4())
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range m.Positions {
				if d := v.Distance(mgl64.Vec3{float64(p[0]), float64(p[1]), float64(p[2])}); d > 2e-3 {
					t.Fatalf("case %d: a point is %g m outside", i, d)
				}
			}
		}
		size := b.Max.Sub(b.Min)
		if area := size[0] * size[1]; area > long*wide*1.12 {
			t.Errorf("case %d: %.0f × %.0f m at %.2f: the box has %.0f m²", i, long, wide, angle, area)
		}
		corners := b.Corners()
		held := FitBox(corners[:])
		if again := held.Max.Sub(held.Min); again[0]*again[1] > size[0]*size[1]*1.11+1 {
			t.Errorf("case %d: the box around the box is larger: %v, %v", i, again, size)
		}
	}
	if b := ContentBox(geo.Content{}, nil); b.Some {
		t.Error("nothing has a box")
	}
	one := FitBox([]mgl64.Vec3{{1, 2, 3}}).rounded()
	if v := one.volume(); v[3] <= 0 || v[7] <= 0 || v[11] <= 0 {
		t.Errorf("a point's box is flat: %v", v)
	}
}

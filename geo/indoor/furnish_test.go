package indoor

import (
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"

	"github.com/go-gl/mathgl/mgl64"
)

// TestRoomsAreFurnished: an office and a class have things in them, that stand on the floor
// and below the ceiling, within the room and not before its doors; the same every time.
func TestRoomsAreFurnished(t *testing.T) {
	doors := []door{{at: vec{4, 5}, width: 1}}
	for kind := range plans {
		r := room{id: "way/7", kind: kind, area: polygon{{{0, 0}, {9, 0}, {9, 5}, {0, 5}}}}
		build := func() geo.Mesh {
			s := &surface{to: mgl64.Ident4()}
			r.furnish(doors, nil, &furniture{surface: s}, 1)
			return s.mesh
		}
		m := build()
		if kind != "auditorium" && len(m.Indices) == 0 {
			t.Errorf("a %s is empty", kind)
		}
		low := float32(9)
		for i, p := range m.Positions {
			low = min(low, p[2])
			if p[0] < -0.01 || p[0] > 9.01 || p[1] < -0.01 || p[1] > 5.01 || p[2] < 0.99 || p[2] > 3.3 {
				t.Fatalf("%s: something at %v", kind, p)
			}
			if d := (vec{float64(p[0]), float64(p[1])}).Sub(doors[0].at).Len(); d < 0.4 {
				t.Errorf("%s: something %.2f m from a door", kind, d)
			}
			if n := m.Normals[i]; n[0]*n[0]+n[1]*n[1]+n[2]*n[2] < 0.99 {
				t.Fatalf("%s: normal %v", kind, n)
			}
		}
		if len(m.Positions) > 0 && low > 1.001 && kind != "gallery" && kind != "museum" {
			t.Errorf("%s: nothing stands on the floor", kind)
		}
		if again := build(); len(again.Positions) != len(m.Positions) || len(m.Positions) > 0 && again.Positions[len(m.Positions)-1] != m.Positions[len(m.Positions)-1] {
			t.Errorf("%s: furnished differently the second time", kind)
		}
	}
}

// TestFacesLookOut: a piece's box and what is turned show their outsides.
func TestFacesLookOut(t *testing.T) {
	s := &surface{to: between(earth.FrameAt(earth.Place{}), earth.FrameAt(earth.Place{}))}
	f := &furniture{surface: s, place: place{at: vec{3, 4}, front: vec{0.6, 0.8}}}
	f.box(-0.5, -1, 0, 0.5, 1, 2, white)
	boxed := len(s.mesh.Indices)
	for _, o := range []outline{plate, saucer, cup, coffee, vase, bloom} {
		f.turn(o, 0.2, 0.1, 1, white)
	}
	m := &s.mesh
	for i := 0; i < len(m.Indices); i += 3 {
		v := func(k int) mgl64.Vec3 {
			p := m.Positions[m.Indices[i+k]]
			return mgl64.Vec3{float64(p[0]), float64(p[1]), float64(p[2])}
		}
		n := v(1).Sub(v(0)).Cross(v(2).Sub(v(0)))
		told := m.Normals[m.Indices[i]]
		if n.Dot(mgl64.Vec3{float64(told[0]), float64(told[1]), float64(told[2])}) <= 0 {
			t.Errorf("triangle %d faces away from its normal", i/3)
		}
		if i >= boxed {
			continue
		}
		if out := v(0).Add(v(1)).Add(v(2)).Mul(1.0 / 3).Sub(mgl64.Vec3{3, 4, 1}); n.Dot(out) <= 0 {
			t.Errorf("triangle %d looks inwards", i/3)
		}
	}
}

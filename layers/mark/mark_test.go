package mark

import (
	"math"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
)

// In every group up is up: within two degrees where marks are all over the Earth, and one
// group where they are in one town.
func TestGroupsStandUpright(t *testing.T) {
	var world, town []Spot
	for i := range 4000 {
		lng, lat := 360*math.Mod(float64(i)*0.618, 1)-180, 178*math.Mod(float64(i)*0.7549, 1)-89
		world = append(world, Spot{i, earth.Place{Lng: lng, Lat: lat}.ECEF()})
		town = append(town, Spot{i, earth.Place{Lng: 7 + lng/1e3, Lat: 43 + lat/1e3}.ECEF()})
	}
	seen := 0
	for _, g := range Groups(world) {
		for _, s := range g.Spots {
			seen++
			up := g.Frame.DirToLocal(earth.FromECEF(s.At).Up())
			if lean := earth.Degrees(math.Acos(math.Min(up[2], 1))); lean > 2 {
				t.Fatalf("row %d leans by %.1f°", s.Row, lean)
			}
		}
	}
	if seen != len(world) {
		t.Errorf("%d of %d spots are in groups", seen, len(world))
	}
	if n := len(Groups(town)); n != 1 {
		t.Errorf("a town has %d groups", n)
	}
	if Groups(nil) != nil {
		t.Error("no spots have groups")
	}
}

// Bodies face outwards: of each triangle the side that is wound counter-clockwise looks where
// its normals do, and boxes for projections look inwards.
func TestMeshesFaceOutwards(t *testing.T) {
	m := drawable.DefaultMaterial()
	closed := Extrude(m, Plus(), 0.5, false, 1)
	Foot(closed, Plus(), 1)
	for name, d := range map[string]*drawable.Mesh{
		"disc": Disc(m), "tube": Tube(m, 12), "dome": Dome(m, 6, 12), "cone": Extrude(m, Polygon(7), 0, true, 1), "cross": Extrude(m, Plus(), 1, false, 0.5),
		"obelisk": Extrude(m, Polygon(4), 0.5, false, 1), "closed": closed, "lathe": Lathe(m, 9, false, Ring{0, 0}, Ring{1, 1}, Ring{0, 2}),
	} {
		for i := 0; i < len(d.Indices); i += 3 {
			var p, n [3]mgl64.Vec3
			for k := range 3 {
				v := d.Vertices[d.Indices[i+k]]
				for a := range 3 {
					p[k][a] = float64(v.Position[a])
				}
				n[k] = decoded(v.Normal)
			}
			face := p[1].Sub(p[0]).Cross(p[2].Sub(p[0]))
			if face.Len() < 1e-9 {
				continue // at a tip
			}
			if mean := n[0].Add(n[1]).Add(n[2]); face.Normalize().Dot(mean.Normalize()) < 0.3 {
				t.Fatalf("%s: triangle %d looks to %v, its normals to %v", name, i/3, face.Normalize(), mean.Normalize())
			}
		}
	}
	box := Box(m)
	for i := 0; i < len(box.Indices); i += 3 {
		var p [3]mgl64.Vec3
		for k := range 3 {
			v := box.Vertices[box.Indices[i+k]].Position
			p[k] = mgl64.Vec3{float64(v[0]), float64(v[1]), float64(v[2])}
		}
		if p[1].Sub(p[0]).Cross(p[2].Sub(p[0])).Dot(p[0]) >= 0 {
			t.Errorf("side %d of the box looks outwards", i/3)
		}
	}
}

func decoded(e [2]int16) mgl64.Vec3 {
	x, y := float64(e[0])/32767, float64(e[1])/32767
	z := 1 - math.Abs(x) - math.Abs(y)
	if z < 0 {
		x, y = (1-math.Abs(y))*math.Copysign(1, x), (1-math.Abs(x))*math.Copysign(1, y)
	}
	return mgl64.Vec3{x, y, z}.Normalize()
}

// What is not a picture is refused with its name, never decoded at any size.
func FuzzPicture(f *testing.F) {
	f.Add([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x7f\xff\xff\xff\x7f\xff\xff\xff\x08\x06\x00\x00\x00"))
	f.Add([]byte("GIF89a"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if img, err := picture("x.png", data); (img == nil) == (err == nil) {
			t.Errorf("%v and %v", img, err)
		}
	})
}

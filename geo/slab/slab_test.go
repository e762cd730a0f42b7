package slab

import (
	"context"
	"math"
	"testing"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/internal/realdata"
)

// hills is a relief that no lattice is aligned with.
type hills struct{}

func (hills) HeightAt(lng, lat float64) (float64, bool) {
	return 300 + 250*math.Sin(lng*7.3)*math.Cos(lat*5.1), true
}

func plain10(float64) [4]uint8 { return [4]uint8{200, 190, 170, 255} }

// build makes the slab in tiles of a square around it, side×side of them.
func build(t *testing.T, f *geo.Feature, o Options, side, levels int) (*Slab, []geo.Content) {
	t.Helper()
	b := f.Geometry.Bound()
	frame := earth.FrameAt(earth.Place{Lng: b.Center()[0], Lat: b.Center()[1]})
	s, reason := New(f, frame, o)
	if s == nil {
		t.Fatalf("%s: %s", f.ID, reason)
	}
	box := s.Bound().Pad(1)
	size := math.Max(box.Max[0]-box.Min[0], box.Max[1]-box.Min[1]) / float64(side)
	var out []geo.Content
	for y := range side {
		for x := range side {
			lo := orb.Point{box.Min[0] + float64(x)*size, box.Min[1] + float64(y)*size}
			c := geo.Content{Frame: frame}
			s.Tile(orb.Bound{Min: lo, Max: orb.Point{box.Min[0] + float64(x+1)*size, box.Min[1] + float64(y+1)*size}}, levels, &c)
			out = append(out, c)
		}
	}
	return s, out
}

// planArea is the area of a slab's top in the plan, and that of its polygons.
func planArea(s *Slab, tiles []geo.Content) (top, polygons float64) {
	for _, c := range tiles {
		for _, m := range c.Meshes {
			for i := 0; m.Material == geo.Slab && i+2 < len(m.Indices); i += 3 {
				var r [3][2]float64
				for k := range r {
					p := m.Positions[m.Indices[i+k]]
					r[k] = [2]float64{float64(p[0]), float64(p[1])}
				}
				top += signed(r[:])
			}
		}
	}
	for _, p := range s.polys {
		for i, r := range p {
			a := math.Abs(signed(r.points))
			if i > 0 {
				a = -a
			}
			polygons += a
		}
	}
	return top, polygons
}

func square(lng, lat, d float64) orb.Ring {
	return orb.Ring{{lng - d, lat - d}, {lng + d, lat - d}, {lng + d, lat + d}, {lng - d, lat + d}, {lng - d, lat - d}}
}

func TestTopFillsTheArea(t *testing.T) {
	hole := square(10, 50, 0.05)
	hole.Reverse()
	shapes := map[string]orb.Geometry{
		"square":  orb.Polygon{square(10, 50, 0.2)},
		"hole":    orb.Polygon{square(10, 50, 0.2), hole},
		"islands": orb.MultiPolygon{{square(10, 50, 0.1)}, {square(10.5, 50.3, 0.07)}},
		"arrow":   orb.Polygon{{{0, 0}, {1, 0.5}, {0, 1}, {0.3, 0.5}, {0, 0}}},
	}
	for name, g := range shapes {
		for _, side := range []int{1, 3} {
			f := geo.Feature{ID: name, Geometry: g}
			s, tiles := build(t, &f, Options{Thickness: 1000, Color: plain10}, side, 4)
			top, want := planArea(s, tiles)
			if math.Abs(top-want) > 1e-5*want {
				t.Errorf("%s in %d tiles: the top has %g m², the area %g", name, side*side, top, want)
			}
		}
	}
}

// TestClosed checks that every rim edge of the top stands on a wall, whatever the relief.
func TestClosed(t *testing.T) {
	f := geo.Feature{ID: "x", Geometry: orb.Polygon{{{10, 50}, {10.31, 50.07}, {10.2, 50.33}, {9.93, 50.21}, {10, 50}}}}
	_, tiles := build(t, &f, Options{Thickness: 3000, Exaggeration: 2, Relief: hills{}, Color: plain10}, 1, 5)
	c := tiles[0]
	if len(c.Meshes) != 2 || len(c.Features) != 1 {
		t.Fatalf("%d meshes, %d rows", len(c.Meshes), len(c.Features))
	}
	type edge [2][3]float32
	open := map[edge]int{}
	for _, m := range c.Meshes {
		for i := 0; i+2 < len(m.Indices); i += 3 {
			for k := range 3 {
				a, b := m.Positions[m.Indices[i+k]], m.Positions[m.Indices[i+(k+1)%3]]
				if open[edge{b, a}] > 0 {
					open[edge{b, a}]--
				} else {
					open[edge{a, b}]++
				}
			}
		}
	}
	for e, n := range open {
		if n > 0 && (e[0][2] > -1000 || e[1][2] > -1000) { // the lower rim is open
			t.Fatalf("an edge from %v to %v has a face on one side only", e[0], e[1])
		}
	}
	for i, n := range c.Meshes[1].Normals {
		p := c.Meshes[1].Positions[i]
		middle := mgl64.Vec3{float64(p[0]), float64(p[1]), 0}
		if middle.Normalize().Dot(mgl64.Vec3{float64(n[0]), float64(n[1]), float64(n[2])}) < 0 {
			t.Fatalf("the wall at %v faces inwards", p)
		}
	}
}

// TestSeam checks that the antimeridian is no boundary.
func TestSeam(t *testing.T) {
	f := geo.Feature{ID: "fiji", Geometry: orb.MultiPolygon{
		{{{179.5, -17}, {180, -17}, {180, -16}, {179.5, -16}, {179.5, -17}}},
		{{{-180, -17}, {-179.5, -17}, {-179.5, -16}, {-180, -16}, {-180, -17}}},
	}}
	frame := earth.FrameAt(earth.Place{Lng: 180, Lat: -16.5})
	s, reason := New(&f, frame, Options{Thickness: 1000, Color: plain10})
	if s == nil {
		t.Fatal(reason)
	}
	c := geo.Content{Frame: frame}
	s.Tile(s.Bound().Pad(1), 3, &c)
	for _, m := range c.Meshes {
		for i, p := range m.Positions {
			if m.Material == geo.SlabSide && math.Abs(float64(m.Normals[i][0])) > 0.9 && math.Abs(float64(p[0])) < 1000 {
				t.Fatalf("a wall stands on the antimeridian at %v", p)
			}
		}
	}
}

// TestProvinces builds all of Natural Earth's provinces and states.
func TestProvinces(t *testing.T) {
	path := realdata.Path(t, "boundaries", "ne_50m_admin_1_states_provinces_lakes.geojson")
	n := 0
	err := read.Features(context.Background(), path, read.Options{Report: geo.NewReport()}, func(f geo.Feature) error {
		b := f.Geometry.Bound()
		if b.Max[0]-b.Min[0] > 180 { // Alaska, Chukotka: a frame on the other side of the Earth
			b.Min[0], b.Max[0] = b.Max[0], b.Min[0]+360
		}
		frame := earth.FrameAt(earth.Place{Lng: b.Center()[0], Lat: b.Center()[1]})
		s, reason := New(&f, frame, Options{Thickness: 20000, Color: plain10})
		if s == nil {
			t.Errorf("%s %s: %s", f.ID, f.Tags["name"], reason)
			return nil
		}
		c := geo.Content{Frame: frame}
		s.Tile(s.Bound().Pad(1), 5, &c)
		top, want := planArea(s, []geo.Content{c})
		if math.Abs(top-want) > 1e-4*want {
			t.Errorf("%s %s: the top has %g m², the area %g", f.ID, f.Tags["name"], top, want)
		}
		n++
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n < 90 {
		t.Errorf("only %d provinces", n)
	}
}

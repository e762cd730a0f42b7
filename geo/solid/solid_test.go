package solid

import (
	"context"
	"math"
	"testing"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/gdal"
	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/internal/realdata"
)

var origin = earth.FrameAt(earth.Place{Lng: 4.36, Lat: 52.01})

// feature makes an object of faces in the metres of origin.
func feature(kind string, faces ...[]mgl64.Vec3) geo.Feature {
	f := geo.Feature{ID: kind, Tags: map[string]string{"citymodel:type": kind}}
	box := orb.Bound{Min: orb.Point{180, 90}, Max: orb.Point{-180, -90}}
	for _, face := range faces {
		var ring [][3]float64
		for _, v := range face {
			p := origin.Place(v)
			ring = append(ring, [3]float64{p.Lng, p.Lat, p.Height})
			box = box.Extend(orb.Point{p.Lng, p.Lat})
		}
		f.Surfaces = append(f.Surfaces, geo.Surface{Rings: [][][3]float64{ring}})
	}
	f.Geometry = box.ToPolygon()
	return f
}

func block(fs ...geo.Feature) *geo.Block {
	return &geo.Block{Frame: origin, Square: orb.Bound{Min: orb.Point{-500, -500}, Max: orb.Point{500, 500}}, Features: fs, Elevation: geo.FlatElevation(0), Report: geo.NewReport()}
}

func box(s float64, inside bool) [][]mgl64.Vec3 {
	c := func(i int) mgl64.Vec3 {
		return mgl64.Vec3{float64(i&1) * s, float64(i>>1&1) * s, float64(i>>2&1) * s}
	}
	faces := [][]int{{0, 2, 3, 1}, {4, 5, 7, 6}, {0, 1, 5, 4}, {2, 6, 7, 3}, {0, 4, 6, 2}, {1, 3, 7, 5}}
	var out [][]mgl64.Vec3
	for _, f := range faces {
		var r []mgl64.Vec3
		for k := range f {
			i := k
			if inside {
				i = len(f) - 1 - k
			}
			r = append(r, c(f[i]))
		}
		out = append(out, r)
	}
	return out
}

// volume is that inside the triangles of all meshes.
func volume(c *geo.Content) (v float64) {
	for _, m := range c.Meshes {
		p := func(i uint32) mgl64.Vec3 {
			q := m.Positions[i]
			return mgl64.Vec3{float64(q[0]), float64(q[1]), float64(q[2])}
		}
		for i := 0; i < len(m.Indices); i += 3 {
			v += p(m.Indices[i]).Dot(p(m.Indices[i+1]).Cross(p(m.Indices[i+2]))) / 6
		}
	}
	return v
}

// TestFacing: solids face outwards whichever way the model has them, open shells both
// ways, the ground up.
func TestFacing(t *testing.T) {
	for _, inside := range []bool{false, true} {
		c := geo.Content{Frame: origin}
		New(block(feature("Bridge", box(10, inside)...)), "m", nil).Make(0, &c)
		if v := volume(&c); math.Abs(v-1000) > 1 || len(c.Features) != 1 {
			t.Errorf("inside out %v: volume %v", inside, v)
		}
	}
	c := geo.Content{Frame: origin}
	New(block(feature("Bridge", box(10, false)[:3]...)), "m", nil).Make(0, &c)
	if n := len(c.Meshes[0].Indices) / 3; n != 12 {
		t.Errorf("an open shell of 3 faces has %d triangles", n)
	}
	c = geo.Content{Frame: origin}
	New(block(feature("Road", []mgl64.Vec3{{0, 0, 1}, {0, 9, 1}, {9, 9, 1}, {9, 0, 1}})), "m", nil).Make(0, &c)
	if m := c.Meshes[0]; m.Normals[0][2] < 0.99 || m.Material != geo.Paved || m.Bias == 0 {
		t.Errorf("%+v", m)
	}
}

// TestDetail keeps to the error that is allowed, and a small object vanishes.
func TestDetail(t *testing.T) {
	m := New(block(feature("Bridge", box(10, false)...), feature("CityFurniture", box(0.5, false)...)), "m", nil)
	for _, detail := range []float64{0, 0.3, 2, 8, 40} {
		c := geo.Content{Frame: origin}
		if e := m.Make(detail, &c); e > detail {
			t.Errorf("error %v of %v", e, detail)
		}
		want := 2
		switch {
		case detail > 18:
			want = 0
		case detail > 0.9:
			want = 1
		}
		if len(c.Features) != want {
			t.Errorf("detail %v: %d features, want %d", detail, len(c.Features), want)
		}
		for _, s := range c.Meshes {
			for _, p := range s.Positions {
				for k := range p {
					if float64(p[k]) < -detail/2-1e-4 || float64(p[k]) > 10+detail/2+1e-4 {
						t.Errorf("detail %v: a vertex at %v", detail, p)
					}
				}
			}
		}
	}
}

// TestRelief finds the height of a slope, nothing beside it and nothing at a wall.
func TestRelief(t *testing.T) {
	r := NewRelief(origin)
	slope := feature("TINRelief", []mgl64.Vec3{{0, 0, 0}, {100, 0, 10}, {100, 100, 10}}, []mgl64.Vec3{{0, 0, 0}, {100, 100, 10}, {0, 100, 0}}, []mgl64.Vec3{{0, 0, 0}, {0, 0, 9}, {9, 0, 9}})
	bridge := feature("Bridge", []mgl64.Vec3{{0, 0, 50}, {100, 0, 50}, {100, 100, 50}})
	r.Add(&slope)
	r.Add(&bridge)
	for x := 1.0; x < 100; x += 7 {
		for y := 1.0; y < 100; y += 9 {
			p := origin.Place(mgl64.Vec3{x, y, x / 10})
			h, ok := r.HeightAt(p.Lng, p.Lat)
			if !ok || math.Abs(h-p.Height) > 0.01 {
				t.Errorf("%v %v: %v, %v, want %v", x, y, h, ok, p.Height)
			}
		}
	}
	road := feature("Road", []mgl64.Vec3{{0, 0, 0.2}, {100, 0, 10.2}, {100, 100, 10.2}, {0, 100, 0.2}})
	under := NewRelief(origin)
	under.Add(&road)
	lng, lat := origin.Unplan(50, 50)
	if h, ok := under.HeightAt(lng, lat); !ok || h > 4.2 || h < 3 {
		t.Errorf("the ground under a road at 5.2 m is at %v, %v", h, ok)
	}
	lng, lat = origin.Unplan(-5, 50)
	if _, ok := r.HeightAt(lng, lat); ok {
		t.Error("ground beside the relief")
	}
}

// TestRealModels builds every object of Delft and Mamre that is no building.
func TestRealModels(t *testing.T) {
	if err := gdal.Available(); err != nil {
		t.Skip(err)
	}
	for name, want := range map[string]int{"city-delft/delft.city.json": 410, "city-capetown-mamre/mamre3D.city.json": 0} {
		var fs []geo.Feature
		box := orb.Bound{Min: orb.Point{180, 90}, Max: orb.Point{-180, -90}}
		err := read.Features(context.Background(), realdata.Path(t, name), read.Options{}, func(f geo.Feature) error {
			fs, box = append(fs, f), box.Union(f.Geometry.Bound())
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		mid := box.Center()
		frame := earth.FrameAt(earth.Place{Lng: mid[0], Lat: mid[1]})
		b := &geo.Block{Frame: frame, Square: orb.Bound{Min: orb.Point{-1e5, -1e5}, Max: orb.Point{1e5, 1e5}}, Features: fs, Report: geo.NewReport()}
		c := geo.Content{Frame: frame}
		if m := New(b, "m", nil); m != nil {
			m.Make(0, &c)
		}
		if len(c.Features) != want {
			t.Errorf("%s: %d objects of %d; %+v", name, len(c.Features), want, b.Report.Summary())
		}
		r := NewRelief(frame)
		for i := range fs {
			r.Add(&fs[i])
		}
		hits := 0
		for i := range 20 {
			for k := range 20 {
				h, ok := r.HeightAt(box.Min[0]+(box.Max[0]-box.Min[0])*(float64(i)+0.5)/20, box.Min[1]+(box.Max[1]-box.Min[1])*(float64(k)+0.5)/20)
				if ok {
					hits++
				}
				if ok && (h < 0 || h > 400) {
					t.Errorf("%s: ground at %v", name, h)
				}
			}
		}
		if hits < 60 {
			t.Errorf("%s: ground at %d of 400 places", name, hits)
		}
	}
}

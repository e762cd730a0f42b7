package building

import (
	"math"
	"reflect"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/building/outline"
	"github.com/longtake/longtake/geo/earth"
)

// slope is ground that rises to the east of a place.
type slope struct {
	at    earth.Frame
	h, dx float64
}

func (s slope) HeightAt(lng, lat float64) (float64, bool) {
	x, _ := s.at.Plan(lng, lat)
	return s.h + s.dx*x, true
}

// nowhere is ground of which nothing is known.
type nowhere struct{}

func (nowhere) HeightAt(_, _ float64) (float64, bool) { return 0, false }

// span returns the lowest and highest vertex above the ellipsoid.
func span(m *Meshes, f earth.Frame) (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, mesh := range m.Take() {
		for _, p := range mesh.Positions {
			h := f.Place([3]float64{float64(p[0]), float64(p[1]), float64(p[2])}).Height
			lo, hi = math.Min(lo, h), math.Max(hi, h)
		}
	}
	return lo, hi
}

func TestStandsOnTheLowestGround(t *testing.T) {
	tile := earth.FrameAt(earth.Place{Lng: here.Lng + 0.02, Lat: here.Lat - 0.01, Height: 900})
	ground := slope{earth.FrameAt(here), 1000, 0.1}
	build := func(tags map[string]string, x float64) (lo, hi float64) {
		b := one(t, place(here, square(x, 0, 11)), tags)
		m := &Meshes{}
		NewBuilder(ground, geo.NewReport()).Build(b, tile, 7, 0, m)
		return span(m, tile)
	}
	near := func(what string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 0.01 {
			t.Errorf("%s at %v, want %v", what, got, want)
		}
	}
	lo, hi := build(map[string]string{"building": "yes", "height": "12"}, 0)
	near("bottom", lo, 1000-foundation)
	near("top", hi, 1012)
	lo, hi = build(map[string]string{"building": "yes", "height": "3"}, 0)
	near("bottom of a low house", lo, 1000-foundation)
	near("top of a low house, uphill", hi, 1001.1+clearance)
	lo, hi = build(map[string]string{"building:part": "yes", "height": "12", "min_height": "4"}, 100)
	near("underside of a part", lo, 1014)
	near("top of a part", hi, 1022)
}

func TestPartsShareTheirBuildingsBase(t *testing.T) {
	fs := []geo.Feature{
		{ID: "o", Geometry: place(here, ring(0, 0, 40, 0, 40, 20, 0, 20)), Tags: map[string]string{"building": "yes", "height": "20"}},
		{ID: "p", Geometry: place(here, square(20, 0, 20)), Tags: map[string]string{"building:part": "yes", "height": "20", "min_height": "10"}},
	}
	bs := assemble(fs, earth.FrameAt(here), Options{}, geo.NewReport())
	tile, m := earth.FrameAt(here), &Meshes{}
	NewBuilder(slope{tile, 1000, 0.1}, geo.NewReport()).Build(&bs[1], tile, 0, 0, m)
	if lo, _ := span(m, tile); math.Abs(lo-1010) > 0.01 {
		t.Errorf("the part begins at %v, want 1010: its building's base is at 1000", lo)
	}
}

func TestUnknownGroundIsZero(t *testing.T) {
	b := one(t, place(here, square(0, 0, 11)), map[string]string{"building": "yes", "height": "12"})
	m := &Meshes{}
	NewBuilder(nowhere{}, geo.NewReport()).Build(b, earth.FrameAt(here), 0, 0, m)
	tile := earth.FrameAt(here)
	if lo, hi := span(m, tile); math.Abs(lo+foundation) > 0.01 || math.Abs(hi-12) > 0.01 {
		t.Errorf("from %v to %v", lo, hi)
	}
}

func TestFacadesCountBaysAndStoreys(t *testing.T) {
	b := one(t, place(here, ring(0, 0, 29, 0, 29, 1.2, 20, 1.2, 20, 11.6, 0, 11.6)),
		map[string]string{"building:part": "parking", "height": "12.2", "building:levels": "4", "roof:shape": "flat"})
	m := &Meshes{Layer: "city"}
	NewBuilder(geo.FlatElevation(0), geo.NewReport()).Build(b, earth.FrameAt(here), 3, 0, m)
	facades, blank := 0, 0
	for _, mesh := range m.Take() {
		if mesh.Layer != "city" || len(mesh.UVs) != len(mesh.Positions) || len(mesh.Features) != len(mesh.Positions) || mesh.Features[0] != 3 {
			t.Fatalf("%s: layer %q, %d coordinates, %d features for %d vertices", mesh.Material, mesh.Layer, len(mesh.UVs), len(mesh.Features), len(mesh.Positions))
		}
		for i, uv := range mesh.UVs {
			if mesh.Material != geo.Facade {
				if mesh.Material == geo.Wall {
					blank++
				}
				continue
			}
			facades++
			if d := math.Abs(float64(uv[0]) - math.Round(float64(uv[0]))); d > 1e-5 {
				t.Errorf("a wall ends within a bay: %v", uv)
			}
			z := float64(mesh.Positions[i][2])
			if math.Abs(float64(uv[1])-z/12.2*4) > 0.01 {
				t.Errorf("storey %v at height %v", uv[1], z)
			}
		}
	}
	if facades != 5*4 || blank != 4 {
		t.Errorf("%d facade and %d blank vertices, want five walls with windows and one short wall without", facades, blank)
	}
}

// TestDetailIsTrue: the error that Build states is within what was allowed, and a
// coarser building is not larger.
func TestDetailIsTrue(t *testing.T) {
	for name, rings := range plans() {
		for _, shape := range []string{"flat", "gabled", "hipped", "dome"} {
			b := one(t, place(here, rings...), map[string]string{"building": "yes", "height": "14", "roof:shape": shape})
			builder, tile, last := NewBuilder(geo.FlatElevation(0), geo.NewReport()), earth.FrameAt(here), math.MaxInt
			for _, detail := range []float64{0, 0.5, 1, 2, 4, 8, 14, 100} {
				m := &Meshes{}
				off := builder.Build(b, tile, 0, detail, m)
				if off > detail || detail == 0 && off != 0 {
					t.Errorf("%s %s: %v off with %v allowed", name, shape, off, detail)
				}
				// Fewer corners may make room for a balcony, but not for many.
				if n := m.Triangles(); n-n/4 > last || (n == 0) != (detail >= 14) {
					t.Errorf("%s %s: %d triangles at %v, %d before", name, shape, n, detail, last)
				} else {
					last = n
				}
			}
		}
	}
}

func TestBuildTwiceIsTheSame(t *testing.T) {
	b := one(t, place(here, ring(0, 0, 60, 0, 60, 30, 0, 30)), map[string]string{"building": "office"})
	build := func() []geo.Mesh {
		m := &Meshes{}
		NewBuilder(geo.FlatElevation(5), geo.NewReport()).Build(b, earth.FrameAt(here), 0, 0, m)
		return m.Take()
	}
	if !reflect.DeepEqual(build(), build()) {
		t.Error("two builds differ")
	}
}

// cube is a city-model solid without semantics, its faces outwards, or inwards.
func cube(h0, h1 float64, inside bool) geo.Feature {
	p := place(here, square(0, 0, 10))[0][:4]
	at := func(i int, h float64) [3]float64 { return [3]float64{p[i%4][0], p[i%4][1], h} }
	var faces []geo.Surface
	add := func(r ...[3]float64) {
		if inside {
			for i, j := 0, len(r)-1; i < j; i, j = i+1, j-1 {
				r[i], r[j] = r[j], r[i]
			}
		}
		faces = append(faces, geo.Surface{Rings: [][][3]float64{r}})
	}
	for i := range 4 {
		add(at(i, h0), at(i+1, h0), at(i+1, h1), at(i, h1))
	}
	add(at(0, h1), at(1, h1), at(2, h1), at(3, h1))
	add(at(3, h0), at(2, h0), at(1, h0), at(0, h0))
	return geo.Feature{ID: "cube", Geometry: orb.Polygon{append(p, p[0])}, Surfaces: faces, Tags: map[string]string{"building": "yes"}}
}

func TestSolids(t *testing.T) {
	for _, inside := range []bool{false, true} {
		report := geo.NewReport()
		bs := assemble([]geo.Feature{cube(1005, 1017, inside)}, earth.FrameAt(here), Options{}, report)
		if len(bs) != 1 || math.Abs(bs[0].Top-bs[0].Bottom-12) > 1e-9 || math.Abs(area(bs[0].Plan)-100) > 0.05 {
			t.Fatalf("%+v", bs)
		}
		tile, m := earth.FrameAt(here), &Meshes{}
		if off := NewBuilder(geo.FlatElevation(1000), report).Build(&bs[0], tile, 0, 0, m); off != 0 {
			t.Errorf("%v off", off)
		}
		volume, byMaterial := 0.0, map[geo.Material]int{}
		meshes := m.Take()
		for _, mesh := range meshes {
			byMaterial[mesh.Material] = len(mesh.Indices) / 3
			o := meshes[0].Positions[0]
			for i := 0; i < len(mesh.Indices); i += 3 {
				var v [3][3]float64
				for k := range 3 {
					for c := range 3 {
						v[k][c] = float64(mesh.Positions[mesh.Indices[i+k]][c] - o[c])
					}
				}
				volume += (v[0][0]*(v[1][1]*v[2][2]-v[1][2]*v[2][1]) - v[0][1]*(v[1][0]*v[2][2]-v[1][2]*v[2][0]) + v[0][2]*(v[1][0]*v[2][1]-v[1][1]*v[2][0])) / 6
			}
		}
		if volume <= 0 {
			t.Errorf("inside %v: volume %v", inside, volume)
		}
		// Walls, roof, ground, and a skirt down to the ground five metres below.
		if byMaterial[geo.Facade] != 8 || byMaterial[geo.Roof] != 2 || byMaterial[geo.Concrete] != 2 || byMaterial[geo.Wall] != 8 {
			t.Errorf("triangles %v", byMaterial)
		}
		m = &Meshes{}
		NewBuilder(geo.FlatElevation(1000), report).Build(&bs[0], tile, 0, 0, m)
		if lo, hi := span(m, tile); math.Abs(lo-(1000-foundation)) > 0.01 || math.Abs(hi-1017) > 0.01 {
			t.Errorf("from %v to %v", lo, hi)
		}
	}
	report := geo.NewReport()
	bad := cube(0, 9, false)
	bad.Surfaces[0].Rings[0][0][2] = math.NaN()
	if bs := assemble([]geo.Feature{bad}, earth.FrameAt(here), Options{}, report); len(bs) != 0 || report.SkippedCount() != 1 {
		t.Error("a solid with NaN was not skipped")
	}
}

func area(p orb.Polygon) float64 {
	a := 0.0
	for _, r := range p {
		var q outline.Ring
		for _, v := range r {
			q = append(q, [2]float64(v))
		}
		a += q.Area()
	}
	return a
}

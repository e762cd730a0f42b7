package indoor

import (
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
)

// metre is a degree's share; the test house stands on the equator.
const metre = 1 / 111319.49

func rect(x0, y0, x1, y1 float64) orb.Polygon {
	p := func(x, y float64) orb.Point { return orb.Point{x * metre, y * metre} }
	return orb.Polygon{{p(x0, y0), p(x1, y0), p(x1, y1), p(x0, y1), p(x0, y0)}}
}

// house20 is 20 m by 12 m with three rooms off a corridor on two storeys, and stairs.
func house20() []geo.Feature {
	return []geo.Feature{
		{ID: "way/1", Geometry: rect(0, 0, 20, 12), Tags: map[string]string{"building": "office", "building:levels": "2", "height": "7.6"}},
		{ID: "way/2", Geometry: rect(0, 0, 8, 5), Tags: map[string]string{"indoor": "room", "level": "0;1", "room": "office"}},
		{ID: "way/3", Geometry: rect(8, 0, 20, 5), Tags: map[string]string{"indoor": "room", "level": "0-1", "room": "class"}},
		{ID: "way/4", Geometry: rect(0, 5, 20, 7), Tags: map[string]string{"indoor": "corridor", "level": "0;1"}},
		{ID: "way/5", Geometry: rect(14, 7, 20, 12), Tags: map[string]string{"indoor": "room", "stairs": "yes", "level": "0;1"}},
		{ID: "node/1", Geometry: orb.Point{4 * metre, 5 * metre}, Tags: map[string]string{"door": "hinged", "level": "0"}},
		{ID: "node/2", Geometry: orb.Point{10 * metre, 5 * metre}, Tags: map[string]string{"door": "yes", "width": "1.2"}},
		{ID: "node/3", Geometry: orb.Point{0, 6 * metre}, Tags: map[string]string{"entrance": "main", "level": "0"}},
	}
}

func block(features []geo.Feature) *geo.Block {
	return &geo.Block{Frame: earth.FrameAt(earth.Place{}), Square: orb.Bound{Min: orb.Point{-100, -100}, Max: orb.Point{100, 100}},
		Features: features, Elevation: geo.FlatElevation(3), Report: geo.NewReport()}
}

func made(t *testing.T, b *geo.Block, detail float64) geo.Content {
	t.Helper()
	m := New(b, "inside", Options{})
	if m == nil {
		t.Fatal("nothing inside")
	}
	c := geo.Content{Frame: b.Frame}
	if e := m.Make(detail, &c); e > detail {
		t.Fatalf("error %g at detail %g", e, detail)
	}
	return c
}

func TestLevels(t *testing.T) {
	for tag, want := range map[string][]float64{
		"0": {0}, "0;1": {0, 1}, "-1": {-1}, "-2--1": {-2, -1}, "1-3": {1, 2, 3}, "-1-1": {-1, 0, 1}, "0.5": {0.5}, "2; 1 ;x": {1, 2},
		"": nil, "x": nil, "1-": nil, "-": nil, "0-1e9": nil, "nan": nil,
	} {
		if got, _ := Levels(tag); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", tag, got, want)
		}
	}
}

func TestStoreys(t *testing.T) {
	b := block(house20())
	c := made(t, b, 0)
	names := map[string]bool{}
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, m := range c.Meshes {
		names[m.Layer] = true
		for i, p := range m.Positions {
			lo, hi = min(lo, float64(p[2])), max(hi, float64(p[2]))
			if p[0] < -1e-4 || p[0] > 20.0001 || p[1] < -1e-4 || p[1] > 12.0001 {
				t.Fatalf("%s %s: vertex %d at %v is outside of the house", m.Layer, m.Material, i, p)
			}
			n := m.Normals[i]
			if l := n[0]*n[0] + n[1]*n[1] + n[2]*n[2]; math.Abs(float64(l)-1) > 1e-3 {
				t.Fatalf("normal %v", n)
			}
		}
	}
	if !names["inside#0"] || !names["inside#1"] || len(names) != 2 {
		t.Errorf("layers %v", names)
	}
	// The ground is at 3 m; two storeys from a doorstep above it end 0.3 m below a roof at
	// 10 m that may lie a parapet below the walls' top.
	if math.Abs(lo-2.85) > 0.01 || math.Abs(hi-(3+7-0.3)) > 0.01 {
		t.Errorf("from %g to %g m", lo, hi)
	}
	if s := b.Report.Summary(); s.Made["room"] != 8 || len(s.Skipped) != 0 {
		t.Errorf("%+v", s)
	}
}

// TestFacesTurnAsTheirNormalsSay holds the triangles' windings against their normals.
func TestFacesTurnAsTheirNormalsSay(t *testing.T) {
	for _, m := range made(t, block(house20()), 0).Meshes {
		for i := 0; i+2 < len(m.Indices); i += 3 {
			a, b, c := m.Positions[m.Indices[i]], m.Positions[m.Indices[i+1]], m.Positions[m.Indices[i+2]]
			u := [3]float64{float64(b[0] - a[0]), float64(b[1] - a[1]), float64(b[2] - a[2])}
			v := [3]float64{float64(c[0] - a[0]), float64(c[1] - a[1]), float64(c[2] - a[2])}
			n := m.Normals[m.Indices[i]]
			x := [3]float64{u[1]*v[2] - u[2]*v[1], u[2]*v[0] - u[0]*v[2], u[0]*v[1] - u[1]*v[0]}
			if d := x[0]*float64(n[0]) + x[1]*float64(n[1]) + x[2]*float64(n[2]); d < -1e-6 {
				t.Fatalf("%s %s: triangle %d is turned against its normal %v", m.Layer, m.Material, i/3, n)
			}
		}
	}
}

// blocked tells whether a wall stands on the way between two places at a height.
func blocked(c geo.Content, layer string, a, b [2]float64, z float64) bool {
	for _, m := range c.Meshes {
		if m.Layer != layer || m.Material != geo.Room {
			continue
		}
		for i := 0; i+2 < len(m.Indices); i += 3 {
			if crosses(m, i, a, b, z) {
				return true
			}
		}
	}
	return false
}

// crosses cuts an upright triangle at a height and the cut with the way in plan.
func crosses(m geo.Mesh, i int, a, b [2]float64, z float64) bool {
	var cut [][2]float64
	for k := range 3 {
		p, q := m.Positions[m.Indices[i+k]], m.Positions[m.Indices[i+(k+1)%3]]
		if (float64(p[2]) > z) != (float64(q[2]) > z) {
			t := (z - float64(p[2])) / float64(q[2]-p[2])
			cut = append(cut, [2]float64{float64(p[0]) + t*float64(q[0]-p[0]), float64(p[1]) + t*float64(q[1]-p[1])})
		}
	}
	if len(cut) != 2 {
		return false
	}
	side := func(p, q, r [2]float64) bool { return (q[0]-p[0])*(r[1]-p[1])-(q[1]-p[1])*(r[0]-p[0]) > 0 }
	return side(a, b, cut[0]) != side(a, b, cut[1]) && side(cut[0], cut[1], a) != side(cut[0], cut[1], b)
}

func TestWalk(t *testing.T) {
	c := made(t, block(house20()), 0)
	eye := 3 + 1.6
	for _, way := range []struct {
		name  string
		layer string
		a, b  [2]float64
		z     float64
		wall  bool
	}{
		{"from the corridor into the office by its door", "inside#0", [2]float64{4, 6}, [2]float64{4, 3}, eye, false},
		{"through the wall beside it", "inside#0", [2]float64{6, 6}, [2]float64{6, 3}, eye, true},
		{"above the door", "inside#0", [2]float64{4, 6}, [2]float64{4, 3}, 3 + 2.5, true},
		{"the office upstairs has no door there", "inside#1", [2]float64{4, 6}, [2]float64{4, 3}, eye + 3.5, true},
		{"a door without a level is on both storeys", "inside#1", [2]float64{10, 6}, [2]float64{10, 3}, eye + 3.5, false},
		{"in by the entrance", "inside#0", [2]float64{-1, 6}, [2]float64{3, 6}, eye, false},
		{"along the corridor", "inside#0", [2]float64{1, 6}, [2]float64{19, 6}, eye, false},
	} {
		if got := blocked(c, way.layer, way.a, way.b, way.z); got != way.wall {
			t.Errorf("%s: blocked is %v", way.name, got)
		}
	}
}

func TestStairsReachTheNextStorey(t *testing.T) {
	c := made(t, block(house20()), 0)
	top := 0.0
	for _, m := range c.Meshes {
		for i, p := range m.Positions {
			if m.Layer == "inside#0" && m.Material == geo.Room && m.Normals[i][2] > 0.9 && p[0] > 14 && p[2] > 4 {
				top = max(top, float64(p[2]))
			}
		}
	}
	if math.Abs(top-(3+doorstep+(7-doorstep)/2)) > 1e-3 {
		t.Errorf("the stairs end at %g m", top)
	}
}

func TestBadInput(t *testing.T) {
	features := append(house20(),
		geo.Feature{ID: "way/90", Geometry: rect(1, 1, 2, 2), Tags: map[string]string{"indoor": "room"}},
		geo.Feature{ID: "way/91", Geometry: rect(3, 3, 3, 3), Tags: map[string]string{"indoor": "room", "level": "0"}},
		geo.Feature{ID: "way/92", Geometry: orb.Polygon{{{5 * metre, 1 * metre}, {7 * metre, 3 * metre}, {7 * metre, 1 * metre}, {5 * metre, 3 * metre}, {5 * metre, 1 * metre}}}, Tags: map[string]string{"indoor": "room", "level": "0"}},
		geo.Feature{ID: "way/93", Geometry: orb.LineString{{1 * metre, 8 * metre}, {1 * metre, 8 * metre}}, Tags: map[string]string{"highway": "steps", "level": "0;1"}},
		geo.Feature{ID: "node/94", Tags: map[string]string{"door": "yes", "level": "0"}},
	)
	b := block(features)
	c := made(t, b, 0)
	if len(c.Meshes) == 0 {
		t.Error("one bad room spoils the house")
	}
	if s := b.Report.Summary(); len(s.Skipped) != 1 || s.Skipped[0].IDs[0] != "way/90" {
		t.Errorf("skipped %+v", s.Skipped)
	}
}

func TestLessFromAfar(t *testing.T) {
	count := func(detail float64) (n int) {
		for _, m := range made(t, block(house20()), detail).Meshes {
			n += len(m.Indices) / 3
		}
		return n
	}
	all, some, none := count(0), count(1), count(5)
	if !(all > some && some > 0 && none == 0) {
		t.Errorf("%d, %d and %d triangles", all, some, none)
	}
}

func TestOutsideOfTheBlock(t *testing.T) {
	b := block(house20())
	b.Square = orb.Bound{Min: orb.Point{50, 50}, Max: orb.Point{100, 100}}
	if New(b, "inside", Options{}) != nil {
		t.Error("a house is built by a block that does not own it")
	}
}

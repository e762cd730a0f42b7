package stage

import (
	"math"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
)

// area is the seen-from-above area of a mesh's triangles.
func area(m *drawable.Mesh) (sum float64) {
	if m == nil {
		return 0
	}
	for t := 0; t+2 < len(m.Indices); t += 3 {
		a, b, c := m.Vertices[m.Indices[t]].Position, m.Vertices[m.Indices[t+1]].Position, m.Vertices[m.Indices[t+2]].Position
		sum += math.Abs(float64((b[0]-a[0])*(c[1]-a[1])-(b[1]-a[1])*(c[0]-a[0]))) / 2
	}
	return sum
}

// What is within an area and what is around it are together all of a mesh, to the square
// millimetre, also where the border has a hole and turns inwards; the cut's wall follows it.
func TestClipperCutsAlongBorders(t *testing.T) {
	frame := earth.FrameAt(earth.Place{Lng: 1, Lat: 42})
	at := func(x, y float64) orb.Point {
		lng, lat := frame.Unplan(x, y)
		return orb.Point{lng, lat}
	}
	// An L of 60 × 60 less 30 × 30, with a hole of 10 × 10: 2600 m², 280 m of border.
	border := orb.Polygon{{at(-30, -30), at(30, -30), at(30, 0), at(0, 0), at(0, 30), at(-30, 30), at(-30, -30)}, {at(-20, -20), at(-20, -10), at(-10, -10), at(-10, -20), at(-20, -20)}}
	ground := &drawable.Mesh{Frame: frame.Matrix()}
	const n = 13
	for i := range n {
		for k := range n {
			ground.Vertices = append(ground.Vertices, drawable.Vertex{Position: [3]float32{float32(i)*10 - 61, float32(k)*10 - 59, float32(i%3) / 10}, UV: [2]float32{float32(i), float32(k)}})
		}
	}
	for i := range uint32(n - 1) {
		for k := range uint32(n - 1) {
			p := i*n + k
			ground.Indices = append(ground.Indices, p, p+n, p+n+1, p, p+n+1, p+1)
		}
	}
	ground.Bound()
	for _, c := range []struct {
		inside bool
		want   float64
	}{{false, 2600}, {true, 120*120 - 2600}} {
		left, ends := newClipper(&drawable.Clip{Areas: []orb.Polygon{border}, Inside: c.inside}, ground.Frame, 0).cut(ground)
		if got := area(left); math.Abs(got-c.want) > 0.5 {
			t.Errorf("%.3f m² are left, want %.3f", got, c.want)
		}
		length := 0.0
		for _, e := range ends {
			length += math.Hypot(float64(e[1][0]-e[0][0]), float64(e[1][1]-e[0][1]))
		}
		if math.Abs(length-280) > 0.5 {
			t.Errorf("the cut is %.3f m long, want 280", length)
		}
		for i := range left.Vertices {
			v := &left.Vertices[i]
			if math.Abs(float64(v.UV[0]*10-61-v.Position[0])) > 1e-2 {
				t.Fatalf("at %v the picture is at %v", v.Position, v.UV)
			}
		}
	}
	// An area within another is no hole, and its border no cut.
	disc := orb.Polygon{{at(-25, -5), at(-15, -5), at(-15, 5), at(-25, 5), at(-25, -5)}}
	left, ends := newClipper(&drawable.Clip{Areas: []orb.Polygon{disc, border}}, ground.Frame, 0).cut(ground)
	if got := area(left); math.Abs(got-2600) > 0.5 {
		t.Errorf("%.3f m² are left of two areas, want 2600", got)
	}
	for _, e := range ends {
		if d := max(math.Abs(float64(e[0][0])+20), math.Abs(float64(e[0][1]))); d < 6 {
			t.Fatalf("a wall stands at %v", e)
		}
	}
	if k := newClipper(&drawable.Clip{Areas: []orb.Polygon{border}}, ground.Frame, 0); k.around(500, 0, 20) != allGoes || k.around(20, -15, 5) != allStays || k.around(0, -15, 40) != partStays {
		t.Error("what is around is told wrong")
	}
}

// Houses stay whole or go by their middles, and with them their edges; cut open they do not.
func TestClippedTiles(t *testing.T) {
	frame := earth.FrameAt(earth.Place{Lng: 1, Lat: 42}) // of blocks
	at := func(x, y float64) orb.Point {
		lng, lat := frame.Unplan(x, y)
		return orb.Point{lng, lat}
	}
	box := orb.Polygon{{at(-50, -50), at(52, -50), at(52, 50), at(-50, 50), at(-50, -50)}}
	c := blocks([6]float32{0, 0, 0, 20, 30, 30}, [6]float32{40, 0, 0, 20, 30, 30}, [6]float32{100, 0, 0, 20, 30, 30})
	set := &drawable.Tileset{Layer: "town", Edges: &drawable.Edges{}}
	roofs := c.parts[1].mesh
	for _, k := range []struct {
		clip drawable.Clip
		want float64 // m² of roofs
		edge int
	}{
		{drawable.Clip{Whole: true}, 800, 16},
		{drawable.Clip{Whole: true, Inside: true}, 400, 8},
		{drawable.Clip{}, 640, -1},
		{drawable.Clip{Inside: true}, 560, -1},
	} {
		k.clip.Areas = []orb.Polygon{box} // with the first, and 12 m of the second
		cuts := c.cutting([]*drawable.Clip{&k.clip}, true)
		if got := area(cuts.mesh(c, roofs, geo.Roof).left); math.Abs(got-k.want) > 0.5 {
			t.Errorf("%+v: %.2f m² of roofs, want %.2f", k.clip, got, k.want)
		}
		if lines := c.edges(set, nil, cuts); k.edge > 0 && len(lines.Starts) != k.edge {
			t.Errorf("%+v: %d edges, want %d", k.clip, len(lines.Starts), k.edge)
		}
		if again := c.cutting([]*drawable.Clip{&k.clip}, true); again != cuts {
			t.Error("cuts are made anew in each frame")
		}
	}
	if c.cutting(nil, true) != nil {
		t.Error("without a clip there are cuts")
	}
}

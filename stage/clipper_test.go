package stage

import (
	"math"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/scene"
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
	border := orb.Polygon{{at(-30, -30), at(7, -30), at(30, -30), at(30, 0), at(0, 0), at(0, 30), at(-30, 30), at(-30, -30)}, {at(-20, -20), at(-20, -10), at(-10, -10), at(-10, -20), at(-20, -20)}}
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
		if lines := c.edges(set, nil, cuts).lines; k.edge > 0 && len(lines[0].Starts) != k.edge {
			t.Errorf("%+v: %d edges, want %d", k.clip, len(lines[0].Starts), k.edge)
		}
		if again := c.cutting([]*drawable.Clip{&k.clip}, true); again != cuts {
			t.Error("cuts are made anew in each frame")
		}
	}
	c.last += 3
	if c.cutting(nil, true) != nil {
		t.Error("without a clip there are cuts")
	}
	if len(c.cuts) != 0 {
		t.Errorf("%d cuts of clips that are gone", len(c.cuts))
	}
}

// A border of a thousand sides within one triangle cuts it to its area, in pieces that are not many
// more than its sides.
func TestClipperOfManySides(t *testing.T) {
	frame := earth.FrameAt(earth.Place{Lng: 1, Lat: 42})
	const n = 1000
	var ring orb.Ring
	want := 0.0
	for i := range n {
		at := func(i int) (x, y float64) {
			sin, cos := math.Sincos(2 * math.Pi * float64(i%n) / n)
			r := 300.0 + 40*float64(i%2)
			return r * cos, r * sin
		}
		x, y := at(i)
		u, v := at(i + 1)
		want += (x*v - y*u) / 2
		lng, lat := frame.Unplan(x, y)
		ring = append(ring, orb.Point{lng, lat})
	}
	sea := (&drawable.Mesh{Frame: frame.Matrix(), Vertices: []drawable.Vertex{{Position: [3]float32{-2000, -1000}}, {Position: [3]float32{2000, -1000}}, {Position: [3]float32{0, 2000}}}, Indices: []uint32{0, 1, 2}}).Bound()
	left, ends := newClipper(&drawable.Clip{Areas: []orb.Polygon{{ring}}}, sea.Frame, 0).cut(sea)
	if got := area(left); math.Abs(got-want) > 1 {
		t.Errorf("%.1f m² are left, want %.1f", got, want)
	}
	if pieces := len(left.Indices) / 3; pieces > 20*n {
		t.Errorf("%d triangles of %d sides", pieces, n)
	}
	length, around := 0.0, float64(n)*math.Hypot(340*math.Cos(2*math.Pi/n)-300, 340*math.Sin(2*math.Pi/n))
	for _, e := range ends {
		length += math.Hypot(float64(e[1][0]-e[0][0]), float64(e[1][1]-e[0][1]))
	}
	if math.Abs(length-around) > 0.02*around {
		t.Errorf("the cut is %.1f m long, want %.1f", length, around)
	}
}

// Whatever filters leave of a cut tile, it is cut once, and the shape of its edges is found once.
func TestFiltersOfCutTiles(t *testing.T) {
	frame := earth.FrameAt(earth.Place{Lng: 1, Lat: 42})
	at := func(x, y float64) orb.Point {
		lng, lat := frame.Unplan(x, y)
		return orb.Point{lng, lat}
	}
	clips := []*drawable.Clip{{Areas: []orb.Polygon{{{at(-50, -50), at(52, -50), at(52, 50), at(-50, 50), at(-50, -50)}}}}}
	c := blocks([6]float32{0, 0, 0, 20, 30, 30}, [6]float32{40, 0, 0, 20, 30, 30}, [6]float32{100, 0, 0, 20, 30, 30})
	l := newLibrary(1 << 20)
	var shape *tileEdges
	var glow *cutMesh
	for i, k := range []struct {
		id   string
		want float64
	}{{"a", 400}, {"b", 240}, {"c", 0}, {"a", 400}, {"b", 240}} {
		c.last++
		set := &drawable.Tileset{Layer: "town", Edges: &drawable.Edges{Height: float32(i) + 1, Share: 1}}
		roofs := 0.0
		lines := 0
		for _, d := range l.draws(c, &tiled{set: set, clips: clips, only: &tileFilter{map[string]any{"id": k.id}}}, nil, 0, nil) {
			if m, ok := d.What.(*drawable.Mesh); ok {
				roofs += area(m)
			}
			if _, ok := d.What.(*drawable.Lines); ok {
				lines++
				if d.Passing != (i > 0) {
					t.Errorf("frame %d: lines that take the place of others: %v", i, d.Passing)
				}
			}
		}
		if math.Abs(roofs-k.want) > 0.5 || (lines > 0) != (k.want > 0) {
			t.Errorf("%s: %.1f m² and %d lines are left, want %.1f m²", k.id, roofs, lines, k.want)
		}
		cuts := c.cutting(clips, false)
		if part := cuts.parts[c.parts[0].mesh]; i == 0 {
			glow, shape = part, c.edged[0]
		} else if part != glow || len(cuts.parts) != 2 || len(c.cuts) != 1 || len(c.edged) != 1 || c.edged[0] != shape || len(shape.drawn) > 2 {
			t.Errorf("frame %d: %d parts of %d cuts, %d edges drawn %d times", i, len(cuts.parts), len(c.cuts), len(c.edged), len(shape.drawn))
		}
	}
}

// Contents of a tile that have frames of their own are cut, and outlined, where they are.
func TestClippedFrames(t *testing.T) {
	frame := earth.FrameAt(earth.Place{Lng: 1, Lat: 42})
	at := func(x, y float64) orb.Point {
		lng, lat := frame.Unplan(x, y)
		return orb.Point{lng, lat}
	}
	c := blocks([6]float32{0, 0, 0, 20, 30, 30})
	lng, lat := frame.Unplan(500, 0)
	away := earth.FrameAt(earth.Place{Lng: lng, Lat: lat}).Matrix()
	for _, p := range c.parts[:2] { // the same house once more, half a kilometre to the east
		other := *p.mesh
		other.Frame = away
		p.mesh = &other
		c.parts = append(c.parts, p)
	}
	clip := &drawable.Clip{Areas: []orb.Polygon{{{at(-50, -50), at(52, -50), at(52, 50), at(-50, 50), at(-50, -50)}}}}
	for _, whole := range []bool{false, true} {
		clip.Whole = whole
		cuts := c.cutting([]*drawable.Clip{clip}, whole)
		if here, there := cuts.mesh(c, c.parts[1].mesh, geo.Roof).left, cuts.mesh(c, c.parts[3].mesh, geo.Roof).left; here == nil || there != nil {
			t.Errorf("whole %v: here %v, there %v", whole, here != nil, there != nil)
		}
	}
	e := c.edges(&drawable.Tileset{Layer: "town", Edges: &drawable.Edges{}}, nil, nil)
	if len(e.lines) != 2 || e.lines[0].Frame == e.lines[1].Frame {
		t.Errorf("edges in %d frames, want 2", len(e.lines))
	}
}

// Vehicles go, with their lights, where their streets do.
func TestClippedVehicles(t *testing.T) {
	frame := earth.FrameAt(earth.Place{Lng: 1, Lat: 42})
	at := func(x, y float64) orb.Point {
		lng, lat := frame.Unplan(x, y)
		return orb.Point{lng, lat}
	}
	clip := &drawable.Clip{Areas: []orb.Polygon{{{at(-50, -50), at(50, -50), at(50, 50), at(-50, 50), at(-50, -50)}}}}
	vehicles := func() *drawable.Copies {
		return &drawable.Copies{Models: []drawable.Copy{{Model: "car", Items: []drawable.Instance{{Position: [3]float32{10, 0, 0}}, {Position: [3]float32{60, 0, 0}}}}},
			Lights: []drawable.PointVertex{{Position: [3]float32{60, 0, 1}}, {Position: [3]float32{10, 0, 1}}}}
	}
	cut := func(kind string, clips ...*drawable.Clip) (cars, lights int) {
		pl := &playedLayer{id: "t", base: &scene.Layer{Type: kind}}
		left := vehicles()
		pl.cutting(clips).leave(left, frame.Matrix())
		for _, v := range left.Models[0].Items {
			if len(clips) > 0 && kind == "traffic" && len(clip.Layers) == 0 && v.Position[0] != 10 {
				t.Errorf("a vehicle at %v", v.Position)
			}
		}
		return len(left.Models[0].Items), len(left.Lights)
	}
	if cars, lights := cut("traffic", clip); cars != 1 || lights != 1 {
		t.Errorf("%d vehicles and %d lights stay", cars, lights)
	}
	if cars, lights := cut("trip", clip); cars != 2 || lights != 2 {
		t.Errorf("of rows %d vehicles and %d lights stay", cars, lights)
	}
	if cars, _ := cut("traffic"); cars != 2 {
		t.Errorf("without a clip %d vehicles stay", cars)
	}
	clip.Layers = []string{"ground"}
	if cars, _ := cut("traffic", clip); cars != 2 {
		t.Errorf("of a layer that is not cut %d vehicles stay", cars)
	}
}

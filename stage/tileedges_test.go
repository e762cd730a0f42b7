package stage

import (
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
)

// blocks is a tile of prisms: walls in two storeys, so that the roof's border meets two pieces of
// each, and roofs.
func blocks(of ...[6]float32) *tileContent {
	frame := earth.FrameAt(earth.Place{Lng: 1, Lat: 42}).Matrix()
	walls, roofs := &drawable.Mesh{Frame: frame}, &drawable.Mesh{Frame: frame}
	face := func(m *drawable.Mesh, feature int, p ...[3]float32) {
		n := uint32(len(m.Vertices))
		for _, p := range p {
			m.Vertices = append(m.Vertices, drawable.Vertex{Position: p, Feature: uint32(feature)})
		}
		m.Indices = append(m.Indices, n, n+1, n+2, n, n+2, n+3)
	}
	c := &tileContent{}
	for f, b := range of { // x, y, z, width, height, recorded height
		x0, y0, x1, y1, z0, z1 := b[0], b[1], b[0]+b[3], b[1]+b[3], b[2], b[2]+b[4]
		corner := [4][2]float32{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}
		for i := range corner {
			p, q := corner[i], corner[(i+1)%4]
			m := [2]float32{(p[0] + q[0]) / 2, (p[1] + q[1]) / 2}
			for _, s := range [2][2][2]float32{{p, m}, {m, q}} {
				face(walls, f, [3]float32{s[0][0], s[0][1], z0}, [3]float32{s[1][0], s[1][1], z0}, [3]float32{s[1][0], s[1][1], z1}, [3]float32{s[0][0], s[0][1], z1})
			}
		}
		face(roofs, f, [3]float32{x0, y0, z1}, [3]float32{x1, y0, z1}, [3]float32{x1, y1, z1}, [3]float32{x0, y1, z1})
		c.heights = append(c.heights, b[5])
		c.rows = append(c.rows, geo.FeatureRow{ID: string(rune('a' + f))})
	}
	c.heights, c.rows = append(c.heights, 0), append(c.rows, geo.FeatureRow{})
	c.ids = uint32(len(c.heights))
	c.parts = []tilePart{{layer: "town", name: geo.Facade, mesh: walls.Bound()}, {layer: "town", name: geo.Roof, mesh: roofs.Bound()}}
	return c
}

// Outlines of walls and roofs are drawn once, whatever pieces they are of; not what lies on the
// ground, nor small bodies on a roof, nor what a filter leaves out.
func TestEdgesOfHouses(t *testing.T) {
	set := &drawable.Tileset{Layer: "town", Edges: &drawable.Edges{Foot: 0.2}}
	count := func(c *tileContent, only *tileFilter) int {
		if e := c.edges(set, only, nil); len(e.lines) > 0 {
			return len(e.lines[0].Starts)
		}
		return 0
	}
	one := blocks([6]float32{0, 0, 100, 20, 30, 30})
	if n := count(one, nil); n != 8 { // four upright, four of the roof
		t.Errorf("%d edges of a prism", n)
	}
	l := one.edges(set, nil, nil).lines[0]
	if again := one.edges(set, nil, nil).lines[0]; again != l {
		t.Error("edges are made anew in each frame")
	}
	for i := range l.Vertices {
		v := &l.Vertices[i]
		want := uint8(255)
		if v.Position[2] == 100 {
			want = 51
		}
		if v.Color[3] != want {
			t.Errorf("at %v the share is %d, not %d", v.Position, v.Color[3], want)
		}
	}
	set.Edges = &drawable.Edges{Foot: 0, Height: 60}
	for _, v := range one.edges(set, nil, nil).lines[0].Vertices {
		if v.Position[2] == 130 && v.Color[3] != 64 { // a half, squared
			t.Errorf("half as high as all of it is seen the share is %d", v.Color[3])
		}
	}
	if n := count(blocks([6]float32{0, 0, 100, 20, 30, 30}, [6]float32{40, 0, 90, 20, 30, 30}), nil); n != 16 {
		t.Errorf("%d edges of two", n)
	}
	two := blocks([6]float32{0, 0, 100, 20, 30, 30}, [6]float32{40, 0, 90, 20, 30, 30})
	if n := count(two, &tileFilter{map[string]any{"id": "a"}}); n != 8 {
		t.Errorf("%d edges of one of two", n)
	}
	plant := blocks([6]float32{0, 0, 100, 20, 30, 30}, [6]float32{5, 5, 130, 3, 2, 0})
	for _, p := range plant.parts {
		for i := range p.mesh.Vertices {
			p.mesh.Vertices[i].Feature = 0
		}
	}
	if n := count(plant, nil); n != 8 {
		t.Errorf("%d edges of a house with a lift on its roof", n)
	}
	if n := count(&tileContent{ids: 1, heights: []float32{0}}, nil); n != 0 {
		t.Errorf("%d edges of nothing", n)
	}
}

// Features stand on their own lowest points; parts that begin in the air on their building's.
func TestStands(t *testing.T) {
	c := blocks([6]float32{0, 0, 100, 20, 30, 30}, [6]float32{40, 0, -7, 20, 12, 12}, [6]float32{80, 0, 140, 20, 60, 100}, [6]float32{120, 0, 5, 20, 9, 0})
	for i, want := range [][2]float32{{100, 130}, {-7, 5}, {100, 200}, {5, 14}, {0, 0}} {
		if got := c.standing().Of[i]; got != want {
			t.Errorf("feature %d stands at %v, want %v", i, got, want)
		}
	}
}

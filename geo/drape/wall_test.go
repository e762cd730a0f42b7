package drape_test

import (
	"math"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/cover"
	"github.com/longtake/longtake/geo/drape"
)

// TestNothingLiesOnWalls: a lawn that reaches over a quay ends at its top, whatever
// its own triangles; the quay's triangles have corners of their own, with the normal
// of the face, and all others keep theirs.
func TestNothingLiesOnWalls(t *testing.T) {
	tile := tileAt(0, 0, 20, 10)
	for i, p := range tile.XY {
		tile.H[i] = 100
		if p[0] < 9 { // the sea's bed; a step of 2 m across
			tile.H[i] = 92
		}
	}
	lawn := cover.Patch{Layer: "areas", Material: geo.Green, Bias: 2, Width: 10,
		Points: [][2]float64{{5, 2}, {15, 2}, {15, 18}, {5, 18}}, Indices: []uint32{0, 1, 2, 0, 2, 3}}
	meshes := drape.NewIndex([]cover.Patch{lawn}).Onto(tile, nil)
	if len(meshes) != 1 {
		t.Fatalf("%d meshes", len(meshes))
	}
	area := 0.0
	m := &meshes[0]
	for i := 0; i < len(m.Indices); i += 3 {
		var x, h, y [3]float64
		for k := range 3 {
			x[k], y[k], h[k] = planOf(tile, m.Positions[m.Indices[i+k]])
		}
		area += ((x[1]-x[0])*(y[2]-y[0]) - (x[2]-x[0])*(y[1]-y[0])) / 2
		if max(h[0], h[1], h[2])-min(h[0], h[1], h[2]) > 0.01 {
			t.Errorf("a triangle from %v to %v m", min(h[0], h[1], h[2]), max(h[0], h[1], h[2]))
		}
	}
	if want := 16.0 * (10 - 2); math.Abs(area-want) > 1e-3 {
		t.Errorf("%.3f m² of lawn, want %g", area, want)
	}

	terrain := geo.Mesh{Material: geo.Ground, Indices: append([]uint32(nil), tile.Tris...)}
	for i, p := range tile.XY {
		terrain.Positions = append(terrain.Positions, [3]float32{float32(p[0]), float32(p[1]), float32(tile.H[i])})
		terrain.Normals = append(terrain.Normals, [3]float32{0, 0, 1})
		terrain.Colors = append(terrain.Colors, [4]uint8{1, 2, 3, 255})
		terrain.UVs = append(terrain.UVs, [2]float32{})
	}
	drape.Walls(&terrain, tile.XY, tile.H)
	walls := 0
	for i, v := range terrain.Indices {
		p, n := terrain.Positions[v], terrain.Normals[v]
		if p != terrain.Positions[tile.Tris[i]] {
			t.Fatal("a corner has moved")
		}
		if own := int(v) >= len(tile.XY); own != (n[2] < 0.5) {
			t.Errorf("corner %d at %v has the normal %v", v, p, n)
		} else if own {
			walls++
		}
	}
	if walls != 3*2*10 {
		t.Errorf("%d corners of walls, want those of 20 triangles", walls)
	}
}

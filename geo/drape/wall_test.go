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
	drape.Walls(&terrain, tile.XY, tile.H, func([2]float64) bool { return true })
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

// bent is a slope as a mesh: level up to x = 0, and then rising by tan(angle) for each strip of
// 1 m, all of 4 m across, with the colours of grass and, at each vertex, the normal that ground
// rounded over its neighbours has.
func bent(angles ...float64) (m geo.Mesh, xy [][2]float64, h []float64) {
	up := 0.0
	for k := range len(angles) + 1 {
		for y := range 2 {
			xy, h = append(xy, [2]float64{float64(k), 4 * float64(y)}), append(h, up)
			m.Positions = append(m.Positions, [3]float32{float32(k), 4 * float32(y), float32(up)})
			a := (angles[max(k-1, 0)] + angles[min(k, len(angles)-1)]) / 2
			m.Normals = append(m.Normals, [3]float32{float32(-math.Sin(a)), 0, float32(math.Cos(a))})
			m.Colors = append(m.Colors, [4]uint8{1, 2, 3, 255})
			m.UVs = append(m.UVs, [2]float32{})
		}
		if k < len(angles) {
			up += math.Tan(angles[k])
			o := uint32(2 * k)
			m.Indices = append(m.Indices, o, o+2, o+3, o, o+3, o+1)
		}
	}
	return m, xy, h
}

// TestCliffsAreRounded: ground that bends into a cliff little by little has one normal on both
// sides of where it becomes too steep for grass, and one colour where nothing covers it; a
// wall that rises from the level has an edge.
func TestCliffsAreRounded(t *testing.T) {
	const deg = math.Pi / 180
	no := func([2]float64) bool { return false }
	m, xy, h := bent(40*deg, 52*deg, 60*deg, 64*deg)
	before := append([]uint32(nil), m.Indices...)
	drape.Walls(&m, xy, h, no)
	own := 0
	for i, v := range m.Indices {
		if v == before[i] {
			continue
		}
		own++
		if m.Normals[v] != m.Normals[before[i]] {
			t.Errorf("at x = %v m the cliff has the normal %v and the ground %v", xy[before[i]][0], m.Normals[v], m.Normals[before[i]])
		}
		if shared := xy[before[i]][0] == 2; shared != (m.Colors[v] == [4]uint8{1, 2, 3, 255}) {
			t.Errorf("at x = %v m the cliff is %v", xy[before[i]][0], m.Colors[v])
		}
	}
	if own != 12 {
		t.Fatalf("%d corners of cliffs, want those of 4 triangles", own)
	}

	m, xy, h = bent(0, 80*deg, 72*deg, 0)
	for i := range m.Normals { // as terrain has them, which does not look over walls
		m.Normals[i] = [3]float32{0, 0, 1}
	}
	before = append([]uint32(nil), m.Indices...)
	drape.Walls(&m, xy, h, no)
	mid := map[uint32]map[[3]float32]bool{}
	for i, v := range m.Indices {
		if v == before[i] {
			continue
		}
		if n := m.Normals[v]; n[2] > 0.35 {
			t.Errorf("at x = %v m the wall has the normal %v", xy[before[i]][0], n)
		} else if xy[before[i]][0] == 2 {
			if mid[before[i]] == nil {
				mid[before[i]] = map[[3]float32]bool{}
			}
			mid[before[i]][n] = true
		}
	}
	for _, normals := range mid {
		if len(normals) != 1 {
			t.Errorf("where the wall bends by 8° it has the normals %v", normals)
		}
	}
	if len(mid) != 2 {
		t.Errorf("the wall bends at %d vertices", len(mid))
	}
}

// TestCovers: a place is covered by the triangles of patches that lie on the ground, and that
// are as wide as is asked.
func TestCovers(t *testing.T) {
	level := 3.0
	corners, indices := [][2]float64{{0, 0}, {10, 0}, {0, 10}}, []uint32{0, 2, 1}
	ix := drape.NewIndex([]cover.Patch{
		{Width: 5, Points: corners, Indices: indices},
		{Width: 5, Points: [][2]float64{{20, 0}, {30, 0}, {20, 10}}, Indices: indices, Level: &level}})
	for at, want := range map[[2]float64]bool{{2, 2}: true, {5, 5}: true, {6, 6}: false, {-1, 2}: false, {22, 2}: false} {
		if got := ix.Covers(at, 5); got != want {
			t.Errorf("%v is covered: %v", at, got)
		}
	}
	if ix.Covers([2]float64{2, 2}, 6) {
		t.Error("what is too narrow to be drawn covers the ground")
	}
}

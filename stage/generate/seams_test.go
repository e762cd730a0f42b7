package generate

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/qmuntal/gltf"
	"github.com/qmuntal/gltf/modeler"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/heights"
	"github.com/longtake/longtake/geo/tiles"
)

// groundVertices decodes the vertices of the bare ground in a tile: points of the
// level's lattice, in steps.
func groundVertices(t *testing.T, path string, step float64) (out [][3]int64) {
	t.Helper()
	doc, err := gltf.Open(path)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	var visit func(node int, above mgl64.Mat4)
	visit = func(node int, above mgl64.Mat4) {
		n := doc.Nodes[node]
		o, r := n.TranslationOrDefault(), n.RotationOrDefault()
		m := above.Mul4(mgl64.Translate3D(o[0], o[1], o[2])).Mul4(mgl64.Quat{W: r[3], V: mgl64.Vec3{r[0], r[1], r[2]}}.Mat4())
		for _, c := range n.Children {
			visit(c, m)
		}
		if n.Mesh == nil {
			return
		}
		for _, p := range doc.Meshes[*n.Mesh].Primitives {
			if doc.Materials[*p.Material].Name != string(geo.Ground) || out != nil { // the terrain is the first
				continue
			}
			vs, err := modeler.ReadPosition(doc, doc.Accessors[p.Attributes[gltf.POSITION]], nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range vs {
				w := m.Mul4x1(mgl64.Vec4{float64(v[0]), float64(v[1]), float64(v[2]), 1})
				var k [3]int64
				for i, x := range [3]float64{w[0], -w[2], w[1]} { // glTF has y up
					k[i] = int64(math.Round(x / step))
					if off := math.Abs(x - float64(k[i])*step); off > 1e-6 {
						t.Fatalf("%s: a vertex is %g m off the lattice", path, off)
					}
				}
				out = append(out, k)
			}
		}
	}
	for _, n := range doc.Scenes[0].Nodes {
		visit(n, mgl64.Ident4())
	}
	return out
}

// TestGroundSeams: the tiles of every level decode to the same points of their lattice on
// the edges that they share.
func TestGroundSeams(t *testing.T) {
	_, load := sampleCity(t)
	dir, _ := run(t, load(), Options{Plain: true})
	root := filepath.Join(dir, "tiles", "ground")
	file, err := os.Open(filepath.Join(dir, GroundFile))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	h, err := heights.Read(file)
	if err != nil {
		t.Fatal(err)
	}
	grid := tiles.Grid{Frame: h.Frame, Min: h.Min, Size: h.Size, MaxLevel: 20}
	shared, corners := 0, 0
	for level := range 10 {
		n := 1 << level
		step := grid.Lattice(level).Step
		verts := map[[2]int][][3]int64{}
		for x := range n {
			for y := range n {
				if vs := groundVertices(t, filepath.Join(root, fmt.Sprint(level), fmt.Sprint(x), fmt.Sprint(y)+".glb"), step); vs != nil {
					verts[[2]int{x, y}] = vs
				}
			}
		}
		if len(verts) == 0 {
			break
		}
		for at, vs := range verts {
			for axis, next := range [2][2]int{{at[0] + 1, at[1]}, {at[0], at[1] + 1}} {
				ws, ok := verts[next]
				if !ok {
					continue
				}
				_, hi := grid.Square(tiles.Address{Level: level, X: at[0], Y: at[1]})
				a, b := edgeOf(grid.Frame, vs, step, axis, hi[axis]), edgeOf(grid.Frame, ws, step, axis, hi[axis])
				// Along the border of the square the sea has no bed: what is left there may be a corner,
				// but where land meets the edge.
				border := min(at[0], at[1]) == 0 || max(next[0], next[1]) == n-1
				if len(a) < 2 && !(border && allSea(h, grid, level, at, axis)) || len(a) != len(b) {
					t.Fatalf("level %d: %v and %v have %d and %d vertices on their edge", level, at, next, len(a), len(b))
				}
				for p := range a {
					if !b[p] {
						t.Fatalf("level %d: %v of %v is not on %v", level, p, at, next)
					}
				}
				shared += len(a)
				if len(a) < 2 {
					corners++
				}
			}
		}
	}
	if shared < 500 {
		t.Errorf("only %d shared vertices", shared)
	}
	if corners == 0 {
		t.Error("no edge lies in the sea: what allows for that is not needed")
	}
}

// allSea tells whether the eastern (axis 0) or northern edge of a tile meets nothing that is
// a metre above the sea, which is the lowest that there is.
func allSea(h *heights.Grid, grid tiles.Grid, level int, at [2]int, axis int) bool {
	lo, hi := grid.Square(tiles.Address{Level: level, X: at[0], Y: at[1]})
	sea := slices.Min(h.H)
	for k := range h.N {
		p := [2]float64{hi[0], hi[1]}
		p[1-axis] = lo[1-axis] + (hi[1-axis]-lo[1-axis])*float64(k)/float64(h.N-1)
		lng, lat := grid.Frame.Unplan(p[0], p[1])
		if z, ok := h.HeightAt(lng, lat); ok && z > float64(sea)+1 {
			return false
		}
	}
	return true
}

// edgeOf are the vertices on a line of the plan, without what hangs below another.
func edgeOf(f earth.Frame, vs [][3]int64, step float64, axis int, at float64) map[[3]int64]bool {
	top := map[int64][3]int64{}
	for _, v := range vs {
		p := f.Place(mgl64.Vec3{float64(v[0]) * step, float64(v[1]) * step, float64(v[2]) * step})
		x, y := f.Plan(p.Lng, p.Lat)
		q := [2]float64{x, y}
		if math.Abs(q[axis]-at) > 2*step {
			continue
		}
		k := int64(math.Round(q[1-axis] * 20))
		if w, ok := top[k]; !ok || w[2] < v[2] {
			top[k] = v
		}
	}
	out := map[[3]int64]bool{}
	for _, v := range top {
		out[v] = true
	}
	return out
}

package drape

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/terrain"
)

// Tile is the ground that patches are draped onto: terrain triangles that fill a square
// of plan, without overlap. Triangles without extent in plan (skirts) are passed over.
type Tile struct {
	Plan    earth.Frame  // the plan of XY, Square and the patches
	Frame   earth.Frame  // the frame that meshes are made in
	Square  orb.Bound    // plan metres; flat water is cut to it
	XY      [][2]float64 // terrain vertices, plan metres
	H       []float64    // their heights above the ellipsoid
	Normals [][3]float32 // their unit normals in Frame; nil computes them from Tris
	Tris    []uint32
	// Snap brings positions in Frame to a lattice that neighbouring tiles share; nil leaves
	// them.
	Snap func(mgl64.Vec3) mgl64.Vec3
	// Raise lifts patches off the triangles, metres for each step of their order
	// (cover.Patch.Bias): where Snap moves positions so far that what lies on the ground
	// would be seen to dip below it from close by.
	Raise float64
	// MinWidth leaves out patches that are narrower: what a coarse level can't show.
	MinWidth float64
}

// ground is a tile made ready: lifted vertices and bins of triangles.
type ground struct {
	xy      [][2]float64
	pos     []mgl64.Vec3
	normals []mgl64.Vec3
	tris    []terrainTri
	min     [2]float64
	cell    [2]float64
	n       int
	bins    [][]int32
	seen    []uint32
	turn    uint32
}

// terrainTri is a terrain triangle, counter-clockwise in plan.
type terrainTri struct {
	xy     triangle
	v      [3]uint32
	double float64 // twice its plan area
	box    box
	wall   bool // it is as steep as one
}

func newGround(t *Tile) *ground {
	g := &ground{xy: t.XY, pos: make([]mgl64.Vec3, len(t.XY)), normals: make([]mgl64.Vec3, len(t.XY))}
	for i, p := range t.XY {
		g.pos[i] = lift(t.Plan, t.Frame, p, t.H[i])
	}
	g.min = [2]float64{math.Inf(1), math.Inf(1)}
	hi := [2]float64{math.Inf(-1), math.Inf(-1)}
	for i := 0; i+2 < len(t.Tris); i += 3 {
		a, b, c := t.Tris[i], t.Tris[i+1], t.Tris[i+2]
		d := (t.XY[b][0]-t.XY[a][0])*(t.XY[c][1]-t.XY[a][1]) - (t.XY[b][1]-t.XY[a][1])*(t.XY[c][0]-t.XY[a][0])
		if d < 0 {
			b, c, d = c, b, -d
		}
		if !(d > 1e-9) {
			continue
		}
		if t.Normals == nil {
			n := g.pos[b].Sub(g.pos[a]).Cross(g.pos[c].Sub(g.pos[a])) // weighted by area
			g.normals[a], g.normals[b], g.normals[c] = g.normals[a].Add(n), g.normals[b].Add(n), g.normals[c].Add(n)
		}
		tt := terrainTri{xy: triangle{t.XY[a], t.XY[b], t.XY[c]}, v: [3]uint32{a, b, c}, double: d}
		x, y := gradient(&tt.xy, t.H[a], t.H[b], t.H[c])
		tt.wall = math.Hypot(x, y) > terrain.Steep
		tt.box = box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
		for _, p := range tt.xy {
			tt.box = union(tt.box, box{p[0], p[1], p[0], p[1]})
			for k := range p {
				g.min[k], hi[k] = math.Min(g.min[k], p[k]), math.Max(hi[k], p[k])
			}
		}
		g.tris = append(g.tris, tt)
	}
	for i, n := range t.Normals {
		g.normals[i] = mgl64.Vec3{float64(n[0]), float64(n[1]), float64(n[2])}
	}
	for i, n := range g.normals {
		if l := n.Len(); l > 0 {
			g.normals[i] = n.Mul(1 / l)
		}
	}
	g.n = max(1, min(int(math.Sqrt(float64(len(g.tris)))), 512))
	for k := range g.cell {
		g.cell[k] = math.Max((hi[k]-g.min[k])/float64(g.n), 1e-6)
	}
	g.bins = make([][]int32, g.n*g.n)
	g.seen = make([]uint32, len(g.tris))
	for i := range g.tris {
		x0, y0, x1, y1 := g.span(g.tris[i].box)
		for y := y0; y <= y1; y++ {
			for x := x0; x <= x1; x++ {
				g.bins[y*g.n+x] = append(g.bins[y*g.n+x], int32(i))
			}
		}
	}
	return g
}

func (g *ground) span(b box) (x0, y0, x1, y1 int) {
	at := func(v float64, k int) int {
		return int(math.Max(0, math.Min(float64(g.n-1), math.Floor((v-g.min[k])/g.cell[k]))))
	}
	return at(b.minX, 0), at(b.minY, 1), at(b.maxX, 0), at(b.maxY, 1)
}

// each calls fn once for every terrain triangle whose box touches b, always in the same
// order.
func (g *ground) each(b box, fn func(t *terrainTri)) {
	if len(g.tris) == 0 {
		return
	}
	g.turn++
	x0, y0, x1, y1 := g.span(b)
	for y := y0; y <= y1; y++ {
		for x := x0; x <= x1; x++ {
			for _, i := range g.bins[y*g.n+x] {
				if g.seen[i] != g.turn {
					g.seen[i] = g.turn
					if g.tris[i].box.meets(b) {
						fn(&g.tris[i])
					}
				}
			}
		}
	}
}

// at is the position and normal on a terrain triangle below a plan position.
func (g *ground) at(t *terrainTri, x, y float64) (pos, normal mgl64.Vec3) {
	w := t.weights(x, y)
	for k, v := range t.v {
		pos = pos.Add(g.pos[v].Mul(w[k]))
		normal = normal.Add(g.normals[v].Mul(w[k]))
	}
	if l := normal.Len(); l > 0 {
		normal = normal.Mul(1 / l)
	}
	return pos, normal
}

// weights are the barycentric coordinates of a plan position.
func (t *terrainTri) weights(x, y float64) (w [3]float64) {
	a, b, c := t.xy[0], t.xy[1], t.xy[2]
	w[1] = ((x-a[0])*(c[1]-a[1]) - (y-a[1])*(c[0]-a[0])) / t.double
	w[2] = ((b[0]-a[0])*(y-a[1]) - (b[1]-a[1])*(x-a[0])) / t.double
	w[0] = 1 - w[1] - w[2]
	return w
}

// lift takes a plan position at a height above the ellipsoid into a frame.
func lift(plan, frame earth.Frame, p [2]float64, h float64) mgl64.Vec3 {
	lng, lat := plan.Unplan(p[0], p[1])
	return frame.Local(earth.Place{Lng: lng, Lat: lat, Height: h})
}

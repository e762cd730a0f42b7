package sheet

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geo"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/mark"
	"github.com/longtake/longtake/scene"
)

// Sheet gathers the areas of a layer into few meshes of one material, each of a square of
// the Earth small enough for float32.
type Sheet struct {
	Bias     int     // of the meshes
	Period   float64 // metres in which a texture repeats on flat areas
	c        *layer.Context
	material *drawable.Material
	parts    map[[2]int]*part
	order    []*part
}

type part struct {
	frame earth.Frame
	mesh  *drawable.Mesh
}

// span is the side of a part in degrees.
const span = 8

// New begins a sheet.
func New(c *layer.Context, m *drawable.Material) *Sheet {
	return &Sheet{c: c, material: m, parts: map[[2]int]*part{}}
}

// Flat is the material of areas that lie on the ground: colours of data as they are given, or
// light where emission is above 1; a tint is lit as what it lies on.
func Flat(c *layer.Context, alpha, emission float64) *drawable.Material {
	e := float32(emission)
	m := &drawable.Material{Name: c.Layer.Type, Model: drawable.Unlit, Blend: c.Blend(drawable.Alpha), Color: [4]float32{e, e, e, float32(alpha)}, DoubleSided: true}
	if m.Blend == drawable.Tint {
		m.Model, m.Data, m.Color = drawable.Standard, true, [4]float32{1, 1, 1, float32(alpha)}
	}
	return m
}

// Solid is the material of what is raised: lit, with some light of its own.
func Solid(c *layer.Context, emission float64) *drawable.Material {
	return mark.Solid(c, 0.5, emission)
}

// FlatBias is the bias of what lies on the ground, above all that the ground itself has.
const FlatBias = 30

func (s *Sheet) at(p orb.Point) *part {
	key := [2]int{int(math.Floor(p[0] / span)), int(math.Floor(p[1] / span))}
	if s.parts[key] == nil {
		f := earth.FrameAt(earth.Place{Lng: (float64(key[0]) + 0.5) * span, Lat: min(max((float64(key[1])+0.5)*span, -90), 90)})
		q := &part{frame: f, mesh: &drawable.Mesh{Name: s.c.Layer.ID, Frame: f.Matrix(), Material: s.material, Bias: s.Bias}}
		s.parts[key] = q
		s.order = append(s.order, q)
	}
	return s.parts[key]
}

// Draws are the meshes.
func (s *Sheet) Draws() (out []drawable.Draw) {
	for _, p := range s.order {
		out = append(out, drawable.Draw{What: p.mesh.Bound()})
	}
	return out
}

func (p *part) vertex(at earth.Place, up mgl64.Vec3, color scene.Color, row uint32) uint32 {
	return p.add(at.ECEF(), p.normal(up), color, row)
}

// normal is an ECEF direction as vertices hold it.
func (p *part) normal(dir mgl64.Vec3) [2]int16 {
	n := p.frame.DirToLocal(dir)
	return drawable.EncodeNormal([3]float32{float32(n[0]), float32(n[1]), float32(n[2])})
}

// add adds a vertex at an ECEF point.
func (p *part) add(at mgl64.Vec3, normal [2]int16, color scene.Color, row uint32) uint32 {
	p.mesh.Vertices = append(p.mesh.Vertices, drawable.Vertex{Position: layer.Local(p.frame, at), Normal: normal, Color: color, Feature: row})
	return uint32(len(p.mesh.Vertices) - 1)
}

// maxCells bounds the triangles of all flat areas of a layer, about.
const maxCells = 150000

// Step is the size of triangles that areas in all may be cut into: as asked, larger where
// there would be too many, and no smaller than the curve of the Earth asks where they do not
// follow the ground.
func Step(c *layer.Context, step float64, all []orb.Geometry) float64 {
	var sum float64
	for _, g := range all {
		for _, p := range layer.Polygons(g) {
			sum += math.Abs(geo.Area(p))
		}
	}
	step = math.Max(step, math.Sqrt(5*sum/maxCells)) // halving leaves triangles of a fifth of step²
	if c.Layer.Clamp != "ground" {
		step = math.Max(step, 8000)
	}
	return step
}

// polarStep is the step of a polygon in a plane that spreads it: near a pole degrees of
// longitude are short, so that squares of a plane of degrees would be many more than Step
// counted by the area on the Earth.
func polarStep(p *plane, poly orb.Polygon, step float64) float64 {
	var spread float64
	for _, r := range p.corners() {
		for i, a := range r {
			b := r[(i+1)%len(r)]
			spread += (a[0]*b[1] - b[0]*a[1]) / 2 // holes turn the other way
		}
	}
	const most = 4.0
	if times := math.Abs(spread) / math.Max(math.Abs(geo.Area(poly)), 1); times > most {
		return step * math.Sqrt(times)
	}
	return step
}

// Flat lays a polygon on the ground, a little above it, in triangles whose edges are shorter
// than the step. False says that it has no triangles.
func (s *Sheet) Flat(poly orb.Polygon, step float64, color scene.Color, row uint32) bool {
	p := outlined(poly, math.Inf(1))
	step = polarStep(&p, poly, step)
	xy, tris := lattice(p.corners(), step/math.Sqrt2)
	if len(tris) == 0 {
		return false
	}
	to := s.at(poly.Bound().Center())
	first := uint32(len(to.mesh.Vertices))
	// A flat triangle sags below the round Earth by an eighth of its edge squared over the radius.
	lift := 1.5 + step*step/(8*earth.A)
	for _, q := range xy {
		lng, lat := p.degree(q[0], q[1])
		at := s.c.Place(orb.Point{lng, lat}, lift)
		v := to.vertex(at, at.Up(), color, row)
		if s.Period > 0 && s.material.Texture != nil { // in the part's plan, so that areas side by side agree
			x, y := to.frame.Plan(lng, lat)
			to.mesh.Vertices[v].UV = [2]float32{float32(x / s.Period), float32(y / s.Period)}
		}
	}
	for _, i := range tris {
		to.mesh.Indices = append(to.mesh.Indices, first+i)
	}
	return true
}

// Prism is how an area is raised.
type Prism struct {
	Height   float64     // metres from foot to top
	Base     float64     // metres of the foot above the highest ground at a corner; 0 goes down to the lowest
	Top      scene.Color // of the top
	Wall     scene.Color // of the walls' upper rim
	WallFoot scene.Color // and of their foot
}

// Prism raises a polygon to a level top. False says that it has no triangles. The rings of
// the top are handed to rim, which may be nil.
func (s *Sheet) Prism(poly orb.Polygon, how Prism, row uint32, rim func([]mgl64.Vec3)) bool {
	// Tops are cut so that they sag by no more than a fiftieth of their height.
	step := math.Sqrt(8 * earth.A * math.Max(how.Height/50, 5))
	p := planar(poly, step)
	if len(p.tris) == 0 {
		return false
	}
	low, high := math.Inf(1), math.Inf(-1)
	corners := make([]orb.Point, len(p.xy))
	for i, q := range p.xy {
		lng, lat := p.degree(q[0], q[1])
		corners[i] = orb.Point{lng, lat}
		h := s.c.Place(corners[i], 0).Height
		low, high = math.Min(low, h), math.Max(high, h)
	}
	if how.Base > 0 {
		low = high + how.Base
	}
	top := high + how.Base + how.Height
	to := s.at(poly.Bound().Center())
	xy, tris := refine(p.xy, p.tris, step)
	first := uint32(len(to.mesh.Vertices))
	edges := make([]edge, len(corners))
	for i, q := range xy {
		at := earth.Place{Height: top}
		if i < len(corners) {
			at.Lng, at.Lat = corners[i][0], corners[i][1]
			edges[i] = edge{earth.Place{Lng: at.Lng, Lat: at.Lat, Height: low}.ECEF(), at.ECEF(), at.Up()}
			to.add(edges[i].top, to.normal(edges[i].up), how.Top, row)
			continue
		}
		at.Lng, at.Lat = p.degree(q[0], q[1])
		to.vertex(at, at.Up(), how.Top, row)
	}
	for _, i := range tris {
		to.mesh.Indices = append(to.mesh.Indices, first+i)
	}
	for _, r := range p.rings {
		var path []mgl64.Vec3
		for k, i := range r {
			j := r[(k+1)%len(r)]
			to.wall(&edges[i], &edges[j], how, row)
			if rim != nil {
				path = append(path, edges[i].top.Add(edges[i].up.Mul(math.Max(how.Height/200, 0.3))))
			}
		}
		if rim != nil {
			path = inset(path, earth.Place{Lng: corners[r[0]][0], Lat: corners[r[0]][1]}.Up())
			rim(append(path, path[0]))
		}
	}
	return true
}

// inset draws a ring a little towards the area to its left, so that its line does not lie in
// the wall of a higher area beside it.
func inset(ring []mgl64.Vec3, up mgl64.Vec3) []mgl64.Vec3 {
	lo, hi := ring[0], ring[0]
	for _, p := range ring {
		for k := range p {
			lo[k], hi[k] = math.Min(lo[k], p[k]), math.Max(hi[k], p[k])
		}
	}
	by := hi.Sub(lo).Len() / 300
	out := make([]mgl64.Vec3, len(ring))
	for i, p := range ring {
		along := ring[(i+1)%len(ring)].Sub(ring[(i+len(ring)-1)%len(ring)])
		out[i] = p
		if in := up.Cross(along); in.Len() > 0 {
			out[i] = p.Add(in.Normalize().Mul(by))
		}
	}
	return out
}

// edge is an upright edge of a prism: its ends in ECEF and the ellipsoid's normal.
type edge struct{ foot, top, up mgl64.Vec3 }

// wall stands below an edge of the top, which runs with the area to its left.
func (p *part) wall(a, b *edge, how Prism, row uint32) {
	along := b.top.Sub(a.top)
	if along.Len() == 0 {
		return
	}
	out := p.normal(along.Cross(a.up).Normalize())
	v0, v1 := p.add(a.foot, out, how.WallFoot, row), p.add(b.foot, out, how.WallFoot, row)
	v2, v3 := p.add(b.top, out, how.Wall, row), p.add(a.top, out, how.Wall, row)
	p.mesh.Indices = append(p.mesh.Indices, v0, v1, v2, v0, v2, v3)
}

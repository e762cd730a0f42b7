package areas

import (
	"fmt"
	"math"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/oliverbestmann/earcut-go"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geo"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "choropleth", Group: "areas", Doc: "areas coloured by a value, flat on the ground or as prisms",
	New: func() any {
		return &Choropleth{Color: scale.ColorBy{Constant: scene.Color{64, 140, 255, 255}}, Alpha: 0.6, Emission: 1, Step: 60}
	},
	Examples: []scene.Example{{Layer: `source: zones, color: {field: rent, scale: quantile, palette: viridis}`}},
})

// Choropleth colours the areas of its rows.
type Choropleth struct {
	layer.Rows
	Color    scale.ColorBy  `json:"color" doc:"colour"`
	Alpha    float64        `json:"alpha" min:"0" max:"1" doc:"how much it covers the ground"`
	Height   scale.NumberBy `json:"height" doc:"metres of a prism above the ground; 0 is flat"`
	Emission float64        `json:"emission" min:"0" max:"100" doc:"brightness of flat areas; above 1 glows"`
	Step     float64        `json:"step" min:"5" max:"1e6" unit:"m" doc:"flat areas follow the ground with triangles of about this size; larger for large areas"`
}

// maxCells bounds the triangles of all flat areas of a layer, about.
const maxCells = 150000

// wide is the extent in degrees from which an area is triangulated by longitude and
// latitude: no tangent plane shows so much of the Earth.
const wide = 25.0

// Draw makes a mesh for each row.
func (p *Choropleth) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	colors, err := p.Color.Colors(t)
	if err != nil {
		return nil, err
	}
	heights, err := p.Height.Numbers(t)
	if err != nil {
		return nil, err
	}
	flat := &drawable.Material{Name: "choropleth", Model: drawable.Unlit, Blend: c.Blend(drawable.Alpha), Color: [4]float32{float32(p.Emission), float32(p.Emission), float32(p.Emission), float32(p.Alpha)}, DoubleSided: true}
	if flat.Blend == drawable.Tint { // lit as what it lies on
		flat.Model, flat.Color = drawable.Standard, [4]float32{1, 1, 1, float32(p.Alpha)}
	}
	solid := drawable.DefaultMaterial()
	solid.Name, solid.Roughness = "choropleth prism", 0.5
	var out []drawable.Draw
	step := math.Max(p.Step, math.Sqrt(5*area(t.Geometry)/maxCells)) // halving leaves triangles of a fifth of step²
	for i, g := range t.Geometry {
		var polys []orb.Polygon
		switch g := g.(type) {
		case orb.Polygon:
			polys = []orb.Polygon{g}
		case orb.MultiPolygon:
			polys = g
		default:
			c.Skip(t.IDs[i], "no area geometry")
			continue
		}
		if colors[i][3] == 0 {
			continue
		}
		for _, poly := range polys {
			var m *drawable.Mesh
			if heights[i] > 0 {
				m = p.prism(c, poly, heights[i], colors[i], uint32(i), solid)
			} else {
				m = drape(c, poly, step, colors[i], uint32(i), flat)
			}
			if m == nil {
				c.Skip(t.IDs[i], "area without triangles")
				continue
			}
			out = append(out, drawable.Draw{What: m})
		}
	}
	return out, nil
}

// area is that of all polygons in square metres, on a sphere.
func area(all []orb.Geometry) float64 {
	var sum float64
	for _, g := range all {
		switch g.(type) {
		case orb.Polygon, orb.MultiPolygon:
			sum += math.Abs(geo.Area(g))
		}
	}
	return sum
}

// sheet is a polygon in triangles of a plane, with the way back to degrees.
type sheet struct {
	frame  earth.Frame // in the middle
	xy     []mgl64.Vec2
	tris   []uint32
	plane  func(lng, lat float64) (x, y float64)
	degree func(x, y float64) (lng, lat float64)
}

// planar triangulates a polygon in the plan of its own middle, or a wide one in a plane
// of longitude and latitude scaled to metres of the equator.
func planar(poly orb.Polygon) (s sheet) {
	if len(poly) == 0 || len(poly[0]) < 4 {
		return
	}
	b := poly.Bound()
	s.frame = earth.FrameAt(earth.Place{Lng: b.Center()[0], Lat: b.Center()[1]})
	s.plane, s.degree = s.frame.Plan, s.frame.Unplan
	if b.Max[0]-b.Min[0] > wide || b.Max[1]-b.Min[1] > wide {
		const metres = earth.A * math.Pi / 180
		s.plane = func(lng, lat float64) (x, y float64) { return lng * metres, lat * metres }
		s.degree = func(x, y float64) (lng, lat float64) { return x / metres, y / metres }
	}
	ring := func(r orb.Ring) []earcut.Point[float64] {
		out := make([]earcut.Point[float64], 0, len(r))
		for _, p := range r[:len(r)-1] {
			x, y := s.plane(p[0], p[1])
			out = append(out, earcut.Point[float64]{X: x, Y: y})
		}
		return out
	}
	var holes [][]earcut.Point[float64]
	for _, h := range poly[1:] {
		if len(h) >= 4 {
			holes = append(holes, ring(h))
		}
	}
	var pts []earcut.Point[float64]
	pts, s.tris = earcut.Triangulate(ring(poly[0]), holes)
	for _, p := range pts {
		s.xy = append(s.xy, mgl64.Vec2{p.X, p.Y})
	}
	return s
}

// drape splits the triangles until their edges are shorter than the step and lays them
// on the ground, a little above it.
func drape(c *layer.Context, poly orb.Polygon, step float64, color scene.Color, row uint32, m *drawable.Material) *drawable.Mesh {
	s := planar(poly)
	if len(s.tris) == 0 {
		return nil
	}
	xy, tris := refine(s.xy, s.tris, step)
	d := &drawable.Mesh{Name: fmt.Sprintf("%s/%d", c.Layer.ID, row), Frame: s.frame.Matrix(), Material: m, Bias: 30, Indices: tris}
	// A flat triangle sags below the round Earth by an eighth of its edge squared over the radius.
	lift := 1.5 + step*step/(8*earth.A)
	for _, q := range xy {
		lng, lat := s.degree(q[0], q[1])
		at := c.Place(orb.Point{lng, lat}, lift)
		up := s.frame.DirToLocal(at.Up())
		d.Vertices = append(d.Vertices, drawable.Vertex{Position: layer.Local(s.frame, at.ECEF()), Normal: drawable.EncodeNormal([3]float32{float32(up[0]), float32(up[1]), float32(up[2])}), Color: color, Feature: row})
	}
	return d.Bound()
}

// refine halves the longest edges until all are shorter than step. Shared edges are
// split at the same point, so no cracks open.
func refine(xy []mgl64.Vec2, tris []uint32, step float64) ([]mgl64.Vec2, []uint32) {
	middle := map[[2]uint32]uint32{}
	split := func(a, b uint32) uint32 {
		key := [2]uint32{min(a, b), max(a, b)}
		if v, ok := middle[key]; ok {
			return v
		}
		xy = append(xy, xy[a].Add(xy[b]).Mul(0.5))
		middle[key] = uint32(len(xy) - 1)
		return middle[key]
	}
	for {
		var next []uint32
		for i := 0; i+2 < len(tris); i += 3 {
			a, b, c := tris[i], tris[i+1], tris[i+2]
			long := func(p, q uint32) bool { return xy[p].Sub(xy[q]).Len() > step }
			next = append(next, splitTriangle(a, b, c, long, split)...)
		}
		if len(next) == len(tris) {
			return xy, next
		}
		tris = next
	}
}

// splitTriangle cuts every long edge in half and triangulates what results, keeping the
// winding.
func splitTriangle(a, b, c uint32, long func(p, q uint32) bool, split func(a, b uint32) uint32) []uint32 {
	ab, bc, ca := long(a, b), long(b, c), long(c, a)
	switch {
	case !ab && !bc && !ca:
		return []uint32{a, b, c}
	case ab && bc && ca:
		x, y, z := split(a, b), split(b, c), split(c, a)
		return []uint32{a, x, z, x, b, y, z, y, c, x, y, z}
	case !ab && (bc || ca): // turn it so that ab is long
		if bc {
			return splitTriangle(b, c, a, long, split)
		}
		return splitTriangle(c, a, b, long, split)
	}
	x := split(a, b)
	switch {
	case bc:
		y := split(b, c)
		return []uint32{a, x, c, x, y, c, x, b, y}
	case ca:
		z := split(c, a)
		return []uint32{a, x, z, x, c, z, x, b, c}
	}
	return []uint32{a, x, c, x, b, c}
}

// prism extrudes the polygon from below the ground to a level top.
func (p *Choropleth) prism(c *layer.Context, poly orb.Polygon, height float64, color scene.Color, row uint32, m *drawable.Material) *drawable.Mesh {
	s := planar(poly)
	f, xy, tris := s.frame, s.xy, s.tris
	if len(tris) == 0 {
		return nil
	}
	base, top := math.Inf(1), math.Inf(-1)
	for _, q := range xy {
		lng, lat := s.degree(q[0], q[1])
		h := c.Place(orb.Point{lng, lat}, 0).Height
		base, top = math.Min(base, h), math.Max(top, h)
	}
	top += height
	d := &drawable.Mesh{Name: fmt.Sprintf("%s/%d", c.Layer.ID, row), Frame: f.Matrix(), Material: m}
	vertex := func(q mgl64.Vec2, h float64, n [3]float32) uint32 {
		lng, lat := s.degree(q[0], q[1])
		d.Vertices = append(d.Vertices, drawable.Vertex{Position: layer.Local(f, earth.Place{Lng: lng, Lat: lat, Height: h}.ECEF()), Normal: drawable.EncodeNormal(n), Color: color, Feature: row})
		return uint32(len(d.Vertices) - 1)
	}
	for _, q := range xy {
		vertex(q, top, [3]float32{0, 0, 1})
	}
	d.Indices = append(d.Indices, upward(xy, tris)...)
	for k, r := range poly {
		if (r.Orientation() == orb.CCW) == (k > 0) { // outer rings counter-clockwise, holes clockwise
			r = r.Clone()
			r.Reverse()
		}
		for i := 0; i+1 < len(r); i++ {
			ax, ay := s.plane(r[i][0], r[i][1])
			bx, by := s.plane(r[i+1][0], r[i+1][1])
			a, b := mgl64.Vec2{ax, ay}, mgl64.Vec2{bx, by}
			l := b.Sub(a).Len()
			if l == 0 {
				continue
			}
			n := [3]float32{float32((by - ay) / l), float32((ax - bx) / l), 0}
			v0, v1, v2, v3 := vertex(a, base, n), vertex(b, base, n), vertex(b, top, n), vertex(a, top, n)
			d.Indices = append(d.Indices, v0, v1, v2, v0, v2, v3)
		}
	}
	return d.Bound()
}

// upward turns the triangles so that they face up.
func upward(xy []mgl64.Vec2, tris []uint32) []uint32 {
	out := make([]uint32, len(tris))
	copy(out, tris)
	for i := 0; i+2 < len(out); i += 3 {
		a, b, c := xy[out[i]], xy[out[i+1]], xy[out[i+2]]
		if (b[0]-a[0])*(c[1]-a[1])-(b[1]-a[1])*(c[0]-a[0]) < 0 {
			out[i+1], out[i+2] = out[i+2], out[i+1]
		}
	}
	return out
}

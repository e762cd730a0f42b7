package building

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/building/outline"
	"github.com/longtake/longtake/geo/earth"
)

// solid makes a building of a city model's surfaces. Its footprint is the feature's
// geometry, or else the rectangle around the surfaces.
func solid(f *geo.Feature, class string, plan earth.Frame, report *geo.Report) (Building, bool) {
	b := Building{ID: f.ID, Name: f.Tags["name"], Class: class, surfaces: f.Surfaces, seed: seedOf(f.ID)}
	b.Bottom, b.Top = math.Inf(1), math.Inf(-1)
	var all orb.Ring
	for _, s := range f.Surfaces {
		b.opened = b.opened || s.Kind == "window" || s.Kind == "door"
		for _, r := range s.Rings {
			for _, p := range r {
				if !(math.Abs(p[0]) <= 360 && math.Abs(p[1]) <= 90 && math.Abs(p[2]) < 1e5) {
					report.Skip(f.ID, outline.ErrNumber.Error())
					return b, false
				}
				b.Bottom, b.Top = math.Min(b.Bottom, p[2]), math.Max(b.Top, p[2])
				all = append(all, orb.Point{p[0], p[1]})
			}
		}
	}
	if len(all) < 3 {
		report.Skip(f.ID, "solid without surfaces")
		return b, false
	}
	b.lng, b.lat, _ = middle(orb.Polygon{all})
	b.rule = ruleOf(b.Class, b.lng, b.lat)
	frame := earth.FrameAt(earth.Place{Lng: b.lng, Lat: b.lat})
	var polys []orb.Polygon
	switch g := f.Geometry.(type) {
	case orb.Polygon:
		polys = []orb.Polygon{g}
	case orb.MultiPolygon:
		polys = g
	}
	for _, p := range polys {
		o, err := outline.Prepare(flatten(p, frame))
		if err != nil {
			continue
		}
		b.feet = append(b.feet, o)
		b.site = append(b.site, p...)
		if b.Plan == nil {
			if q, err := outline.Prepare(flatten(p, plan)); err == nil {
				b.Plan = polygon(q)
			}
		}
	}
	if b.Plan == nil {
		b.Plan = polygon(outline.Outline{flatten(orb.Polygon{all}, plan)[0].MinRect().Corners()})
	}
	if b.site == nil {
		b.site = []orb.Ring{all}
	}
	b.look = lookOf(f.Tags, nil, b.rule.look, b.Top-b.Bottom, b.seed, b.lng, b.lat)
	return b, true
}

// farGround is the gap in metres between a solid and the ground under it from which the
// two do not share a vertical datum, or there is no elevation at all.
const farGround = 25.0

// facet is a planar polygon of a solid in the building's frame.
type facet struct {
	kind  string
	own   [4]uint8 // the model's colour; alpha 0 is none
	rings [][]mgl64.Vec3
	n     mgl64.Vec3 // twice the area long
}

// buildSolid adds a city model's surfaces as they are. Where the ground lies lower than the
// solid, its footprint's walls go on down to it.
func (b *Builder) buildSolid(bd *Building, tile earth.Frame, row uint32, detail float64, into *Meshes) float64 {
	if off := bd.Top - bd.Bottom; off <= detail {
		return off
	}
	frame := earth.FrameAt(earth.Place{Lng: bd.lng, Lat: bd.lat, Height: bd.Bottom})
	facets := make([]facet, 0, len(bd.surfaces))
	volume := 0.0
	for _, s := range bd.surfaces {
		f := facet{kind: s.Kind, own: s.Color}
		for _, r := range s.Rings {
			var ring []mgl64.Vec3
			for _, p := range r {
				v := frame.Local(earth.Place{Lng: p[0], Lat: p[1], Height: p[2]})
				if n := len(ring); n == 0 || v.Sub(ring[n-1]).Len() > 1e-4 && v.Sub(ring[0]).Len() > 1e-4 {
					ring = append(ring, v)
				}
			}
			if len(ring) >= 3 {
				f.rings = append(f.rings, ring)
			} else if len(f.rings) == 0 {
				break
			}
		}
		if len(f.rings) == 0 {
			continue
		}
		f.n = newell(f.rings[0])
		volume += f.n.Dot(f.rings[0][0])
		facets = append(facets, f)
	}
	s := &shell{}
	for i := range facets {
		if volume < 0 { // the whole model is inside out
			facets[i].turn()
		}
		if !bd.dress(s, &facets[i]) && detail == 0 {
			b.report.Note("surface of a solid left out: it has no area or crosses itself")
		}
	}
	at := bd.ground
	if at == nil {
		at = b.footing(bd)
	}
	switch gap := bd.Bottom - at.lowest; {
	case gap > farGround:
		if detail == 0 {
			b.report.Note("solid far above the ground: no foundation, as the two do not belong together")
		}
	case gap > 0.02:
		bd.skirt(s, -gap-foundation)
	}
	if len(s.patches) == 0 {
		if detail == 0 {
			b.report.Skip(bd.ID, "solid without surfaces")
		}
		return 0
	}
	if detail > 0 {
		return s.coarse(between(frame, tile), row, detail, into)
	}
	s.pour(between(frame, tile), row, into)
	return 0
}

// newell is the normal of a ring, twice its area long (Newell's method, Sutherland,
// Sproull & Schumacker 1974).
func newell(r []mgl64.Vec3) mgl64.Vec3 {
	var n mgl64.Vec3
	for i := range r {
		n = n.Add(r[i].Sub(r[0]).Cross(r[(i+1)%len(r)].Sub(r[0])))
	}
	return n
}

func (f *facet) turn() {
	for _, r := range f.rings {
		for i, j := 0, len(r)-1; i < j; i, j = i+1, j-1 {
			r[i], r[j] = r[j], r[i]
		}
	}
	f.n = f.n.Mul(-1)
}

// dress adds a facet with the material of its kind; false where it cannot be filled.
func (b *Building) dress(s *shell, f *facet) bool {
	if f.n.Len() < 1e-6 {
		return false
	}
	n := f.n.Normalize()
	kind := f.kind
	if kind == "" {
		switch {
		case math.Abs(n[2]) < 0.35:
			kind = "wall"
		case n[2] > 0:
			kind = "roof"
		default:
			kind = "ground"
		}
	}
	along := mgl64.Vec3{1, 0, 0}
	if level := n.Vec2().Len(); level > 1e-3 {
		along = mgl64.Vec3{-n[1] / level, n[0] / level, 0}
	}
	up := n.Cross(along)
	o := make(outline.Outline, len(f.rings))
	for i, r := range f.rings {
		for _, p := range r {
			o[i] = append(o[i], mgl64.Vec2{p.Dot(along), p.Dot(up)})
		}
	}
	tris, err := o.Triangulate()
	if err != nil {
		return false
	}
	lo, hi := bounds(o[0])
	material, colour := geo.Wall, b.look.wall
	uv := func(q mgl64.Vec2, _ float64) mgl64.Vec2 { return q }
	switch {
	case kind == "roof":
		material, colour = geo.Roof, b.look.roof
		if n[2] > 0.98 {
			colour = b.look.flat
		}
	case kind == "ground":
		material = geo.Concrete
	case kind == "window":
		material, colour = geo.Glass, modelGlass
	case kind == "door":
		colour = modelDoor
	case b.rule.bay > 0 && !b.opened && math.Abs(n[2]) < 0.1 && hi[0]-lo[0] >= shortWall && hi[1]-lo[1] >= lowWall:
		material = geo.Facade
		bays := math.Max(1, math.Round((hi[0]-lo[0])/b.rule.bay))
		storeys := math.Max(1, math.Round((b.Top-b.Bottom)/b.rule.storey))
		uv = func(q mgl64.Vec2, z float64) mgl64.Vec2 {
			return mgl64.Vec2{(q[0] - lo[0]) / (hi[0] - lo[0]) * bays, z / (b.Top - b.Bottom) * storeys}
		}
	}
	if f.own[3] > 0 {
		colour = [4]uint8{f.own[0], f.own[1], f.own[2], 255}
	}
	if material == geo.Facade {
		colour[3] = b.look.style.Code(true) // which wall looks to a street is not known
	}
	p := s.patch(material)
	base := len(p.vertices)
	for i, r := range f.rings {
		for j, v := range r {
			p.vertices = append(p.vertices, vertex{p: v, n: n, uv: uv(o[i][j], v[2]), colour: colour})
		}
	}
	for _, t := range tris {
		p.tris = append(p.tris, [3]int{base + t[0], base + t[1], base + t[2]})
	}
	return true
}

// Colours of openings where the model gives none.
var (
	modelGlass = [4]uint8{112, 128, 138, 255}
	modelDoor  = [4]uint8{96, 78, 62, 255}
)

// skirt continues the footprint's walls from the bottom of the solid down to z.
func (b *Building) skirt(s *shell, z float64) {
	p := s.patch(geo.Wall)
	for _, o := range b.feet {
		for _, r := range o.Scale(1 + b.Bottom/earthRadius) {
			for i, a := range r {
				c := r[(i+1)%len(r)]
				l := c.Sub(a).Len()
				n := outline.Left(outline.Unit(c.Sub(a))).Mul(-1).Vec3(0)
				v := func(p mgl64.Vec2, x, z float64) vertex {
					return vertex{p: p.Vec3(z), n: n, uv: mgl64.Vec2{x, z}, colour: b.look.wall}
				}
				p.quad([4]vertex{v(a, 0, z), v(c, l, z), v(c, l, 0), v(a, 0, 0)})
			}
		}
	}
}

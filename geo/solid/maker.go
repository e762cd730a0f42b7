package solid

import (
	"math"
	"strconv"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/building/outline"
	"github.com/longtake/longtake/geo/earth"
)

// maker builds a block's objects.
type maker struct {
	layer   string
	frame   earth.Frame
	objects []object
}

type object struct {
	row    geo.FeatureRow
	size   float64 // of its box
	facets []facet
	front  int           // facets before those that are others' backs
	cover  bool          // all of it lies as the ground
	tree   *geo.Instance // in the block's frame
}

// facet is a planar polygon in the block's frame, cut into triangles.
type facet struct {
	look     look
	n        mgl64.Vec3
	vertices []mgl64.Vec3
	tris     [][3]int
}

// New makes the objects that a block owns ready, for a layer with an id, with the values of
// some of their tags. What cannot be
// built is counted in the block's report. It is nil where the block owns none.
func New(b *geo.Block, layer string, attributes []string) geo.Maker {
	m := &maker{layer: layer, frame: b.Frame}
	for i := range b.Features {
		f := &b.Features[i]
		if !Is(f) || !b.OwnsFeature(f) {
			continue
		}
		o, ok := m.object(f, b.Report)
		if !ok {
			b.Report.Skip(f.ID, "city object without surfaces that can be filled")
			continue
		}
		for _, name := range attributes {
			o.row.Values = append(o.row.Values, f.Tags[name])
		}
		b.Report.Made("city object", 1)
		m.objects = append(m.objects, o)
	}
	if len(m.objects) == 0 {
		return nil
	}
	return m
}

func (m *maker) object(f *geo.Feature, report *geo.Report) (o object, ok bool) {
	kind := f.Tags["citymodel:type"]
	o.row = geo.FeatureRow{ID: f.ID, Name: f.Tags["name"], Class: kind}
	if f.Surfaces == nil {
		return m.plant(f, o)
	}
	lo, hi := mgl64.Vec3{math.Inf(1), math.Inf(1), math.Inf(1)}, mgl64.Vec3{math.Inf(-1), math.Inf(-1), math.Inf(-1)}
	bottom, top := math.Inf(1), math.Inf(-1)
	volume := 0.0
	for i := range f.Surfaces {
		s := &f.Surfaces[i]
		fc := facet{}
		var rings [][]mgl64.Vec3
		for _, r := range s.Rings {
			ring := make([]mgl64.Vec3, 0, len(r))
			for _, p := range r {
				if !(math.Abs(p[0]) <= 360 && math.Abs(p[1]) <= 90 && math.Abs(p[2]) < 1e5) {
					return o, false
				}
				v := m.frame.Local(earth.Place{Lng: p[0], Lat: p[1], Height: p[2]})
				bottom, top = math.Min(bottom, p[2]), math.Max(top, p[2])
				for k := range v {
					lo[k], hi[k] = math.Min(lo[k], v[k]), math.Max(hi[k], v[k])
				}
				ring = append(ring, v)
			}
			rings = append(rings, ring)
		}
		if !fc.fill(rings) {
			report.Note("surface of a city object left out: it has no area or crosses itself")
			continue
		}
		fc.look = lookOf(kind, s, math.Abs(fc.n[2])/fc.n.Len())
		volume += fc.n.Dot(rings[0][0].Sub(lo))
		o.facets = append(o.facets, fc)
	}
	if len(o.facets) == 0 {
		return o, false
	}
	o.size, o.row.Height = hi.Sub(lo).Len(), float32(top-bottom)
	o.face(volume)
	return o, true
}

// plant is a tree that the model gives a point only.
func (m *maker) plant(f *geo.Feature, o object) (object, bool) {
	at, ok := f.Foot()
	if !ok {
		return o, false
	}
	h, _ := strconv.ParseFloat(f.Tags["height"], 64)
	z, _ := strconv.ParseFloat(f.Tags["citymodel:z"], 64)
	if !(h > 0.5 && h < 150) {
		h = 8
	}
	v := m.frame.Local(earth.Place{Lng: at[0], Lat: at[1], Height: z})
	c := looks["SolitaryVegetationObject"].color
	o.row.Height, o.size = float32(h), h
	o.tree = &geo.Instance{Position: [3]float32{float32(v[0]), float32(v[1]), float32(v[2])}, Scale: float32(h), Color: c}
	return o, true
}

// fill projects rings onto their plane and cuts the inside into triangles.
func (f *facet) fill(rings [][]mgl64.Vec3) bool {
	if len(rings) == 0 || len(rings[0]) < 3 {
		return false
	}
	f.n = newell(rings[0])
	l := f.n.Len()
	if !(l > 1e-6) {
		return false
	}
	n := f.n.Mul(1 / l)
	along := mgl64.Vec3{1, 0, 0}
	if level := n.Vec2().Len(); level > 1e-3 {
		along = mgl64.Vec3{-n[1] / level, n[0] / level, 0}
	}
	up := n.Cross(along)
	o := make(outline.Outline, len(rings))
	for i, r := range rings {
		for _, p := range r {
			d := p.Sub(rings[0][0])
			o[i] = append(o[i], mgl64.Vec2{d.Dot(along), d.Dot(up)})
			f.vertices = append(f.vertices, p)
		}
	}
	var err error
	f.tris, err = o.Triangulate()
	return err == nil
}

// newell is the normal of a ring, twice its area long (Newell's method, Sutherland,
// Sproull & Schumacker 1974).
func newell(r []mgl64.Vec3) (n mgl64.Vec3) {
	for i := range r {
		n = n.Add(r[i].Sub(r[0]).Cross(r[(i+1)%len(r)].Sub(r[0])))
	}
	return n
}

// face turns an object's facets outwards: the ground's up; of a closed solid all
// together by its volume; what is open is seen from both sides.
func (o *object) face(volume float64) {
	closed := o.closed()
	n := len(o.facets)
	o.front, o.cover = n, !closed
	for i := range n {
		o.cover = o.cover && o.facets[i].look.ground
		f := &o.facets[i]
		switch {
		case f.look.ground && !closed:
			if f.n[2] < 0 {
				f.turn()
			}
		case closed:
			if volume < 0 {
				f.turn()
			}
		default:
			back := facet{look: f.look, n: f.n, vertices: f.vertices, tris: append([][3]int(nil), f.tris...)}
			back.turn()
			o.facets = append(o.facets, back)
		}
	}
}

func (f *facet) turn() {
	f.n = f.n.Mul(-1)
	for i, t := range f.tris {
		f.tris[i] = [3]int{t[0], t[2], t[1]}
	}
}

// closed tells whether every side of a triangle is met by one that runs against it.
func (o *object) closed() bool {
	type side struct{ a, b [3]int32 }
	key := func(v mgl64.Vec3) (k [3]int32) { // millimetres about the first corner
		d := v.Sub(o.facets[0].vertices[0])
		for i := range k {
			k[i] = int32(math.Round(math.Max(math.Min(d[i]*1000, 2e9), -2e9)))
		}
		return k
	}
	open := map[side]int{}
	for _, f := range o.facets {
		for _, t := range f.tris {
			for i := range 3 {
				a, b := key(f.vertices[t[i]]), key(f.vertices[t[(i+1)%3]])
				if a == b {
					continue
				}
				open[side{a, b}]++
				open[side{b, a}]--
			}
		}
	}
	for _, n := range open {
		if n != 0 {
			return false
		}
	}
	return true
}

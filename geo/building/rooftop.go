package building

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/building/outline"
	"github.com/longtake/longtake/geo/building/roof"
)

// The sizes of what stands on flat roofs, in metres.
const (
	parapet     = 0.6
	parapetWide = 0.3
	plantHigh   = 2.7
)

// crowned tells whether a building is of the kind that has a parapet: of some size, with
// a flat roof, and not a part, whose neighbours may go on above it.
func (b *Building) crowned() bool {
	return !b.Part && b.Bottom == 0 && b.roof.Shape == roof.Flat && !b.rule.canopy && b.Top >= 5 &&
		b.outline.Len() <= 24 && b.area >= 140
}

// parapet raises a rim round a flat roof: the walls keep their height, the roof lies
// lower inside them.
func (y *body) parapet(s *shell) {
	in, ok := y.outline.Inset(parapetWide)
	if !ok {
		return
	}
	if y.sunk = y.lowered(in); y.sunk == nil {
		return
	}
	p := s.patch(geo.Wall)
	for k, r := range y.outline {
		q := in[k]
		base, up := len(p.vertices), mgl64.Vec3{0, 0, 1}
		at := func(p mgl64.Vec2, z float64, n mgl64.Vec3) vertex {
			return vertex{p: p.Vec3(z), n: n, uv: mgl64.Vec2{p[0], p[1]}, colour: y.look.wall}
		}
		for i := range r {
			j := (i + 1) % len(r)
			p.vertices = append(p.vertices, at(r[i], y.eaves, up), at(q[i], y.eaves, up))
			p.tris = append(p.tris, [3]int{base + 2*i, base + 2*j, base + 2*j + 1}, [3]int{base + 2*i, base + 2*j + 1, base + 2*i + 1})
		}
		for i := range r {
			j := (i + 1) % len(r)
			n := outline.Left(outline.Unit(q[j].Sub(q[i]))).Vec3(0)
			z := y.eaves - parapet
			p.quad([4]vertex{at(q[j], z, n), at(q[i], z, n), at(q[i], y.eaves, n), at(q[j], y.eaves, n)})
		}
	}
}

// lowered is the flat roof over the outline inside a parapet; nil where there is none. The
// triangles of the roof around it fill it too, as long as none is turned over.
func (y *body) lowered(in outline.Outline) *roof.Roof {
	if y.roof.Shape == roof.Flat {
		low := roof.Level(in, y.roof.Triangles)
		sound := true
		for _, t := range low.Triangles {
			a, b, c := low.Points[t[0]].Vec2(), low.Points[t[1]].Vec2(), low.Points[t[2]].Vec2()
			sound = sound && outline.Cross(b.Sub(a), c.Sub(a)) > 1e-6
		}
		if sound {
			return low
		}
	}
	low, err := roof.Build(in, roof.Spec{Shape: roof.Flat})
	if err != nil {
		return nil
	}
	return low
}

// plant is a machine room or stair head on a roof.
type plant struct {
	centre, axis mgl64.Vec2
	half         mgl64.Vec2
	high         float64
}

// standing are the plants of a roof.
func (y *body) standing() []plant {
	if !y.asked {
		y.stands, y.asked = y.plants(), true
	}
	return y.stands
}

// plants places a few boxes on large flat roofs, drawn by the building's seed.
func (b *Building) plants() []plant {
	area := b.area
	if !b.crowned() || area < 260 || b.storeys < 3 && area < 900 {
		return nil
	}
	box := b.box
	var out []plant
	want := 1 + int(math.Min(2, area/900))
	for try := 0; try < 10 && len(out) < want; try++ {
		at := func(n int) float64 { return chance(b.seed, 100+8*try+n) }
		p := plant{axis: box.Axis, half: mgl64.Vec2{1.6 + 1.8*at(0), 1.3 + 1.2*at(1)}, high: plantHigh * (0.75 + 0.25*at(2))}
		p.centre = box.Centre.Add(box.Axis.Mul((2*at(3) - 1) * 0.7 * box.Half[0])).Add(outline.Left(box.Axis).Mul((2*at(4) - 1) * 0.6 * box.Half[1]))
		reach := p.half.Len()
		ok := b.outline.Contains(p.centre) && b.outline.Distance(p.centre) > reach+1
		for _, o := range out {
			ok = ok && o.centre.Sub(p.centre).Len() > reach+o.half.Len()+0.5
		}
		if ok {
			out = append(out, p)
		}
	}
	return out
}

// place adds one box to the roof.
func (y *body) place(s *shell, q plant) {
	z := y.eaves
	if y.sunk != nil {
		z -= parapet
	}
	c := outline.Rect{Centre: q.centre, Axis: q.axis, Half: q.half}.Corners()
	p := s.patch(geo.Wall)
	for i := range c {
		a, b := c[i], c[(i+1)%4]
		n := outline.Left(outline.Unit(b.Sub(a))).Mul(-1).Vec3(0)
		l := b.Sub(a).Len()
		v := func(p mgl64.Vec2, x, z float64) vertex {
			return vertex{p: p.Vec3(z), n: n, uv: mgl64.Vec2{x, z}, colour: y.look.flat}
		}
		p.quad([4]vertex{v(a, 0, z), v(b, l, z), v(b, l, z+q.high), v(a, 0, z+q.high)})
	}
	top := func(p mgl64.Vec2) vertex {
		return vertex{p: p.Vec3(z + q.high), n: mgl64.Vec3{0, 0, 1}, uv: p, colour: y.look.flat}
	}
	s.patch(geo.Roof).quad([4]vertex{top(c[0]), top(c[1]), top(c[2]), top(c[3])})
}

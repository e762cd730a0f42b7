package pipeline

import (
	"cmp"
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/layers/drawable"
)

// glassSide is a side of a thing of glass as it is drawn; submission.refracted has their commands,
// in the same order.
type glassSide struct {
	item  int
	away  bool    // the side turned away from the eye
	body  bool    // it has a far side that light leaves by
	rough bool    // what is behind it blurs
	key   float64 // metres: those with more are behind
	near  float64 // view depth before which none of it is
	span  float64 // metres: light within it goes no farther
	thick float64 // metres that stand for its body where no far side is found
	layer int     // 1 is before all others; numbered once a frame
	rect  rect    // that it may be seen in
}

// rect is a part of the picture, whose sides go from 0 to 1, from the lower left.
type rect struct{ x0, y0, x1, y1 float64 }

func (a rect) meets(b rect) bool { return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1 }

var whole = rect{0, 0, 1, 1}

// roughGlass is the roughness from which on glass blurs what is behind it.
const roughGlass = 0.02

// glass adds the panes of a thing of glass. A thin one that is seen from both sides is two of
// them, so that its far wall is seen through the near one.
func (s *submission) glass(it *item, d *drawRecord, m *drawable.Material, view *camera) {
	scale, radius := it.scale, float64(it.entry.radius)
	if it.copies != nil {
		scale *= float64(it.copies.widest)
	}
	near, _ := d.along(view.forward, it.box())
	p := glassSide{
		item: len(s.items), key: it.distance, body: m.Glass.Thickness > 0, rough: m.Roughness > roughGlass,
		near: math.Max(near, view.near), rect: view.rect(it.center, it.radius),
		span: 2 * radius * scale, thick: float64(m.Glass.Thickness) * scale,
	}
	if !p.body && m.DoubleSided {
		away := p
		away.away, away.key = true, p.key+it.radius // around what it may stand over
		p.key -= it.radius
		s.panes = append(s.panes, away)
	}
	s.panes = append(s.panes, p)
}

// glaze sorts the panes from back to front and emits their commands.
func (s *submission) glaze() {
	slices.SortStableFunc(s.panes, func(a, b glassSide) int { return cmp.Compare(b.key, a.key) })
	for i := range s.panes {
		it := &s.items[s.panes[i].item]
		n := len(s.refracted)
		s.refracted = append(s.refracted, group{})
		copy(s.refracted[n:], s.emit(s.refracted[n:n], it, 0, 0, it.entry.mesh.count))
	}
}

// mostPanes is how many are told apart, the nearest; what is behind them is one layer.
const mostPanes = 512

// layer numbers the layers of the panes: one that is seen through another is in a layer
// behind it. Beyond most they share the last, where the nearest hides the others.
func (s *submission) layer(most int) (layers int) {
	far := max(len(s.panes)-mostPanes, 0)
	for i := len(s.panes) - 1; i >= far; i-- {
		p := &s.panes[i]
		p.layer = 1
		for k := len(s.panes) - 1; k > i && p.layer < most; k-- {
			if before := &s.panes[k]; before.layer >= p.layer && before.rect.meets(p.rect) {
				p.layer = min(before.layer+1, most)
			}
		}
		layers = max(layers, p.layer)
	}
	if far > 0 {
		layers = min(layers+1, most)
	}
	for i := range far {
		s.panes[i].layer = layers
	}
	return layers
}

// rect is a part of the picture that holds a sphere of the eye frame.
func (c *camera) rect(center mgl64.Vec3, radius float64) rect {
	z := center.Dot(c.forward)
	if z-radius <= c.near {
		return whole
	}
	side := func(axis mgl64.Vec3, tan float64) (from, to float64) {
		end := func(x, sign float64) float64 {
			x += sign * radius
			depth := z - radius
			if x*sign < 0 {
				depth = z + radius
			}
			return mgl64.Clamp(0.5+0.5*x/(depth*tan), 0, 1)
		}
		x := center.Dot(axis)
		return end(x, -1), end(x, 1)
	}
	var r rect
	r.x0, r.x1 = side(c.right, c.tanX)
	r.y0, r.y1 = side(c.up, c.tanY)
	return r
}

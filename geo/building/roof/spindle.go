package roof

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/building/outline"
)

// Ring is a station of a spindle: the outline drawn together about its middle to a share R,
// at a share Z of the height. R = 0 is a point. Rings may lie over each other, so a spindle is
// no height field: it may bulge, and be hollow at its top.
type Ring struct{ R, Z float64 }

// Turned is the shape of Spec.Rings, and what Roof.Shape says of it.
const Turned Shape = "turned"

// bulb is the section of an onion: a skirt up to the neck, the bulge, which is the widest at a
// third of the height and stays within the footprint, and the ogee up to the tip.
var bulb = []Ring{{1, 0}, {0.8, 0.05}, {0.74, 0.085}, {0.755, 0.12}, {0.87, 0.165}, {0.955, 0.225}, {0.985, 0.295}, {0.96, 0.37}, {0.875, 0.445},
	{0.735, 0.515}, {0.56, 0.58}, {0.395, 0.64}, {0.265, 0.705}, {0.17, 0.78}, {0.09, 0.87}, {0, 1}}

// Figures of bulbs.
const (
	roundly   = 0.6 // of an outline is the circle inside it: of a square 0.79, of three by two 0.52
	manySides = 7   // from which on rings have the outline's corners; below, they are circles
	turning   = 16  // corners of those
)

// Bulges tells whether an onion over an outline gets a bulb; over others it is a height field.
func Bulges(o outline.Outline) bool {
	_, ok := rounded(o)
	return ok
}

// rounded is the middle of an outline that is not far from a circle.
func rounded(o outline.Outline) (c mgl64.Vec2, ok bool) {
	if len(o) != 1 {
		return c, false
	}
	if c, ok = o.StarCentre(); !ok {
		return c, false
	}
	r := o.Distance(c)
	return c, math.Pi*r*r >= roundly*o.Area()
}

// Rounded tells whether an outline is not far from a circle, with the corners of one.
func Rounded(o outline.Outline) bool { return Bulges(o) && o.Len() >= manySides }

// onion is the bulb over an outline; nil where that is too far from a circle.
func onion(o outline.Outline, height float64) *Roof {
	c, ok := rounded(o)
	if !ok {
		return nil
	}
	if o.Len() >= manySides {
		return spindle(o, c, bulb, height)
	}
	// The circle inside, and the skirt between it and the corners.
	in := o.Distance(c)
	circle, hole := make(outline.Ring, turning), make(outline.Ring, turning)
	for i := range circle {
		s, k := math.Sincos(2 * math.Pi * float64(i) / turning)
		circle[i] = c.Add(mgl64.Vec2{k, s}.Mul(in))
	}
	for i, p := range circle {
		hole[turning-1-i] = c.Add(p.Sub(c).Mul(bulb[1].R))
	}
	n := o.Len()
	skirt, err := outline.Outline{o[0], hole}.Triangulate()
	if err != nil {
		return nil
	}
	top := spindle(outline.Outline{circle}, c, bulb[1:], height)
	r := &Roof{Shape: Onion, Smooth: true, Top: height}
	for i, p := range o[0] {
		r.Points = append(r.Points, p.Vec3(0))
		r.Rim = append(r.Rim, []int{i, (i + 1) % n})
	}
	r.Points = append(r.Points, top.Points...)
	for k, t := range skirt {
		for j, v := range t {
			if v >= n {
				t[j] = n + turning - 1 - (v - n)
			}
		}
		r.Triangles, r.Facet = append(r.Triangles, t), append(r.Facet, -1-k)
	}
	for k, t := range top.Triangles {
		r.Triangles, r.Facet = append(r.Triangles, [3]int{n + t[0], n + t[1], n + t[2]}), append(r.Facet, top.Facet[k])
	}
	return r
}

// spindle is the surface through rings about a middle from which all corners are seen. The
// first ring is the rim; of a ring wider than the next, the corners pair up.
func spindle(o outline.Outline, c mgl64.Vec2, rings []Ring, height float64) *Roof {
	n := len(o[0])
	r := &Roof{Shape: Onion, Smooth: true, Points: make([]mgl64.Vec3, 0, n*len(rings))}
	for i := range n {
		r.Rim = append(r.Rim, []int{i, (i + 1) % n})
	}
	for k, g := range rings {
		r.Top = math.Max(r.Top, height*g.Z)
		if g.R == 0 {
			r.Points = append(r.Points, c.Vec3(height*g.Z))
			at := n * (k - 1)
			for i := range n {
				r.Triangles, r.Facet = append(r.Triangles, [3]int{at + i, at + (i+1)%n, at + n}), append(r.Facet, n*k+i)
			}
			break
		}
		for _, p := range o[0] {
			r.Points = append(r.Points, c.Add(p.Sub(c).Mul(g.R)).Vec3(height*g.Z))
		}
		if k == 0 {
			continue
		}
		a, b := n*(k-1), n*k
		for i := range n {
			j := (i + 1) % n
			r.Triangles = append(r.Triangles, [3]int{a + i, a + j, b + j}, [3]int{a + i, b + j, b + i})
			r.Facet = append(r.Facet, n*k+i, n*k+i)
		}
	}
	return r
}

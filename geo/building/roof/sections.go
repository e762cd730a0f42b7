package roof

import (
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/building/outline"
)

// section is a roof's height along a line through its whole rectangle, at -1 … 1.
type section []station

func (s section) height(x float64) float64 { return profile(s).height(x) }

// mirrored is the section of two equal sides with a profile.
func mirrored(p profile) section {
	var s section
	for _, t := range p {
		s = append(s, station{t.at - 1, t.height})
	}
	for _, t := range slices.Backward(p[:len(p)-1]) {
		s = append(s, station{1 - t.at, t.height})
	}
	return s
}

var (
	gable     = mirrored(linear)
	mono      = section{{-1, 1}, {1, 0}}
	saltbox   = section{{-1, 4. / 7}, {-0.4, 1}, {1, 0}} // both slopes the same
	butterfly = section{{-1, 1}, {0, 0}, {1, 1}}
)

// rows repeats a section n times.
func (s section) rows(n int) section {
	out := section{{-1, s[0].height}}
	for i := range n {
		for _, t := range s[1:] {
			out = append(out, station{(t.at+1+2*float64(i))/float64(n) - 1, t.height})
		}
	}
	return out
}

// teeth is a sawtooth section: n slopes that look forward, with a steep face of the given
// width before each but the first, whose steep face is the wall.
func teeth(n int, steep float64) section {
	s := section{{-1, 1}}
	t := 2 / float64(n)
	for i := 1; i < n; i++ {
		x := -1 + float64(i)*t
		s = append(s, station{x - steep, 0}, station{x, 1})
	}
	return append(s, station{1, 0})
}

// cut is how two sections, across the ridge and along it, make a roof.
type cut struct {
	across, along section // along may be nil
	upper         bool    // the higher of the two counts, else the lower
	span          float64 // metres from eaves to top
}

// sections builds the shapes that are sections along the sides of a rectangle: the height
// is that of the section across the ridge, cut by that along it where there is one.
func sections(o outline.Outline, spec Spec, box outline.Rect) *field {
	f := whole(o)
	if f == nil {
		return nil
	}
	d := across(spec, box)
	if !spec.Directed && (spec.Shape == Sawtooth || spec.Shape == RoundRow || spec.Shape == GabledRow) {
		d = outline.Left(d) // one behind the other along the longer side
	}
	e := outline.Left(d)
	ulo, uhi := f.extent(d)
	vlo, vhi := f.extent(e)
	c := cutOf(spec, (uhi-ulo)/2, (vhi-vlo)/2)
	u := func(p mgl64.Vec2) float64 { return (2*p.Dot(d) - ulo - uhi) / (uhi - ulo) }
	v := func(p mgl64.Vec2) float64 { return (2*p.Dot(e) - vlo - vhi) / (vhi - vlo) }
	f.slice(u, c.across)
	height := func(p mgl64.Vec2) float64 { return c.across.height(u(p)) }
	if c.along != nil {
		f.slice(v, c.along)
		f.measure(func(p mgl64.Vec2) float64 { return c.across.height(u(p)) - c.along.height(v(p)) })
		f.split(0)
		height = func(p mgl64.Vec2) float64 {
			a, b := c.across.height(u(p)), c.along.height(v(p))
			if c.upper {
				return math.Max(a, b)
			}
			return math.Min(a, b)
		}
	}
	f.measure(height)
	top := slices.Max(f.value)
	if !(top > 1e-6) {
		return nil
	}
	for i := range f.value {
		f.value[i] = math.Max(0, f.value[i]/top)
	}
	for i := range f.faces {
		m := f.ring(f.faces[i].ring).Centroid()
		facet := c.across.piece(u(m))
		if c.along != nil && (c.across.height(u(m)) > c.along.height(v(m))) != c.upper {
			facet = -1 - c.along.piece(v(m))
		}
		f.faces[i].facet = facet
	}
	f.dissolve(o.Len())
	f.span, f.lifted = c.span, true
	return f
}

// cutOf is the sections of a shape over a rectangle of the given half sizes in metres.
func cutOf(spec Spec, w, l float64) cut {
	end := func(low, run float64) section { // a hip at the first end
		at := -1 + math.Min(run, 1.7*l)/l
		return section{{-1, low}, {at, 1}, {1, 1}}
	}
	ends := func(low, run float64) section { // one at both
		at := 1 - math.Min(run, 0.85*l)/l
		return section{{-1, low}, {-at, 1}, {at, 1}, {1, low}}
	}
	row := func(width float64, limit int) int { return max(2, min(limit, int(math.Round(2*w/width)))) }
	switch spec.Shape {
	case Skillion:
		return cut{across: mono, span: 2 * w}
	case HalfHipped:
		return cut{across: gable, along: ends(0.5, w/2), span: w}
	case SideHipped:
		return cut{across: gable, along: end(0, w), span: w}
	case SideHalfHipped:
		return cut{across: gable, along: end(0.5, w/2), span: w}
	case Round:
		return cut{across: mirrored(profiles[Round]), span: w}
	case Gambrel, DoubleSaltbox:
		return cut{across: mirrored(profiles[spec.Shape]), span: w}
	case Saltbox:
		return cut{across: saltbox, span: 1.4 * w}
	case Butterfly:
		return cut{across: butterfly, span: w}
	case Sawtooth:
		n := row(math.Max(5, 1.8*spec.Height), 24)
		return cut{across: teeth(n, math.Min(0.12/float64(n), 0.3/w)), span: 2 * w / float64(n)}
	case RoundRow:
		n := row(math.Max(4, 2*spec.Height), 24)
		return cut{across: mirrored(quarter(4)).rows(n), span: w / float64(n)}
	case GabledRow:
		n := row(math.Max(4, 2.5*spec.Height), 24)
		return cut{across: gable.rows(n), span: w / float64(n)}
	case CrossGabled:
		if l > w*1.001 {
			k := w / l
			return cut{across: gable, along: section{{-1, 0}, {-k, 0}, {0, 1}, {k, 0}, {1, 0}}, upper: true, span: w}
		}
		return cut{across: gable, along: gable, upper: true, span: w}
	}
	return cut{across: gable, span: w}
}

// piece is the number of the section's straight piece at x.
func (s section) piece(x float64) int {
	i := 1
	for i < len(s)-1 && x > s[i].at {
		i++
	}
	return i
}

// slice cuts the field along all stations of a section.
func (f *field) slice(x func(mgl64.Vec2) float64, s section) {
	for _, t := range s[1 : len(s)-1] {
		f.measure(x)
		f.split(t.at)
	}
}

// measure takes a function of the place for the field's value.
func (f *field) measure(g func(mgl64.Vec2) float64) {
	for i, p := range f.points {
		f.value[i] = g(p)
	}
}

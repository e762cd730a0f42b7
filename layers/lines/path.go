package lines

import (
	"slices"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

// Builder gathers the polylines of rows into one drawable.
type Builder struct {
	Lines *drawable.Lines
	frame earth.Frame
}

// NewBuilder fills the lines in a frame around places.
func NewBuilder(l *drawable.Lines, around []mgl64.Vec3) *Builder {
	f := layer.Frame(around)
	l.Frame = f.Matrix()
	return &Builder{l, f}
}

// sampled is how many geometries the frame is laid around at most: where others lie far away they
// have fewer digits.
const sampled = 4096

// Corners are places around all geometries, or around some of many, for a Builder's frame.
func Corners(c *layer.Context, all []orb.Geometry) []mgl64.Vec3 {
	step := max(len(all)/sampled, 1)
	out := cornersOf(c, all, step)
	if len(out) == 0 && step > 1 {
		out = cornersOf(c, all, 1)
	}
	return out
}

func cornersOf(c *layer.Context, all []orb.Geometry, step int) []mgl64.Vec3 {
	return slices.Concat(layer.PlacesInParts(c, len(all), func(from, to int) []mgl64.Vec3 {
		out := make([]mgl64.Vec3, 0, 2*(to-from)/step+2)
		for i := (from + step - 1) / step * step; i < to; i += step {
			if b, ok := bound(all[i]); ok {
				out = append(out, c.Place(b.Min, 0).ECEF(), c.Place(b.Max, 0).ECEF())
			}
		}
		return out
	})...)
}

// bound is that of a geometry, if it has any place.
func bound(g orb.Geometry) (b orb.Bound, ok bool) {
	line, ok := g.(orb.LineString)
	switch {
	case g == nil:
		return b, false
	case !ok || len(line) == 0:
		b = g.Bound()
		return b, !b.IsEmpty()
	}
	west, south := line[0][0], line[0][1]
	east, north := west, south
	for i := range line { // orb's own passes each point through memory several times
		x, y := line[i][0], line[i][1]
		if !(x >= west) {
			west = x
		}
		if !(x <= east) {
			east = x
		}
		if !(y >= south) {
			south = y
		}
		if !(y <= north) {
			north = y
		}
	}
	return orb.Bound{Min: orb.Point{west, south}, Max: orb.Point{east, north}}, true
}

// Begin starts the next polyline.
func (b *Builder) Begin() { b.Lines.Starts = append(b.Lines.Starts, uint32(len(b.Lines.Vertices))) }

// Add adds a vertex: v without its position, which is a place in ECEF.
func (b *Builder) Add(at mgl64.Vec3, v drawable.LineVertex) {
	v.Position = layer.Local(b.frame, at)
	b.Lines.Vertices = append(b.Lines.Vertices, v)
}

// Many adds lines of so many vertices each, on all processors: fill, which may be called for
// several lines at once, hands over those of one of them.
func (b *Builder) Many(c *layer.Context, lines int, vertices func(line int) int, fill func(line int, add func(at mgl64.Vec3, v drawable.LineVertex))) {
	first, end := len(b.Lines.Starts), len(b.Lines.Vertices)
	b.Lines.Starts = slices.Grow(b.Lines.Starts, lines)
	for i := range lines {
		b.Lines.Starts = append(b.Lines.Starts, uint32(end))
		end += vertices(i)
	}
	b.Lines.Vertices = slices.Grow(b.Lines.Vertices, end-len(b.Lines.Vertices))[:end]
	layer.PlacesInParts(c, lines, func(from, to int) struct{} {
		if from == to {
			return struct{}{}
		}
		at := b.Lines.Starts[first+from]
		center, east, north, up := b.frame.Center, b.frame.East, b.frame.North, b.frame.Up
		add := func(p mgl64.Vec3, v drawable.LineVertex) {
			d := p.Sub(center)
			v.Position = [3]float32{float32(east.Dot(d)), float32(north.Dot(d)), float32(up.Dot(d))}
			b.Lines.Vertices[at] = v
			at++
		}
		for i := from; i < to; i++ {
			fill(i, add)
		}
		return struct{}{}
	})
}

// Frame is that of the lines.
func (b *Builder) Frame() earth.Frame { return b.frame }

// Draws closes the drawable; nothing where it has no line.
func (b *Builder) Draws() []drawable.Draw {
	if b.Lines.Empty() {
		return nil
	}
	return []drawable.Draw{{What: b.Lines.Measure().Bound()}}
}

// Ramp is colours spread evenly over 0 to 1.
type Ramp []scene.Color

// At mixes the colours next to a position.
func (r Ramp) At(t float64) scene.Color {
	at := mgl64.Clamp(t, 0, 1) * float64(len(r)-1)
	k := min(int(at), max(len(r)-2, 0))
	return r[k].Mix(r[min(k+1, len(r)-1)], at-float64(k))
}

package drawable

import (
	"math"
	"runtime"
	"slices"
	"sync"

	"github.com/go-gl/mathgl/mgl64"
)

// Lines are polylines of any width, drawn forward after lighting. Each pixel of a line is
// blended once, whatever its joins; where a line crosses itself or another, both are.
//
// Lengths are metres, or pixels of a 1080-line picture where the flags beside them are not
// set. Pixels along a line become metres of the ground by powers of two, so that a pattern
// stays where it is while the eye comes closer.
type Lines struct {
	Frame    mgl64.Mat4
	Vertices []LineVertex
	Starts   []uint32     // first vertex of each polyline, ascending; the last ends at len(Vertices)
	Curves   []Curve      // instead of polylines
	Looks    []CurveLook  // one for each curve, or one for all
	Course   Course       // of the curves
	Batches  []CurveBatch // of the curves, in their order; without any they are one
	Metres   bool         // widths, offsets and casing
	Flat     bool         // lies level across, as on the ground, rather than facing the viewer
	Grounded bool         // follows the ground, which is not to cover it
	Edging   bool         // lies on edges of solids, which are not to cover half of it
	Thickest float32      // metres that a width in pixels is at the most where the line is: it grows fainter far away; 0 = any
	Join     Join
	Cap      Cap
	Blend    Blend
	Emission float32 // linear multiplier of the colour, 1 = as given; above 1 glows
	Casing   Casing
	Rhythm   Rhythm
	Flow     Comet
	Flicker  float32 // share of the brightness that flickers by Draw.Time, each feature by itself
	Center   [3]float32
	Radius   float32
	boxes    []lineBox // that Measure has found
}

// LineVertex is a point of a polyline. What lies between two is in proportion.
type LineVertex struct {
	Position [3]float32
	Width    float32  // 0 is not drawn
	Offset   float32  // to the right of the line's direction
	Along    float32  // metres from the line's beginning; see Measure
	Time     float32  // of Flow
	Color    [4]uint8 // sRGB, straight alpha
	Feature  uint32   // below 2³⁰
}

// Join is the shape of a line where its direction changes.
type Join uint8

// The joins of SVG and of most map styles. Mitres four times as long as the line is wide
// and longer are bevelled.
const (
	JoinRound Join = iota
	JoinMitre
	JoinBevel
)

// Cap is the shape of a line's ends.
type Cap uint8

// The caps. Arrows have a butt beginning and a head, three times as wide as the line, within
// their last segment; half ones lack what is left of the line.
const (
	CapRound Cap = iota
	CapButt
	CapSquare
	CapArrow
	CapHalfArrow
)

// Casing is a rim around each line, drawn in one with it.
type Casing struct {
	Width float32 // beyond the line on each side; 0 = none
	Color [4]uint8
}

// Rhythm is what repeats along lines.
type Rhythm struct {
	Kind   RhythmKind
	On     float32  // length of a dash, or of an arrowhead measured along the line
	Off    float32  // gap after it
	Speed  float32  // lengths a second by which it moves ahead
	Metres bool     // lengths along the line
	Color  [4]uint8 // of arrowheads
}

// RhythmKind says what repeats.
type RhythmKind uint8

// Dashes are what is drawn of a line; arrowheads are drawn upon it and point ahead.
const (
	Solid RhythmKind = iota
	Dashes
	Arrowheads
)

// Comet is a light that runs along lines by the times of their vertices: at Draw.Time its
// head is where that is the time.
type Comet struct {
	Since float64 // what vertices' times count from: as float32, seconds since 1970 are minutes off
	Trail float64 // seconds from head to end of the tail; 0 = none, the whole line is drawn
	Cycle float64 // seconds after which the next head follows; 0 = there is one
	Rest  float32 // opacity of the line where it is not lit
	Taper float32 // share of the width that the end of the tail lacks
	Even  bool    // the tail is as bright as its head
}

// Measure sets how far along its line each vertex is.
func (l *Lines) Measure() *Lines {
	l.boxes = inParts(len(l.Starts), len(l.Vertices), func(from, to int) lineBox {
		out := noLineBox()
		for i := from; i < to; i++ {
			first, end := int(l.Starts[i]), len(l.Vertices)
			if i+1 < len(l.Starts) {
				end = int(l.Starts[i+1])
			}
			out.measure(l.Vertices[min(first, end):end])
		}
		return out
	})
	return l
}

// lineBox is a box around some of the vertices, counted: those that are measured are not passed
// through once more to be bound.
type lineBox struct {
	lo, hi [3]float32
	count  int
}

func noLineBox() lineBox {
	most := float32(math.Inf(1)) // numbers that are none widen nothing
	return lineBox{lo: [3]float32{most, most, most}, hi: [3]float32{-most, -most, -most}}
}

// measure is Measure of one line, which the box then holds, too.
func (b *lineBox) measure(line []LineVertex) {
	var sum float64
	x0, y0, z0, x1, y1, z1 := b.lo[0], b.lo[1], b.lo[2], b.hi[0], b.hi[1], b.hi[2]
	for i := range line {
		v := &line[i]
		at := &v.Position
		if i > 0 {
			p := &line[i-1].Position
			x, y, z := float64(at[0]-p[0]), float64(at[1]-p[1]), float64(at[2]-p[2])
			sum += math.Sqrt(x*x + y*y + z*z)
		}
		v.Along = float32(sum)
		x0, x1 = widen(x0, x1, at[0], at[0])
		y0, y1 = widen(y0, y1, at[1], at[1])
		z0, z1 = widen(z0, z1, at[2], at[2])
	}
	b.lo, b.hi = [3]float32{x0, y0, z0}, [3]float32{x1, y1, z1}
	b.count += len(line)
}

// boxed are boxes around all vertices.
func (l *Lines) boxed() []lineBox {
	count := 0
	for _, b := range l.boxes {
		count += b.count
	}
	if n := len(l.Vertices); count != n {
		return inParts(n, n, func(from, to int) lineBox {
			out := noLineBox()
			for i := from; i < to; i++ {
				for k, v := range l.Vertices[i].Position {
					out.lo[k], out.hi[k] = widen(out.lo[k], out.hi[k], v, v)
				}
			}
			return out
		})
	}
	return l.boxes
}

// inParts calls f for parts of n things, on all processors if they are worth it by what work there
// is, and returns what it made in their order.
func inParts[T any](n, work int, f func(from, to int) T) []T {
	const worth = 1 << 14 // vertices that are worth a processor
	out := make([]T, max(min(runtime.GOMAXPROCS(0), work/worth, n), 1))
	var all sync.WaitGroup
	for i := range out {
		all.Go(func() { out[i] = f(n*i/len(out), n*(i+1)/len(out)) })
	}
	all.Wait()
	return out
}

// sphereAround is BoundingSphere of many vertices with boxes around them.
func sphereAround(vertices []LineVertex, boxes []lineBox) (center [3]float32, radius float32) {
	n := len(vertices)
	if n == 0 {
		return
	}
	for k := range center {
		lo, hi := boxes[0].lo[k], boxes[0].hi[k]
		for _, b := range boxes {
			lo, hi = widen(lo, hi, b.lo[k], b.hi[k])
		}
		center[k] = (lo + hi) / 2
	}
	x0, y0, z0 := center[0], center[1], center[2]
	r2 := slices.Max(inParts(n, n, func(from, to int) (r2 float64) {
		for i := from; i < to; i++ {
			at := &vertices[i].Position
			x, y, z := float64(at[0]-x0), float64(at[1]-y0), float64(at[2]-z0)
			if d := x*x + y*y + z*z; d > r2 {
				r2 = d
			}
		}
		return r2
	}))
	return center, float32(math.Sqrt(r2) * (1 + 1e-6))
}

// Empty tells whether there is nothing to draw.
func (l *Lines) Empty() bool { return len(l.Vertices)+len(l.Curves) == 0 }

// Bound sets the bounding spheres of the lines and of the batches of curves, and returns them.
func (l *Lines) Bound() *Lines {
	if len(l.Curves) == 0 {
		l.Center, l.Radius = sphereAround(l.Vertices, l.boxed())
		return l
	}
	if len(l.Batches) == 0 {
		l.Batches = []CurveBatch{{Count: len(l.Curves)}}
	}
	var all sync.WaitGroup
	parts := min(runtime.GOMAXPROCS(0), len(l.Batches))
	for p := range parts {
		all.Go(func() {
			for i := p; i < len(l.Batches); i += parts {
				l.Batches[i].bound(l.Curves, &l.Course)
			}
		})
	}
	all.Wait()
	l.Center, l.Radius = BoundingSphere(2*len(l.Batches), func(i int) [3]float32 { // of the boxes around the spheres
		p, r := l.Batches[i/2].Center, l.Batches[i/2].Radius
		if i%2 == 1 {
			r = -r
		}
		return [3]float32{p[0] + r, p[1] + r, p[2] + r}
	})
	if len(l.Batches) == 1 {
		l.Center, l.Radius = l.Batches[0].Center, l.Batches[0].Radius
	}
	return l
}

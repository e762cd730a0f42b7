package pipeline

import (
	"math"
	"runtime"
	"slices"
	"sync"
	"unsafe"

	"github.com/longtake/longtake/layers/drawable"
)

// linePoint is a vertex of a polyline as lines.vert reads it, two texels. A segment runs
// from each vertex that is marked so to the next; its neighbours in the buffer place joins.
type linePoint struct {
	position [3]float32
	color    [4]uint8
	along    float32
	time     float32
	size     [2]drawable.Half // width, offset
	feature  uint32           // and in its two highest bits:
}

const (
	lineSegment = 1 << 31 // a segment to the next vertex begins
	lineJoined  = 1 << 30 // both neighbours belong to the line

	linePointBytes = int(unsafe.Sizeof(linePoint{}))
)

// linePoints lays out polylines, without segments of no length, and the greatest width and
// offset of all. A closed line gets its neighbours beyond its ends, so that it is joined
// there too. Many are laid out on all processors, each of which has a part of them.
func linePoints(l *drawable.Lines) (points []linePoint, widest float32) {
	const worth = 1 << 14 // vertices that are worth a processor
	n := max(min(runtime.GOMAXPROCS(0), len(l.Vertices)/worth, len(l.Starts)), 1)
	parts, wide := make([][]linePoint, n), make([]float32, n)
	points = make([]linePoint, len(l.Vertices)) // as many as most have
	var all sync.WaitGroup
	for p := range n {
		all.Go(func() {
			from, to := len(l.Starts)*p/n, len(l.Starts)*(p+1)/n
			first, _ := ends(l, from)
			end, _ := ends(l, to)
			parts[p], wide[p] = someLinePoints(l, from, to, points[first:first:end])
		})
	}
	all.Wait()
	at, even := 0, true
	for _, p := range parts {
		even = even && (len(p) == 0 || at < len(points) && &p[0] == &points[at])
		at += len(p)
	}
	if !even {
		return slices.Concat(parts...), slices.Max(wide)
	}
	return points[:at], slices.Max(wide)
}

// ends are the first vertex of a polyline and that behind its last.
func ends(l *drawable.Lines, i int) (first, end int) {
	first, end = len(l.Vertices), len(l.Vertices)
	if i < len(l.Starts) {
		first = min(first, int(l.Starts[i]))
	}
	if i+1 < len(l.Starts) {
		end = min(end, int(l.Starts[i+1]))
	}
	return first, end
}

// someLinePoints appends the points of the lines from one up to another.
func someLinePoints(l *drawable.Lines, from, to int, out []linePoint) (_ []linePoint, widest float32) {
	var kept []drawable.LineVertex // of one polyline that has some at one place
	pack := packer{}
	for i := from; i < to; i++ {
		first, end := ends(l, i)
		line := l.Vertices[first:end]
		twice := false
		for k := range line {
			v := &line[k]
			if wide := v.Width + 2*float32(math.Abs(float64(v.Offset))); wide > widest {
				widest = wide
			}
			twice = twice || k > 0 && v.Position == line[k-1].Position
		}
		if twice {
			kept = append(kept[:0], line...)
			line = slices.CompactFunc(kept, func(a, b drawable.LineVertex) bool { return a.Position == b.Position })
		}
		n := len(line)
		if n < 2 {
			continue
		}
		closed := n > 3 && line[0].Position == line[n-1].Position
		if closed {
			out = append(out, linePoint{})
			pack.point(&out[len(out)-1], &line[n-2], 0)
		}
		at := len(out)
		out = slices.Grow(out, n)[:at+n]
		for j := range line {
			flags := uint32(lineSegment | lineJoined)
			if j == n-1 {
				flags &^= lineSegment
			}
			if !closed && (j == 0 || j == n-1) {
				flags &^= lineJoined
			}
			pack.point(&out[at+j], &line[j], flags)
		}
		if closed {
			out = append(out, linePoint{})
			pack.point(&out[len(out)-1], &line[1], 0)
		}
	}
	return out, widest
}

// packer makes points of vertices; most are as wide as the one before.
type packer struct {
	width, offset float32
	size          [2]drawable.Half
}

func (p *packer) point(to *linePoint, v *drawable.LineVertex, flags uint32) {
	if v.Width != p.width || v.Offset != p.offset {
		p.width, p.offset = v.Width, v.Offset
		p.size = [2]drawable.Half{drawable.ToHalf(v.Width), drawable.ToHalf(v.Offset)}
	}
	to.position[0], to.position[1], to.position[2] = v.Position[0], v.Position[1], v.Position[2]
	to.color, to.along, to.time, to.size, to.feature = v.Color, v.Along, v.Time, p.size, v.Feature&(lineJoined-1)|flags
}

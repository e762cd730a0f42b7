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
func linePoints(l *drawable.Lines) (parts [][]linePoint, widest float32) {
	const worth = 1 << 14 // vertices that are worth a processor
	n := max(min(runtime.GOMAXPROCS(0), len(l.Vertices)/worth, len(l.Starts)), 1)
	parts, wide := make([][]linePoint, n), make([]float32, n)
	var all sync.WaitGroup
	for p := range n {
		all.Go(func() { parts[p], wide[p] = someLinePoints(l, len(l.Starts)*p/n, len(l.Starts)*(p+1)/n) })
	}
	all.Wait()
	return parts, slices.Max(wide)
}

// someLinePoints is linePoints of the lines from one up to another.
func someLinePoints(l *drawable.Lines, from, to int) (out []linePoint, widest float32) {
	out = make([]linePoint, 0, len(l.Vertices)*(to-from)/max(len(l.Starts), 1)+1)
	var kept []int // of one polyline
	for i := from; i < to; i++ {
		first, end := l.Starts[i], len(l.Vertices)
		if i+1 < len(l.Starts) {
			end = min(end, int(l.Starts[i+1]))
		}
		kept = kept[:0]
		for k := int(first); k < end; k++ {
			if n := len(kept); n == 0 || l.Vertices[k].Position != l.Vertices[kept[n-1]].Position {
				kept = append(kept, k)
			}
			widest = max(widest, l.Vertices[k].Width+2*float32(math.Abs(float64(l.Vertices[k].Offset))))
		}
		n := len(kept)
		if n < 2 {
			continue
		}
		closed := n > 3 && l.Vertices[kept[0]].Position == l.Vertices[kept[n-1]].Position
		if closed {
			out = append(out, packPoint(&l.Vertices[kept[n-2]], 0))
		}
		for j, k := range kept {
			var flags uint32
			if j < n-1 {
				flags = lineSegment
			}
			if closed || j > 0 && j < n-1 {
				flags |= lineJoined
			}
			out = append(out, packPoint(&l.Vertices[k], flags))
		}
		if closed {
			out = append(out, packPoint(&l.Vertices[kept[1]], 0))
		}
	}
	return out, widest
}

func packPoint(v *drawable.LineVertex, flags uint32) linePoint {
	return linePoint{position: v.Position, color: v.Color, along: v.Along, time: v.Time,
		size: [2]drawable.Half{drawable.ToHalf(v.Width), drawable.ToHalf(v.Offset)}, feature: v.Feature&(lineJoined-1) | flags}
}

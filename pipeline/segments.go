package pipeline

import (
	"unsafe"

	"github.com/longtake/longtake/layers/drawable"
)

// segment is a piece of a polyline with its neighbours, as lines.vert reads it: the
// neighbours place the joins.
type segment struct {
	before, a, b, after [3]float32
	colorA, colorB      [4]uint8
	timeA, timeB        float32
	feature             uint32
	flags               uint32 // 1: has a segment before, 2: has one after
}

const segmentBytes = int(unsafe.Sizeof(segment{}))

// lineSegments cuts polylines into segments, without those of no length.
func lineSegments(l *drawable.Lines) []segment {
	var out []segment
	for i, first := range l.Starts {
		end := len(l.Vertices)
		if i+1 < len(l.Starts) {
			end = min(end, int(l.Starts[i+1]))
		}
		if int(first) >= end {
			continue
		}
		begin := len(out)
		at := l.Vertices[first]
		for _, v := range l.Vertices[first+1 : end] {
			if v.Position == at.Position {
				continue
			}
			s := segment{
				a: at.Position, b: v.Position, before: at.Position, after: v.Position,
				colorA: at.Color, colorB: v.Color, timeA: at.Time, timeB: v.Time, feature: at.Feature,
			}
			if n := len(out); n > begin {
				s.before, s.flags = out[n-1].a, 1
				out[n-1].after = s.b
				out[n-1].flags |= 2
			}
			out = append(out, s)
			at = v
		}
	}
	return out
}

package generate

import (
	"fmt"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/cover"
	"github.com/longtake/longtake/geo/spool"
)

// wide is a patch that is made for the whole site: a sea, a town's ground.
type wide struct {
	cover.Patch
	box  orb.Bound
	runs []orb.Bound // of as many as wideRun triangles in their order
}

// wideRun is how many triangles of a wide patch are passed over at once.
const wideRun = 32

func (l *ground) spread(patches []cover.Patch) {
	for _, p := range patches {
		w := wide{Patch: p, box: p.Bound()}
		for t := range len(p.Indices) / 3 {
			box := w.triangle(t)
			if t%wideRun == 0 {
				w.runs = append(w.runs, box)
			}
			last := &w.runs[len(w.runs)-1]
			*last = last.Union(box)
		}
		l.wide = append(l.wide, w)
	}
}

// triangle is the box of one.
func (w *wide) triangle(t int) orb.Bound {
	i := w.Indices[3*t : 3*t+3]
	return orb.Bound{Min: w.Points[i[0]], Max: w.Points[i[0]]}.Extend(w.Points[i[1]]).Extend(w.Points[i[2]])
}

// meets tells whether the box of a triangle, given by its corners, meets another: every tile
// of every level asks, so that no box is made.
func meets(a, b, c orb.Point, box *orb.Bound) bool {
	for k := range a {
		lo, hi := box.Min[k], box.Max[k]
		if a[k] < lo && b[k] < lo && c[k] < lo || a[k] > hi && b[k] > hi && c[k] > hi {
			return false
		}
	}
	return true
}

// key adds the triangles that touch a box to the name of what is made of them.
func (w *wide) key(key digester, box orb.Bound, width float64) {
	if w.Width < width || !w.box.Intersects(box) {
		return
	}
	key.text(fmt.Sprint(w.Layer, w.Material, w.Color, w.Bias, w.Class))
	if w.Level != nil {
		key.floats(*w.Level)
	}
	const full = 1 << 14
	out, n := spool.Writer{B: make([]byte, 0, full+3*24)}, 0
	for r := range w.runs {
		if !w.runs[r].Intersects(box) {
			continue
		}
		for t := r * wideRun; t < min((r+1)*wideRun, len(w.Indices)/3); t++ {
			i := w.Indices[3*t : 3*t+3]
			if !meets(w.Points[i[0]], w.Points[i[1]], w.Points[i[2]], &box) {
				continue
			}
			n++
			if len(out.B) > full {
				key.h.Write(out.B)
				out.B = out.B[:0]
			}
			for _, v := range i {
				out.Float(w.Points[v][0])
				out.Float(w.Points[v][1])
				out.Float32(w.UV[v][0])
				out.Float32(w.UV[v][1])
			}
		}
	}
	key.h.Write(out.B)
	key.floats(float64(n))
}

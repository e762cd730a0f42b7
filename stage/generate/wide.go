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
	box   orb.Bound
	boxes []orb.Bound // of its triangles
	runs  []orb.Bound // of as many as wideRun triangles in their order
}

// wideRun is how many triangles of a wide patch are passed over at once.
const wideRun = 32

func (l *ground) spread(patches []cover.Patch) {
	for _, p := range patches {
		w := wide{Patch: p, box: p.Bound()}
		for t := 0; t+2 < len(p.Indices); t += 3 {
			i, j, k := p.Indices[t], p.Indices[t+1], p.Indices[t+2]
			box := orb.Bound{Min: p.Points[i], Max: p.Points[i]}.Extend(p.Points[j]).Extend(p.Points[k])
			if len(w.boxes)%wideRun == 0 {
				w.runs = append(w.runs, box)
			}
			last := &w.runs[len(w.runs)-1]
			w.boxes, *last = append(w.boxes, box), last.Union(box)
		}
		l.wide = append(l.wide, w)
	}
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
	var out spool.Writer
	for r := range w.runs {
		if !w.runs[r].Intersects(box) {
			continue
		}
		for t := r * wideRun; t < min((r+1)*wideRun, len(w.boxes)); t++ {
			if !w.boxes[t].Intersects(box) {
				continue
			}
			for _, v := range w.Indices[3*t : 3*t+3] {
				out.Float(w.Points[v][0])
				out.Float(w.Points[v][1])
				out.Float32(w.UV[v][0])
				out.Float32(w.UV[v][1])
			}
		}
	}
	key.bytes(out.B)
}

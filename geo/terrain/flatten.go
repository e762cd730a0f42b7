package terrain

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// flattening lays shapes over a lattice of nodes: pads first, then corridors over what
// these left, for a street's bed is seen and a house hides the ground that it stands on. A
// node in a shape is at its height (at the mean of several, by how far inside it lies). A
// node outside is as near to its height before as the banks of all shapes allow; where two
// banks contradict each other, the nearer shape counts more. No node is above the cut that
// it lies in. Nothing depends on the order of the shapes but rounding, and that is theirs.
type flattening struct {
	*lattice
	low, high  []bank // the tightest bounds
	sum, count []float32
	top        []float32 // of the cuts that a node lies in; nil without
	lid        []float32 // below the banks of cuts; nil without
	torn       []torn    // what is known of nodes near walls; nil without
	part       [4]int    // that has them: first column and row, and those past the last
	look       look      // what corridors are asked for
	steps      []step    // see flatten
	plain      []float32 // heights without walls, where these matter; nil without
}

type bank struct{ height, distance float32 }

// flatten moves the heights of the nodes that are not fixed, and tells where there are
// walls: nil is nowhere. All shapes are there that touch what is reach nodes beyond the nodes
// that are asked for.
func flatten(s Shapes, l *lattice, reach int, heights []float32, fixed func(node int) bool) (steps []step) {
	var plain []float32
	for first := 0; first < l.h; first += bandRows {
		band := *l
		band.y0, band.h = l.y0+first, min(bandRows, l.h-first)
		at := first * l.w
		f := &flattening{lattice: &band}
		f.lay(s, heights[at:at+band.w*band.h], func(node int) bool { return fixed(at + node) })
		if f.steps != nil && steps == nil {
			steps = make([]step, l.w*l.h)
		}
		if f.steps != nil {
			copy(steps[at:], f.steps)
		}
		if f.plain != nil && plain == nil {
			plain = make([]float32, l.w*l.h)
		}
		if f.plain != nil {
			copy(plain[at:], f.plain)
		}
	}
	if plain != nil && reach > 1 {
		l.prune(min(stubReach, reach-1), heights, plain, steps)
	}
	return steps
}

// bandRows is how many rows of nodes are flattened at a time. A node takes up to bandNode
// bytes meanwhile: 24 where there are neither cuts nor walls.
const (
	bandRows = 96
	bandNode = 136
)

// lay lays those of the shapes that touch the lattice.
func (f *flattening) lay(s Shapes, heights []float32, fixed func(node int) bool) {
	box := orb.Bound{Min: f.at(0, 0), Max: f.at(f.w-1, f.h-1)}
	n := f.w * f.h
	f.low, f.high, f.sum, f.count = make([]bank, n), make([]bank, n), make([]float32, n), make([]float32, n)
	f.clear()
	some := false
	for i := range s.Pads {
		if p := &s.Pads[i]; p.Bound().Intersects(box) {
			f.pad(p)
			some = true
		}
	}
	if some {
		f.apply(heights, fixed)
		f.clear()
	}
	var near []*Corridor
	for i := range s.Corridors {
		if c := &s.Corridors[i]; c.Bound().Intersects(box) {
			near = append(near, c)
		}
	}
	for _, c := range near {
		f.corridor(c)
	}
	if len(near) == 0 {
		return
	}
	for f.look = f.tears(); f.look != bounds && f.look <= second; f.look++ {
		for _, c := range near {
			f.corridor(c)
		}
	}
	f.apply(heights, fixed)
}

// clear forgets all shapes.
func (f *flattening) clear() {
	clear(f.sum)
	clear(f.count)
	for i := range f.low {
		f.low[i].height, f.high[i].height = float32(math.Inf(-1)), float32(math.Inf(1))
	}
}

// apply moves the nodes to where the shapes want them.
func (f *flattening) apply(heights []float32, fixed func(node int) bool) {
	for i, z := range heights {
		if fixed(i) {
			continue
		}
		low, high, v := f.low[i], f.high[i], z
		switch {
		case f.count[i] > 0:
			v = f.sum[i] / f.count[i]
		case low.height <= high.height:
			v = min(max(v, low.height), high.height)
		default:
			up, down := high.distance*high.distance, low.distance*low.distance
			v = (float32(low.height*up) + float32(high.height*down)) / (up + down)
		}
		if f.torn != nil && f.torn[i].is {
			without := v
			if v = f.wall(i, z, v); f.steps != nil && f.steps[i] != (step{}) {
				if f.plain == nil {
					f.plain = make([]float32, len(heights))
				}
				f.plain[i] = without
				if f.top != nil {
					f.plain[i] = min(without, f.top[i])
				}
			}
		}
		if f.top != nil && v > f.top[i] {
			v = f.top[i]
			if f.steps != nil {
				f.steps[i] = step{}
			}
		}
		heights[i] = v
	}
}

// nodes are those in a box: the first column and row, and those past the last.
func (f *flattening) nodes(b orb.Bound) (i0, j0, i1, j1 int) {
	return f.column(b.Min[0]), f.row(b.Min[1]), f.column(b.Max[0]), f.row(b.Max[1])
}

// inside counts a node as in a shape.
func (f *flattening) inside(node int, height, weight float64) {
	f.sum[node] += float32(height * weight)
	f.count[node] += float32(weight)
}

// outside bounds a node by a bank, within its reach.
func (f *flattening) outside(node int, height, distance float64, b Bank) {
	may := b.may(distance)
	if v := float32(height - may); v > f.low[node].height {
		f.low[node] = bank{v, float32(distance)}
	}
	if v := float32(height + may); v < f.high[node].height {
		f.high[node] = bank{v, float32(distance)}
	}
}

// below bounds a node by a bank from above, within its reach.
func (f *flattening) below(node int, height, distance float64, b Bank) {
	v := float32(height + b.may(distance))
	if v < f.high[node].height {
		f.high[node] = bank{v, float32(distance)}
	}
	if f.lid == nil {
		f.lid = slices.Repeat([]float32{float32(math.Inf(1))}, len(f.sum))
	}
	f.lid[node] = min(f.lid[node], v)
}

// cut bounds a node in a cut.
func (f *flattening) cut(node int, height float64) {
	if f.top == nil {
		f.top = make([]float32, len(f.sum))
		for i := range f.top {
			f.top[i] = float32(math.Inf(1))
		}
	}
	f.top[node] = min(f.top[node], float32(height))
}

func (f *flattening) corridor(c *Corridor) {
	if f.look != bounds && c.Cut {
		return // it holds nothing up
	}
	b := c.or()
	reach := c.Half + b.reach()
	for k := 0; k+1 < len(c.Line); k++ {
		p, q := c.Line[k], c.Line[k+1]
		dx, dy := q[0]-p[0], q[1]-p[1]
		l := dx*dx + dy*dy
		if l == 0 {
			continue
		}
		first, last := k == 0, k+2 == len(c.Line)
		i0, j0, i1, j1 := f.nodes(orb.Bound{Min: p, Max: p}.Extend(q).Pad(reach))
		if f.look != bounds {
			i0, j0, i1, j1 = max(i0, f.part[0]), max(j0, f.part[1]), min(i1, f.part[2]), min(j1, f.part[3])
		}
		for j := j0; j < j1; j++ {
			for i := i0; i < i1; i++ {
				if f.look != bounds && !f.torn[j*f.w+i].is {
					continue
				}
				n := f.at(i, j)
				x, y := n[0]-p[0], n[1]-p[1]
				t := (float64(x*dx) + float64(y*dy)) / l
				if c.Cut && (t < 0 && first || t > 1 && last) {
					continue // it has square ends
				}
				t = min(max(t, 0), 1)
				x, y = x-float64(t*dx), y-float64(t*dy)
				d := float64(x*x) + float64(y*y)
				if d >= reach*reach {
					continue
				}
				d = math.Sqrt(d)
				h := c.Heights[k] + float64(t*(c.Heights[k+1]-c.Heights[k]))
				switch {
				case f.look != bounds:
					f.between(j*f.w+i, h, d-c.Half, x, y, b)
				case c.Cut && d <= c.Half:
					f.cut(j*f.w+i, h)
				case c.Cut:
					f.below(j*f.w+i, h, d-c.Half, b)
				case d <= c.Half:
					f.inside(j*f.w+i, h, 1.05-d/max(c.Half, 1e-9))
					f.within(j*f.w+i, h)
				default:
					f.outside(j*f.w+i, h, d-c.Half, b)
				}
			}
		}
	}
}

package aggregate

import "math"

// bucketed are points sorted into the squares of a grid, for what is near a place.
type bucketed struct {
	x, y   []float64
	x0, y0 float64
	side   float64
	w, h   int
	first  []int32 // of each square, and one more
	points []int32 // by square, each in their order
}

// buckets sorts points into squares of at least a side, and not many more than there are
// points.
func buckets(x, y []float64, side float64) *bucketed {
	b := &bucketed{x: x, y: y}
	if len(x) == 0 {
		b.w, b.h, b.side, b.first = 1, 1, 1, make([]int32, 2)
		return b
	}
	lo, hi := [2]float64{x[0], y[0]}, [2]float64{x[0], y[0]}
	for i := range x {
		lo[0], lo[1], hi[0], hi[1] = math.Min(lo[0], x[i]), math.Min(lo[1], y[i]), math.Max(hi[0], x[i]), math.Max(hi[1], y[i])
	}
	w, h := hi[0]-lo[0], hi[1]-lo[1]
	most := float64(4*len(x) + 64)
	side = math.Max(math.Max(side, math.Max(w, h)/most*2), math.Sqrt(w*h/most))
	if side <= 0 {
		side = 1
	}
	b.x0, b.y0, b.side, b.w, b.h = lo[0], lo[1], side, int(w/side)+1, int(h/side)+1
	b.first = make([]int32, b.w*b.h+1)
	at := make([]int32, len(x))
	for i := range x {
		at[i] = int32(b.row(y[i])*b.w + b.column(x[i]))
		b.first[at[i]+1]++
	}
	for i := range b.w * b.h {
		b.first[i+1] += b.first[i]
	}
	next := append([]int32(nil), b.first...)
	b.points = make([]int32, len(x))
	for i, k := range at {
		b.points[next[k]] = int32(i)
		next[k]++
	}
	return b
}

func (b *bucketed) column(x float64) int {
	return int(min(max((x-b.x0)/b.side, 0), float64(b.w-1)))
}

func (b *bucketed) row(y float64) int {
	return int(min(max((y-b.y0)/b.side, 0), float64(b.h-1)))
}

// within appends the points that are no further away than a distance.
func (b *bucketed) within(x, y, distance float64, out []int32) []int32 {
	x0, x1 := b.column(x-distance), b.column(x+distance)
	for r := b.row(y - distance); r <= b.row(y+distance); r++ {
		for _, i := range b.points[b.first[r*b.w+x0]:b.first[r*b.w+x1+1]] {
			if dx, dy := b.x[i]-x, b.y[i]-y; dx*dx+dy*dy <= distance*distance {
				out = append(out, i)
			}
		}
	}
	return out
}

// nearest appends the n nearest points, nearer ones first, equals in their order.
func (b *bucketed) nearest(x, y float64, n int, out []int32) []int32 {
	type near struct {
		i  int32
		d2 float64
	}
	var found []near
	add := func(r, c int) {
		if r < 0 || c < 0 || r >= b.h || c >= b.w {
			return
		}
		for _, i := range b.points[b.first[r*b.w+c]:b.first[r*b.w+c+1]] {
			dx, dy := b.x[i]-x, b.y[i]-y
			d2 := dx*dx + dy*dy
			at := len(found)
			for at > 0 && (found[at-1].d2 > d2 || found[at-1].d2 == d2 && found[at-1].i > i) {
				at--
			}
			if at >= n {
				continue
			}
			if len(found) < n {
				found = append(found, near{})
			}
			copy(found[at+1:], found[at:])
			found[at] = near{i, d2}
		}
	}
	r0, c0 := b.row(y), b.column(x)
	for ring := 0; ring <= max(b.w, b.h); ring++ {
		// What lies in this ring of squares is at least this far away.
		least := float64(ring-1) * b.side
		if len(found) == n && least > 0 && found[n-1].d2 < least*least {
			break
		}
		for c := c0 - ring; c <= c0+ring; c++ {
			add(r0-ring, c)
			if ring > 0 {
				add(r0+ring, c)
			}
		}
		for r := r0 - ring + 1; r < r0+ring; r++ {
			add(r, c0-ring)
			add(r, c0+ring)
		}
	}
	for _, f := range found {
		out = append(out, f.i)
	}
	return out
}

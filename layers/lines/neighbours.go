package lines

import (
	"math"
	"sync"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/table"
)

// Curves are drawn in batches of so many at least, and in no more batches than draw calls cost
// little: each has as many segments as the nearest of it needs.
const (
	leastBatch  = 512
	mostBatches = 256
	classes     = 16 // of lengths
	bits        = 5
	cells       = 1 << bits // a side of the grid
	absent      = classes*cells*cells - 1
)

// box is around places.
type box struct{ lo, hi [2]float32 }

var nowhere = box{[2]float32{math.MaxFloat32, math.MaxFloat32}, [2]float32{-math.MaxFloat32, -math.MaxFloat32}}

func (b *box) add(x, y float32) {
	if x < b.lo[0] {
		b.lo[0] = x
	}
	if x > b.hi[0] {
		b.hi[0] = x
	}
	if y < b.lo[1] {
		b.lo[1] = y
	}
	if y > b.hi[1] {
		b.hi[1] = y
	}
}

// Absent is the place of a row that is not drawn.
const Absent = math.MaxUint32

// Neighbours puts rows whose curves are of about one length and lie near each other together, and
// cuts them into batches: places are those of the rows, of which ends knows both, in the order in
// which they are to be drawn. Lengths are of one class within a factor of four; those of a class follow the curve
// of Morton 1966 through a grid of 32 cells a side around their middles. Curves of one cell stay in
// their order, as all do that are asked for in order: then a batch is those that follow each other.
// ends may be asked of several rows at once.
func Neighbours(n int, inOrder bool, ends func(row int) (lng, lat, lng2, lat2 float64, ok bool)) (places []uint32, batches []drawable.CurveBatch) {
	middles, keys := make([][2]float32, n), make([]uint32, n)
	parts := table.InParts(n, func(first, end int) (out [classes]box) {
		for i := range out {
			out[i] = nowhere
		}
		for i := first; i < end; i++ {
			lng, lat, lng2, lat2, ok := ends(i)
			if !ok {
				keys[i] = absent
				continue
			}
			east := lng2 - lng
			if east < -180 || east > 180 { // over the antimeridian
				east -= 360 * math.Round(east/360)
			}
			length := math.Abs(east) + math.Abs(lat2-lat)
			if !(length < 1e4) { // no numbers
				keys[i] = absent
				continue
			}
			x, y, class := float32(lng+east/2), float32((lat+lat2)/2), lengthClass(length)
			middles[i][0], middles[i][1], keys[i] = x, y, class
			out[class].add(x, y)
		}
		return out
	})
	all := parts[0]
	for _, p := range parts[1:] {
		for k := range p {
			if p[k].lo[0] <= p[k].hi[0] {
				all[k].add(p[k].lo[0], p[k].lo[1])
				all[k].add(p[k].hi[0], p[k].hi[1])
			}
		}
	}
	var scale [classes]float32
	for k := range all {
		scale[k] = (cells - 1) / max(all[k].hi[0]-all[k].lo[0], all[k].hi[1]-all[k].lo[1], 1e-6)
	}
	type counted struct {
		first, end int // rows
		of         []uint32
	}
	counts := table.InParts(n, func(first, end int) counted { // by keys
		out := counted{first, end, make([]uint32, absent+1)}
		for i := first; i < end; i++ {
			if class := keys[i]; class != absent {
				key := uint32(0)
				if !inOrder {
					of, m := &all[class], &middles[i]
					key = class<<(2*bits) | gapped[int((m[0]-of.lo[0])*scale[class])] | gapped[int((m[1]-of.lo[1])*scale[class])]<<1
				}
				keys[i] = key
				out.of[key]++
			}
		}
		return out
	})
	var last [classes]int
	sum := uint32(0)
	for k := range absent {
		for _, c := range counts { // where each part puts its rows of the key
			c.of[k], sum = sum, sum+c.of[k]
		}
		last[k>>(2*bits)] = int(sum)
	}
	places = keys
	var put sync.WaitGroup
	for _, c := range counts {
		put.Go(func() {
			for i := c.first; i < c.end; i++ {
				k := keys[i]
				if places[i] = Absent; k != absent {
					places[i] = c.of[k]
					c.of[k]++
				}
			}
		})
	}
	put.Wait()
	return places, cut(last[:])
}

// cut divides rows into batches; those of a class, of which ends has the last one's place, are
// apart, once they are worth a batch.
func cut(ends []int) (out []drawable.CurveBatch) {
	n, first := ends[len(ends)-1], 0
	if n < 2*leastBatch {
		return []drawable.CurveBatch{{Count: n}}
	}
	size := max(leastBatch, (n+mostBatches-1)/mostBatches)
	for _, end := range ends {
		for end-first >= size {
			out = append(out, drawable.CurveBatch{First: first, Count: size})
			first += size
		}
		if end-first >= leastBatch {
			out = append(out, drawable.CurveBatch{First: first, Count: end - first})
			first = end
		}
	}
	if first < n {
		out = append(out, drawable.CurveBatch{First: first, Count: n - first})
	}
	return out
}

// lengthClass is half the binary logarithm of degrees, from the least of them on.
func lengthClass(degrees float64) uint32 {
	const least = 18 // some centimetres
	exponent := int(math.Float64bits(degrees)>>52) - 1023 + least
	return uint32(min(max(exponent, 0)/2, classes-2))
}

// gapped are numbers of some bits with a free one behind each.
var gapped = func() (out [cells]uint32) {
	for v := range out {
		for k := range bits {
			out[v] |= uint32(v) >> k & 1 << (2 * k)
		}
	}
	return out
}()

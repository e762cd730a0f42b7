package lines

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/layers/table"
)

// Curves are drawn in batches of so many at least, and in no more batches than draw calls cost
// little: each has as many segments as the nearest of it needs.
const (
	leastBatch  = 512
	mostBatches = 256
	classes     = 16 // of lengths
)

// box is around points.
type box struct {
	lo, hi [3]float32
	some   bool
}

func (b *box) add(p [3]float32) {
	if !b.some {
		*b = box{p, p, true}
		return
	}
	for k, x := range p {
		b.lo[k], b.hi[k] = min(b.lo[k], x), max(b.hi[k], x)
	}
}

// neighbours puts curves of about one length that lie near each other together, and cuts them
// into batches; without an order where there are too few to gain by it. Lengths are of one
// class within a factor of four; those of a class follow the curve of Morton 1966 through a
// grid of 64 cells a side around their middles. Curves of one cell stay in their order, as all
// do that are asked for in order: then a batch is those that follow each other.
func (b *Builder) neighbours(n int, inOrder bool, ends func(i int) (from, to mgl64.Vec3)) (order []uint32, sizes []int) {
	if n < 2*leastBatch {
		return nil, []int{n}
	}
	size := max(leastBatch, (n+mostBatches-1)/mostBatches)
	if inOrder {
		for ; n > 0; n -= size {
			sizes = append(sizes, min(n, size))
		}
		return nil, sizes
	}
	f := b.frame
	middles := make([][3]float32, n)
	lengths := make([]uint8, n)
	parts := table.InParts(n, func(first, end int) (out [classes]box) {
		for i := first; i < end; i++ {
			from, to := ends(i)
			d := from.Add(to).Mul(0.5).Sub(f.Center)
			middles[i] = [3]float32{float32(f.East.Dot(d)), float32(f.North.Dot(d)), float32(f.Up.Dot(d))}
			lengths[i] = lengthClass(to.Sub(from).Len())
			out[lengths[i]].add(middles[i])
		}
		return out
	})
	all := parts[0]
	for _, p := range parts[1:] {
		for k := range p {
			if p[k].some {
				all[k].add(p[k].lo)
				all[k].add(p[k].hi)
			}
		}
	}
	keys := make([]uint32, n)
	table.Each(n, func(i int) {
		of := &all[lengths[i]]
		side := max(of.hi[0]-of.lo[0], of.hi[1]-of.lo[1], of.hi[2]-of.lo[2], 1)
		key := uint32(lengths[i]) << 18
		for k, x := range middles[i] {
			key |= gapped(uint32(min(64*(x-of.lo[k])/side, 63))) << k
		}
		keys[i] = key
	})
	order = sorted(keys)
	count := 0
	for i, k := range order {
		// A class of its own, once it is worth a batch.
		if count == size || count >= leastBatch && keys[k]>>18 != keys[order[i-1]]>>18 {
			sizes, count = append(sizes, count), 0
		}
		count++
	}
	return order, append(sizes, count)
}

// lengthClass is half the binary logarithm of a length.
func lengthClass(metres float64) uint8 {
	exponent := int(math.Float64bits(metres+1)>>52) - 1023
	return uint8(min(exponent/2, classes-1))
}

// gapped leaves two bits free behind each of the last six.
func gapped(v uint32) (out uint32) {
	for k := range 6 {
		out |= v >> k & 1 << (3 * k)
	}
	return out
}

// sorted numbers keys of 22 bits in their order, equal ones in that of their numbers: twice by
// half of the bits.
func sorted(keys []uint32) []uint32 {
	const half = 11
	order, next := make([]uint32, len(keys)), make([]uint32, len(keys))
	for i := range order {
		order[i] = uint32(i)
	}
	for shift := 0; shift < 2*half; shift += half {
		var starts [1<<half + 1]uint32
		for _, k := range keys {
			starts[k>>shift&(1<<half-1)+1]++
		}
		for i := range 1 << half {
			starts[i+1] += starts[i]
		}
		for _, i := range order {
			at := &starts[keys[i]>>shift&(1<<half-1)]
			next[*at] = i
			*at++
		}
		order, next = next, order
	}
	return order
}

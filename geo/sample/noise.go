package sample

import "math"

// noise is value noise from an integer hash: no table, no state but the seed.
type noise uint32

// hash mixes integers to 32 well-spread bits (the finaliser of MurmurHash3).
func (n noise) hash(vs ...int) uint32 {
	h := uint32(n) ^ 0x9e3779b9
	for _, v := range vs {
		h ^= uint32(v)
		h ^= h >> 16
		h *= 0x85ebca6b
		h ^= h >> 13
		h *= 0xc2b2ae35
		h ^= h >> 16
	}
	return h
}

// unit is a number in [0, 1) that depends on the integers only.
func (n noise) unit(vs ...int) float64 { return float64(n.hash(vs...)) / (1 << 32) }

// between is a number in [lo, hi).
func (n noise) between(lo, hi float64, vs ...int) float64 { return lo + (hi-lo)*n.unit(vs...) }

// value is smooth noise in [-1, 1].
func (n noise) value(x, y float64) float64 {
	fx, fy := math.Floor(x), math.Floor(y)
	ix, iy := int(fx), int(fy)
	tx, ty := fade(x-fx), fade(y-fy)
	a, b := n.unit(ix, iy), n.unit(ix+1, iy)
	c, d := n.unit(ix, iy+1), n.unit(ix+1, iy+1)
	lower, upper := a+float64((b-a)*tx), c+float64((d-c)*tx)
	return 2*(lower+float64((upper-lower)*ty)) - 1
}

func fade(t float64) float64 { return t * t * t * (t*(t*6-15) + 10) }

// fbm sums octaves of value noise, each half as strong and twice as fine; about [-1, 1].
func (n noise) fbm(x, y float64, octaves int) float64 {
	sum, amp, total := 0.0, 1.0, 0.0
	for i := range octaves {
		sum += float64(amp * (n+noise(i)).value(x, y))
		total += amp
		x, y, amp = float64(x*2.03)+17.1, float64(y*1.97)-8.3, amp/2
	}
	return sum / total
}

// ridge is fbm folded into crests, in [0, 1].
func (n noise) ridge(x, y float64, octaves int) float64 { return 1 - math.Abs(n.fbm(x, y, octaves)) }

package terrain

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// Ground is the natural height at a plan position; ok is false where nothing is known.
type Ground func(x, y float64) (h float64, ok bool)

// RoadBed is the corridor of a road. Its heights are the natural ground's, averaged over
// 12 m around each point: they depend on the place alone, so roads that meet do so at one
// height. ok is false where the ground is not known all along.
func RoadBed(line orb.LineString, half float64, ground Ground, b Bank) (Corridor, bool) {
	return corridor(line, half, b, func(x, y float64) (float64, bool) { return around(ground, x, y, 12) })
}

// StreamBed is the corridor of a stream that flows along its line: the falling profile
// that is nearest to the ground (isotonic regression by pooling adjacent violators, Ayer
// et al., "An Empirical Distribution Function for Sampling with Incomplete Information",
// 1955).
func StreamBed(line orb.LineString, half float64, ground Ground, b Bank) (Corridor, bool) {
	c, ok := corridor(line, half, b, func(x, y float64) (float64, bool) { return around(ground, x, y, 6) })
	if ok {
		fall(c.Heights)
	}
	return c, ok
}

// BuildingPad is the level ground of a building: halfway between the lowest and the
// highest ground along its outline, so that cut and fill are alike; relief is how far
// these are apart.
func BuildingPad(outline orb.Polygon, ground Ground, b Bank) (pad Pad, relief float64, ok bool) {
	if len(outline) == 0 {
		return Pad{}, 0, false
	}
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, p := range densify(orb.LineString(outline[0]), 5) {
		if h, ok := ground(p[0], p[1]); ok {
			lo, hi = min(lo, h), max(hi, h)
		}
	}
	return Pad{Outline: outline, Height: (lo + hi) / 2, Bank: b}, hi - lo, lo <= hi
}

func corridor(line orb.LineString, half float64, b Bank, at Ground) (Corridor, bool) {
	c := Corridor{Line: densify(line, 8), Half: half, Bank: b}
	for _, p := range c.Line {
		h, ok := at(p[0], p[1])
		if !ok {
			return c, false
		}
		c.Heights = append(c.Heights, h)
	}
	return c, len(c.Line) > 1
}

// around is the mean over a disc: its middle and two rings.
func around(ground Ground, x, y, radius float64) (float64, bool) {
	sum, ok := ground(x, y)
	if !ok {
		return 0, false
	}
	weight := 1.0
	for k := range 12 {
		r := radius
		if k%2 == 1 {
			r /= 2
		}
		sin, cos := math.Sincos(float64(k) * math.Pi / 6)
		if h, ok := ground(x+float64(r*cos), y+float64(r*sin)); ok {
			sum, weight = sum+h, weight+1
		}
	}
	return sum / weight, true
}

// maxPoints bounds what one line may become.
const maxPoints = 1 << 16

// densify adds points so that none is further than step from the next.
func densify(line orb.LineString, step float64) orb.LineString {
	var out orb.LineString
	for k, p := range line {
		if k > 0 {
			q := line[k-1]
			n := math.Ceil(math.Hypot(p[0]-q[0], p[1]-q[1]) / step)
			if !(n+float64(len(out)) < maxPoints) {
				return out
			}
			for i := 1.0; i < n; i++ {
				t := i / n
				out = append(out, orb.Point{q[0] + float64(t*(p[0]-q[0])), q[1] + float64(t*(p[1]-q[1]))})
			}
		}
		out = append(out, p)
	}
	return out
}

// fall makes heights never rise, by the least squares.
func fall(h []float64) {
	type block struct {
		mean float64
		n    int
	}
	var blocks []block
	for _, v := range h {
		b := block{v, 1}
		for len(blocks) > 0 && blocks[len(blocks)-1].mean < b.mean {
			last := blocks[len(blocks)-1]
			n := last.n + b.n
			b = block{(float64(last.mean*float64(last.n)) + float64(b.mean*float64(b.n))) / float64(n), n}
			blocks = blocks[:len(blocks)-1]
		}
		blocks = append(blocks, b)
	}
	h = h[:0]
	for _, b := range blocks {
		h = append(h, slices.Repeat([]float64{b.mean}, b.n)...)
	}
}

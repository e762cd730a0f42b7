package reference

import (
	"context"
	"math"
	"math/rand/v2"
)

// Ambient says what ambient occlusion is: what stands within Reach metres of a surface
// hides its part of the cosine-weighted hemisphere. The hiding is full up to
// Reach·(1-Falloff) and goes down to none at Reach. Reach may depend on the view depth.
type Ambient struct {
	Reach   func(depth float64) float64
	Falloff float64
	Samples int // a pixel; rounded up to a square
	Seed    uint64
	// Strength, where given, is the share of the hiding that counts at a view depth.
	Strength func(depth float64) float64
	// Skip, where given, says which pixels are left at 1: a part of them is enough for means.
	Skip func(i int) bool
}

// Openness is the occlusion's complement, pixel by pixel, 1 in the sky: truth as such,
// and that limited to surfaces of the first layer, which is all that an algorithm in
// screen space can know.
type Openness struct{ Full, First []float64 }

// Occlusion traces the ambient occlusion of a layer.
func (l *Layer) Occlusion(ctx context.Context, a Ambient) (Openness, error) {
	out := Openness{make([]float64, len(l.hits)), make([]float64, len(l.hits))}
	side := max(int(math.Ceil(math.Sqrt(float64(a.Samples)))), 1)
	err := l.each(ctx, a.Seed, func(i int, random *rand.Rand) {
		h, ok := l.At(i)
		if !ok || a.Skip != nil && a.Skip(i) {
			out.Full[i], out.First[i] = 1, 1
			return
		}
		reach, strength := a.Reach(h.Distance), 1.0
		if a.Strength != nil {
			strength = a.Strength(h.Distance)
		}
		full, first := 0.0, 0.0
		for k := range side * side {
			u, v := (float64(k%side)+random.Float64())/float64(side), (float64(k/side)+random.Float64())/float64(side)
			d := cosine(h.Normal, u, v)
			if d.Dot(h.Geometric) <= 0 { // below the flat triangle of a rounded surface
				continue
			}
			f, s := l.hidden(h.off(), d, reach, a.Falloff)
			full += f
			first += s
		}
		n := float64(side * side)
		out.Full[i], out.First[i] = 1-strength*full/n, 1-strength*first/n
	})
	return out, err
}

// hidden is how much what a ray meets hides: the nearest surface, and the nearest that
// is part of the first layer.
func (l *Layer) hidden(from, along vec, reach, falloff float64) (full, first float64) {
	r := ray{from: from, along: along, far: reach}
	for range 16 { // surfaces one behind the other
		h, ok := l.scene.nearest(r, occluding)
		if !ok {
			return full, first
		}
		weight := min(max((reach-h.Distance)/(reach*falloff), 0), 1)
		full = max(full, weight)
		if _, _, shown := l.Shows(h.Position); shown {
			return full, weight
		}
		r.near = h.Distance*(1+1e-9) + 1e-6
	}
	return full, first
}

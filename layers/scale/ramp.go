package scale

import (
	"github.com/longtake/longtake/scene"
)

// ramp is colours at even shares from 0 to 1, joined beforehand: a million rows cost a
// look-up each.
type ramp [1024]scene.Color

// newRamp joins colours by mix.
func newRamp(colors []scene.Color, mix func(a, b scene.Color, f float64) scene.Color) *ramp {
	r := &ramp{}
	for i := range r {
		at := float64(i) / float64(len(r)-1) * float64(len(colors)-1)
		k := min(int(at), max(len(colors)-2, 0))
		r[i] = mix(colors[k], colors[min(k+1, len(colors)-1)], at-float64(k))
	}
	return r
}

func (r *ramp) at(share float64) scene.Color {
	return r[int(share*float64(len(r)-1)+0.5)]
}

// spread picks n colours at even shares, both ends among them.
func (r *ramp) spread(n int) []scene.Color {
	out := make([]scene.Color, n)
	for i := range out {
		share := 0.5
		if n > 1 {
			share = float64(i) / float64(n-1)
		}
		out[i] = r.at(share)
	}
	return out
}

// mixRGB joins in sRGB, as palettes are published.
func mixRGB(a, b scene.Color, f float64) scene.Color { return a.Mix(b, f) }

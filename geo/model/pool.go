package model

import (
	"math"

	"github.com/longtake/longtake/geo"
)

// throw is how a lamp lights the ground: the height of its heads over their places.
type throw struct {
	height float64
	at     []vec
}

var throws = map[string]throw{
	"lamp":        {8, []vec{{1.6, 0, 0}}},
	"lamp-double": {8, []vec{{1.6, 0, 0}, {-1.6, 0, 0}}},
	"lantern":     {4.2, []vec{{}}},
}

// Pool is the light that a model throws on the ground in the dark, as a disc to be added
// to the picture: alpha is the illuminance as a share of that under the head. It is no
// part of the model's meshes, as only a renderer that adds light can use it. ok is false
// for what gives no light.
func Pool(name string) (m geo.Mesh, ok bool) {
	t, ok := throws[Near(name)]
	if !ok {
		return geo.Mesh{}, false
	}
	p := newPiece(geo.Pool)
	p.Bias = 150 // wins over the ground that rises or falls under it
	const sides = 20
	rings := [...]float64{0, 0.22, 0.45, 0.7, 1, 1.35, 1.8} // in heights of the lamp
	for _, at := range t.at {
		first := uint32(len(p.Positions))
		for _, r := range rings {
			// A lamp that shines evenly down: E falls with the fourth power of the cosine.
			share := 1/math.Pow(1+r*r, 2) - 1/math.Pow(1+1.8*1.8, 2)
			c := lightWarm.shade(1)
			c[3] = uint8(math.Round(255 * math.Max(share, 0)))
			for i := range sides {
				s, k := math.Sincos(2 * math.Pi * float64(i) / sides)
				p.vertex(vec{at[0] + r*t.height*k, at[1] + r*t.height*s, 0.08}, vec{0, 0, 1}, c)
			}
		}
		for k := range uint32(len(rings) - 1) {
			for i := range uint32(sides) {
				a, b := first+k*sides+i, first+k*sides+(i+1)%sides
				p.tri(a, a+sides, b+sides)
				if k > 0 {
					p.tri(a, b+sides, b)
				}
			}
		}
	}
	for i := range p.Positions {
		for k := range 3 {
			p.Positions[i][k] /= float32(t.height)
		}
	}
	return p.Mesh, true
}

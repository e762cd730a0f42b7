package pipeline

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
)

// The layer of clouds that is seen from below.
const (
	layerHeight = 1500.0   // metres of its base above the globe
	layerPeriod = 19_000.0 // metres after which its field repeats
	layerWind   = 7.0      // m/s
	layerTexels = 1024     // of the field, a side
)

// layerBlock is where the eye is in the field of the cloud layer, and how directions of the
// eye frame lead on in it: the members layer, layerU and layerV of skyBlock.
type layerBlock struct{ at, u, v [4]float32 }

// layerOf places the field on that of six planes around the Earth that is nearest to the
// eye, projected from the Earth's centre, so that clouds stay where they are while the
// eye moves. Time moves them with the wind.
func layerOf(c *camera, e *Environment, seconds float64) layerBlock {
	up := layerHeight + e.GlobeHeight - c.place.Height
	// Seen from below only: near the base it dissolves.
	share := smooth(60, 500, up)
	if !(e.Clouds > 0) || share == 0 {
		return layerBlock{at: [4]float32{0, 0, 1, 0}}
	}
	p := c.frame.FromLocal(mgl64.Vec3{})
	a := 0
	for k := 1; k < 3; k++ {
		if math.Abs(p[k]) > math.Abs(p[a]) {
			a = k
		}
	}
	b, d := (a+1)%3, (a+2)%3
	const scale = earth.A / layerPeriod
	plane := func(k int) (at float64, along mgl64.Vec3) {
		// Of x_k/x_a, whose gradient is (e_k - e_a·x_k/x_a)/x_a.
		q := p[k] / p[a]
		var g mgl64.Vec3
		g[k], g[a] = 1/p[a], -q/p[a]
		at, along = q*scale+layerWind*seconds/layerPeriod, c.frame.DirToLocal(g).Mul(scale)
		return at - math.Floor(at), along
	}
	u, du := plane(b)
	v, dv := plane(d)
	return layerBlock{at: [4]float32{float32(u), float32(v), float32(up), float32(share)}, u: vec32(du, 1/layerPeriod), v: vec32(dv, layerCut(e.Clouds))}
}

// layerCut is the value of the field from which there is cloud, for a cover: by the field's
// own distribution (TestCloudCover).
func layerCut(cover float64) float64 {
	k := 1
	for k < len(layerCuts)-1 && cover > layerCuts[k][0] {
		k++
	}
	a, b := layerCuts[k-1], layerCuts[k]
	return a[1] + (b[1]-a[1])*mgl64.Clamp((cover-a[0])/(b[0]-a[0]), 0, 1)
}

var layerCuts = [][2]float64{ // cover, value
	{0, 0.72}, {0.02, 0.6145}, {0.1, 0.5575}, {0.25, 0.5139}, {0.5, 0.4639}, {0.75, 0.4111}, {0.9, 0.3619}, {0.98, 0.2988}, {1, 0.16},
}

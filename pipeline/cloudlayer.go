package pipeline

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/pipeline/gpu"
)

// The layer of clouds near the eye.
const (
	layerHeight = 1500.0   // metres of its base above the globe
	layerPeriod = 19_000.0 // metres after which its field repeats
	layerWind   = 7.0      // m/s
	layerTexels = 1024     // of the field, a side
	layerRepeat = 64       // periods after which all copies of it repeat together (cloud_turns.glsl)
)

// layerMean is the mean of the field.
const layerMean = 0.564

// layerBlock is what of the cloud layer is drawn, where the eye is in its field on each
// plane, and how directions of the eye frame lead on in it: the members layer, layerAt,
// layerU and layerV of skyBlock.
type layerBlock struct {
	share    [4]float32
	at, u, v [3][4]float32
}

// layerOf places the field on the planes of a cube around the Earth, by angles from its
// centre (equiangular), so that clouds stay where they are while the eye moves. The angles
// are linear around the eye: those at the horizon slide by 1 % of its way from 80 km up and
// by 6 % from 400. Where two planes are about as near, their fields are blended with the
// contrast of one (Heitz and Neyret 2018). Time moves them with the wind. From high above the
// globe's own clouds say more and more where the layer's are, and at last take their place;
// over tiles, which hide the globe, the layer stays for longer. Clouds with bodies are seen
// from below 26 km.
func layerOf(c *camera, e *Environment, seconds float64, bodies bool) (l layerBlock) {
	up := layerHeight + e.GlobeHeight - c.place.Height
	l.share[2] = 1
	overTiles := 1 - fadeHigh(600, 2000, -up)
	if !(e.Clouds > 0) || overTiles == 0 {
		return l
	}
	// Close to it the layer dissolves into what is within.
	away := smooth(60, 500, math.Abs(up))
	body := 1 - smooth(14_000, 26_000, -up)
	shade, above := 1-fadeHigh(30, 90, -up), 1-globeClouds(-up/1000)
	if bodies {
		shade, above, overTiles = body, above*(1-body), overTiles*(1-body)
	} else {
		body = 1
	}
	l.share = [4]float32{float32(1 - away), float32(shade), float32(up), float32(away * body)}
	l.u[1][3], l.u[2][3] = float32(away*above), float32(away*overTiles)
	l.v[1][3], l.v[2][3] = float32(fadeHigh(25, 200, -up)), float32(layerCut(0.5))
	p := c.frame.FromLocal(mgl64.Vec3{})
	most := max(math.Abs(p[0]), math.Abs(p[1]), math.Abs(p[2]))
	var weights mgl64.Vec3
	for k := range weights {
		weights[k] = smooth(0.9, 1, math.Abs(p[k])/most)
	}
	weights = weights.Normalize()
	const scale = earth.A / layerPeriod
	below := p.Len() / (p.Len() + up) // the angles of the layer's metres, not of the eye's
	for a := range weights {
		if weights[a] == 0 {
			continue
		}
		plane := func(k int) (at float64, along mgl64.Vec3) {
			// Of atan(x_k/x_a).
			var g mgl64.Vec3
			r2 := p[a]*p[a] + p[k]*p[k]
			g[k], g[a] = p[a]/r2, -p[k]/r2
			at, along = math.Atan(p[k]/p[a])*scale+layerWind*seconds/layerPeriod, c.frame.DirToLocal(g).Mul(scale*below)
			return at - layerRepeat*math.Floor(at/layerRepeat), along
		}
		u, du := plane((a + 1) % 3)
		v, dv := plane((a + 2) % 3)
		l.at[a], l.u[a], l.v[a] = [4]float32{float32(u), float32(v), float32(weights[a]), 0}, vec32(du, float64(l.u[a][3])), vec32(dv, float64(l.v[a][3]))
	}
	l.at[0][3] = float32(layerMean * (1 - weights[0] - weights[1] - weights[2]))
	l.u[0][3], l.v[0][3] = 1/layerPeriod, float32(layerCut(e.Clouds))
	return l
}

// fadeHigh rises from 0 to 1 between two heights in km, as evenly as a flight from orbit
// passes them.
func fadeHigh(from, to, metres float64) float64 {
	return smooth(math.Log(from), math.Log(to), math.Log(math.Max(metres/1000, 1)))
}

// globeClouds is the share of the globe's own clouds that is drawn so many km up.
func globeClouds(km float64) float64 { return fadeHigh(80, 400, km*1000) }

// addClouds adds the pass that draws the layer from above and from within. Frames below it
// skip it: there it is a part of the sky.
func (r *Renderer) addClouds(g *graph, depth, lit handle) (handle, error) {
	prog, err := r.screenProgram("clouds.frag")
	if err != nil {
		return lit, err
	}
	g.Add("clouds", func(b *builder) exec {
		b.Read(depth)
		lit = b.Write(lit)
		out := lit
		return func(c *context) error {
			if b := &r.air.now; (b.layer[0] == 0 || !r.air.flat) && (b.layerU[2][3] == 0 || b.layer[2] >= 0) {
				return nil
			}
			r.air.sources(prog)
			prog.Texture("depthMap", c.Tex(depth))
			return r.drawOver(prog, gpu.State{Blend: gpu.BlendPremultiplied, Linear: true}, nil, c.Tex(out))
		}
	})
	return lit, nil
}

// layerCut is the value of the field from which there is cloud, for a cover: by the field's
// own distribution (TestCloudCover).
func layerCut(cover float64) float64 { return cutOf(layerCuts, cover) }

// globeCut is the same for the map of the globe's clouds (TestGlobeCover).
func globeCut(cover float64) float64 { return cutOf(globeCuts, cover) }

// cutOf interpolates in a table of covers and values.
func cutOf(cuts [][2]float64, cover float64) float64 {
	k := 1
	for k < len(cuts)-1 && cover > cuts[k][0] {
		k++
	}
	a, b := cuts[k-1], cuts[k]
	return a[1] + (b[1]-a[1])*mgl64.Clamp((cover-a[0])/(b[0]-a[0]), 0, 1)
}

var layerCuts = [][2]float64{ // cover, value
	{0, 0.72}, {0.02, 0.6163}, {0.1, 0.5595}, {0.25, 0.5141}, {0.5, 0.4629}, {0.75, 0.4106}, {0.9, 0.3624}, {0.98, 0.2986}, {1, 0.16},
}

var globeCuts = [][2]float64{
	{0, 0.9}, {0.02, 0.59}, {0.1, 0.487}, {0.25, 0.415}, {0.5, 0.336}, {0.75, 0.26}, {0.9, 0.193}, {0.98, 0.11}, {1, -0.02},
}

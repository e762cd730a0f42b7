package pipeline

import (
	"math"

	"github.com/longtake/longtake/pipeline/framegraph"
	"github.com/longtake/longtake/pipeline/gpu"
)

// addLinearDepth adds the pass that turns depth into metres along the view axis.
func addLinearDepth(g *graph, r *Renderer, depth, properties handle) (out handle, err error) {
	p, err := r.screenProgram("depth_linear.frag")
	if err != nil {
		return out, err
	}
	d := g.Desc(depth)
	g.Add("linear depth", func(b *builder) exec {
		b.Read(depth)
		b.Read(properties)
		out = b.Write(b.Create("linear depth", framegraph.Desc{Width: d.Width, Height: d.Height, Format: gpu.R32F}))
		h := out
		return func(c *context) error {
			p.Texels("source", c.Tex(depth))
			p.Texels("gProperties", c.Tex(properties))
			return r.drawLevel(p, c.Tex(h), 0)
		}
	})
	return out, nil
}

// aoRadius is the reach of ambient occlusion in metres: rooms and kerbs when close to the
// ground, courtyards and streets from above.
func aoRadius(height float64) float64 { return min(max(0.5+height*0.02, 1.2), 8) }

// Figures of ambient occlusion: the reach beyond the radius that makes up for steps in the picture
// (XeGTAO's multiplier), the share of it over which hiding fades, and the pixels that the
// reach may span: at least so many, at most this share of the picture's height.
const (
	aoReachFactor   = 1.457
	AmbientFalloff  = 0.615
	aoPixelsLeast   = 8
	aoPixelsHighest = 0.12
)

// AmbientReach is how far ambient occlusion of the last frame looks from a surface at a
// view depth, both in metres.
func (r *Renderer) AmbientReach(depth float64) float64 {
	foot := depth * 2 * r.camera.tanY / float64(r.height)
	return min(max(r.aoReach*aoReachFactor, aoPixelsLeast*foot), aoPixelsHighest*float64(r.height)*foot)
}

// AmbientStrength is how much of its occlusion a surface at a view depth keeps: what
// spans less than two pixels fades, and is gone at half a pixel.
func (r *Renderer) AmbientStrength(depth float64) float64 {
	foot := depth * 2 * r.camera.tanY / float64(r.height)
	return min(max((r.aoReach*aoReachFactor/foot-0.5)/1.5, 0), 1)
}

// addAO adds ground-truth ambient occlusion and its filter: a picture of how much of the
// sky a pixel sees near by and, in a second channel, further off, by the map of heights.
// reach and noise are read when the pass runs.
func addAO(g *graph, r *Renderer, q Quality, linear handle, gb gbufferHandles, heights handle, reach *float64, noise *uint32) (out handle, err error) {
	live := r.options.Live && q.TAA // the history holds what the frames before have traced
	size := "HALF 0"
	switch {
	case q.AOHalf && live:
		size = "HALF 2"
	case q.AOHalf:
		size = "HALF 1"
	}
	trace, err := r.screenProgram("ao.frag", size, boolDefine("HEIGHTS", q.SkySize > 0), boolDefine("PLANES", q.Planes))
	if err != nil {
		return out, err
	}
	filter, err := r.screenProgram("ao_filter.frag", size)
	if err != nil {
		return out, err
	}
	d := g.Desc(linear)
	w, h := d.Width, d.Height
	if q.AOHalf {
		w, h = half(w), half(h)
	}
	slices := q.AOSlices
	if live {
		slices = (slices + 1) / 2
		if q.AOHalf {
			w = half(w)
		}
	}
	var raw handle
	g.Add("ao", func(b *builder) exec {
		b.Read(linear)
		b.Read(gb.normal)
		b.Read(gb.plane)
		b.Read(heights)
		raw = b.Write(b.Create("ao raw", framegraph.Desc{Width: w, Height: h, Format: gpu.RG32F}))
		h := raw
		return func(c *context) error {
			trace.Texels("linearDepth", c.Tex(linear))
			trace.Texels("gNormal", c.Tex(gb.normal))
			if q.Planes {
				trace.Texels("gPlane", c.Tex(gb.plane))
			}
			trace.Int("slices", slices)
			trace.Int("steps", max(q.AOSteps, 1))
			trace.Float("radius", float32(*reach*aoReachFactor))
			a := q.Ambient
			if a == (Ambient{}) {
				a = DefaultAmbient
			}
			trace.Vec2("spread", aoPixelsLeast, aoPixelsHighest)
			trace.Vec4("tuning", a.Reach, AmbientFalloff*a.Falloff, a.Power, a.Extent)
			trace.Uint("noiseIndex", *noise)
			trace.Int("turn", int(*noise&1))
			if q.SkySize > 0 {
				trace.Texels("skyHeights", c.Tex(heights))
				l := &r.heights.cover.layer[0]
				trace.Vec4("skyPlace", float32(l.center[0]), float32(l.center[1]), float32(l.center[2]), float32(l.radius))
				trace.Int("skyAzimuths", q.SkyAzimuths)
				trace.Int("skySteps", q.SkySteps)
				first, step := math.Pi/2/float64(q.SkyAzimuths), 2*math.Pi/float64(q.SkyAzimuths)
				trace.Vec4("skyTurn", float32(math.Cos(first)), float32(math.Sin(first)), float32(math.Cos(step)), float32(math.Sin(step)))
			}
			return r.drawLevel(trace, c.Tex(h), 0)
		}
	})
	g.Add("ao filter", func(b *builder) exec {
		b.Read(linear)
		b.Read(raw)
		out = b.Write(b.Create("ao", framegraph.Desc{Width: d.Width, Height: d.Height, Format: gpu.RG8}))
		h := out
		return func(c *context) error {
			filter.Texels("aoMap", c.Tex(raw))
			taps := 5
			if !q.AOHalf && !r.options.Live {
				taps = 1
			}
			filter.Int("taps", taps)
			filter.Int("turn", int(*noise&1))
			filter.Texels("linearDepth", c.Tex(linear))
			return r.drawLevel(filter, c.Tex(h), 0)
		}
	})
	return out, nil
}

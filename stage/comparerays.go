package stage

import (
	"context"
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/pipeline/reference"
	"github.com/longtake/longtake/pipeline/reference/metric"
	"github.com/longtake/longtake/pipeline/sky"
)

// normal is the picture's at a pixel.
func (t *truth) normal(i int) mgl64.Vec3 {
	n := t.planes["normal"].Data[3*i : 3*i+3]
	return mgl64.Vec3{float64(n[0]), float64(n[1]), float64(n[2])}
}

// closeEnough is how far in pixels a hit may be from the true one to be the same hit.
const closeEnough = 4.0

// reflections judges the hits of mirror rays, thrown back by the picture's own normals. A
// hit is right where the true ray ends within closeEnough of it on a side of a surface that
// the picture shows, in that pixel or one beside it. Those are to be found whose true ray ends
// in the very pixel that shows it, at least a pixel away.
func (t *truth) reflections(ctx context.Context) (*SSRScore, error) {
	hits, rough := t.planes["hits"], t.planes["roughness"]
	half := hits.Width < t.Size.Width
	limit := float32(t.quality.SSRRoughness)
	shiny := func(i int) bool { return t.same[i] && rough.Data[i] <= limit }
	rays, err := t.layer.Mirror(ctx, func(i int) ([3]float64, bool) { return t.normal(i), shiny(i) })
	if err != nil {
		return nil, err
	}
	s := &SSRScore{}
	var by [kinds]tally
	var off []float64
	state := make([]float64, len(t.same)) // for the map: 1 right, -1 wrong, 0.5 missed
	for j := range hits.Width * hits.Height {
		i := j
		if half { // each stands for the lower left of four pixels
			x, y := 2*(j%hits.Width), t.Size.Height-1-2*(hits.Height-1-j/hits.Width)
			i = max(y, 0)*t.Size.Width + min(x, t.Size.Width-1)
		}
		if !shiny(i) {
			continue
		}
		s.Pixels++
		h, m := hits.Data[3*j:3*j+3], rays[i]
		x, y := float64(h[0]), float64(h[1])
		distance := math.Hypot(x-m.X, y-m.Y)
		found := h[2] > 0
		kind := t.shows[i]
		if m.Near {
			kind = doubtful(kind, t.at(m.X, m.Y))
		}
		if found {
			kind = doubtful(kind, t.at(x, y))
		}
		c := &by[kind]
		if found {
			c.found++
			state[i] = -1
			if m.Near {
				off = append(off, distance)
				if distance <= closeEnough {
					c.right++
					state[i] = 1
				}
			}
		}
		if m.Shown {
			c.shown++
			if found {
				c.caught++
			} else {
				state[i] = 0.5
			}
		}
	}
	var all tally
	for k := range by {
		c := &by[k]
		all.found, all.right, all.shown, all.caught = all.found+c.found, all.right+c.right, all.shown+c.shown, all.caught+c.caught
	}
	if all.found == 0 && all.shown == 0 {
		return nil, nil // nothing reflects anything: not measured
	}
	p := all.part()
	s.Precision, s.Recall = p.Precision, p.Recall
	s.Parts = partsOf(func(k aspect) SSRPart { return by[k].part() })
	if len(off) > 0 {
		s.MedianPX = median(off)
	}
	return s, t.heat("ssr-hits", func(i int) float64 { return state[i] }, 1)
}

// shadow judges the sun's share where surfaces face the sun and a cascade reaches.
func (t *truth) shadow(ctx context.Context) (*ShadowScore, error) {
	sun := t.scene.Frame.DirToLocal(t.frame.Env.Sun).Normalize()
	if sun[2] < 0 {
		return nil, nil
	}
	var texels []float64
	texel := func(i int) float64 {
		h, ok := t.layer.At(i)
		if !ok {
			return 0
		}
		return t.renderer.ShadowTexel(h.Distance)
	}
	shades, err := t.layer.Sunlit(ctx, sun, texel)
	if err != nil {
		return nil, err
	}
	mask := t.planes["shadow"].Data
	n, wrong, beyond := 0, 0, 0
	state := make([]float64, len(mask))
	for i, s := range shades {
		h, _ := t.layer.At(i)
		if !t.same[i] || !s.Surface || texel(i) == 0 || h.Material.Model == drawable.Foliage || h.Material.Model == drawable.Unlit || h.Material.Model == drawable.Water {
			continue
		}
		n++
		texels = append(texels, texel(i))
		lit := mask[i] > 0.5
		if lit == s.Lit {
			continue
		}
		wrong++
		state[i] = 0.4
		if lit && !s.Any || !lit && s.All {
			beyond++
			state[i] = 1
		}
		if !lit {
			state[i] = -state[i]
		}
	}
	if n == 0 {
		return nil, nil
	}
	out := &ShadowScore{Wrong: float64(wrong) / float64(n), Beyond: float64(beyond) / float64(n), Texel: median(texels)}
	return out, t.heat("shadow-error", func(i int) float64 { return state[i] }, 1)
}

// image judges the whole picture: the same materials as the picture's at the first
// surfaces, light that bounces behind them, both exposed for the mean of the truth.
func (t *truth) image(ctx context.Context) (*ImageScore, error) {
	env := &t.frame.Env
	sun := t.scene.Frame.DirToLocal(env.Sun).Normalize()
	light := reference.NewLight(sky.NewAir(env.Haze), sky.NewGlobe(t.frame.View.Eye, env.GlobeHeight), sun, pipeline.Solar)
	traced, err := t.layer.Radiance(ctx, reference.Tracer{
		Light: light, Lamps: t.scene.Lamps(t.frame.Draws, pipeline.Night(sun[2])), Bounces: 4, Samples: t.Paths, Primary: t.surface,
	})
	if err != nil {
		return nil, err
	}
	drawn := t.planes["light"].Data
	expose := exposureOf(traced)
	a, b := make([][3]float64, len(traced)), make([][3]float64, len(traced))
	for i, l := range traced {
		a[i] = reference.AgX(l.Mul(expose))
		b[i] = reference.AgX(mgl64.Vec3{float64(drawn[3*i]), float64(drawn[3*i+1]), float64(drawn[3*i+2])}.Mul(expose))
	}
	per, flip := metric.FLIP(a, b, t.Size.Width, t.Size.Height, metric.PixelsPerDegree)
	s := &ImageScore{FLIP: flip}
	if psnr := metric.PSNR(a, b); !math.IsInf(psnr, 0) {
		s.PSNR = &psnr
	}
	if err := t.colours("truth", a); err != nil {
		return nil, err
	}
	if err := t.colours("picture", b); err != nil {
		return nil, err
	}
	return s, t.heat("flip", func(i int) float64 { return per[i] }, 1)
}

// surface is what the G-buffer says of a pixel.
func (t *truth) surface(i int) (s reference.Surface, ok bool) {
	if !t.same[i] {
		return s, false
	}
	m := t.planes["material"].Data[4*i : 4*i+4]
	s = reference.Surface{
		Roughness: float64(t.planes["roughness"].Data[i]), Metallic: float64(m[0]), Reflectance: float64(m[1]), Normal: t.normal(i),
		Leaf: drawable.Model(m[3]) == drawable.Foliage, Unlit: drawable.Model(m[3]) == drawable.Unlit,
	}
	for k := range 3 {
		s.Base[k], s.Emission[k] = float64(t.planes["albedo"].Data[3*i+k]), float64(t.planes["emission"].Data[3*i+k])
	}
	return s, true
}

// exposureOf puts the mean of the logarithms of a picture at middle grey.
func exposureOf(light []mgl64.Vec3) float64 {
	sum := 0.0
	for _, l := range light {
		sum += math.Log(math.Max(0.2126*l[0]+0.7152*l[1]+0.0722*l[2], 1e-9))
	}
	return 0.18 / math.Exp(sum/float64(max(len(light), 1)))
}

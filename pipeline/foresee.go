package pipeline

import (
	"math"

	"github.com/longtake/longtake/layers/drawable"
)

// frameKind is what of a frame chooses the programs that draw it, besides what it draws.
type frameKind struct {
	weather                                    variant
	clouds, layer, moon, air, shade, cascades  int
	stars, within, fog, rain, snow, clear, far bool
	lens                                       lensUse
	tone                                       ToneMap
}

// kindOf finds the kind of a frame without drawing it.
func (r *Renderer) kindOf(f *Frame) frameKind {
	q := r.options.Quality
	c := newCamera(&f.View, f.Env.GroundHeight, r.options.Width, r.options.Height)
	air := skyPass{r: r, now: newSkyBlock(&c, f, q), flat: q.CloudSteps == 0}
	sun := c.frame.DirToLocal(f.Env.Sun)
	k := frameKind{
		weather: weatherOf(Night(sun[2]), f.Env.Wetness, f.Env.SnowCover, c.place.Height),
		clouds:  air.cloudKind(), layer: air.shadeKind(), moon: air.moonUp(), air: air.airKind(),
		cascades: fitCascades(&c, f.Env.Sun, f.Env.GroundHeight, q).n,
		stars:    air.starsShown(), within: air.now.layer[0] > 0, fog: f.Env.FogVisibility > 0,
		rain: f.Env.Rain > 0, snow: f.Env.Snow > 0, clear: f.Env.Transparent, far: c.eye.Len() > spaceFrom,
		lens: lensOf(f), tone: f.Env.ToneMap,
	}
	if f.Env.Relief != nil && sun[2] < shadeGone && sun[2] >= keyGone {
		k.shade = 1
	}
	return k
}

// Foresee makes, live, the programs of what may follow a frame: it draws one frame of each kind
// that comes among others, which are given by their views and environments, with what the frame
// draws, and forgets the picture. Where it is night then, lamps shine, too. From then on whatever
// comes into view is made for all of these kinds of weather at once, so that no change of it halts
// a picture.
func (r *Renderer) Foresee(f *Frame, others []Frame) error {
	if !r.options.Live {
		return nil
	}
	seen := map[frameKind]bool{r.kindOf(f): true}
	number := r.number
	kinds := make([]frameKind, len(others))
	r.foreseen = r.foreseen[:0]
	for i := range others {
		kinds[i] = r.kindOf(&others[i])
		r.foresee(kinds[i].weather)
	}
	for i, k := range kinds {
		if seen[k] {
			continue
		}
		seen[k] = true
		g := others[i]
		g.Draws, g.Outlines, g.Previous = f.Draws, f.Outlines, nil
		if err := r.Draw(&g); err != nil {
			return err
		}
		if err := r.air.behindPrograms(); err != nil {
			return err
		}
		if k.weather&variantNight == 0 {
			continue
		}
		g.Draws = append(g.Draws[:len(g.Draws):len(g.Draws)], drawable.Draw{What: lampAt(&r.camera)})
		if err := r.Draw(&g); err != nil {
			return err
		}
	}
	r.number, r.drawn, r.held = number, false, 0
	return nil
}

// foresee notes a kind of weather.
func (r *Renderer) foresee(w variant) {
	for _, have := range r.foreseen {
		if have == w {
			return
		}
	}
	r.foreseen = append(r.foreseen, w)
}

func (r *Renderer) foreseesNight() bool {
	for _, w := range r.foreseen {
		if w&variantNight != 0 {
			return true
		}
	}
	return false
}

// lampAt is a weak lamp before the eye.
func lampAt(c *camera) *drawable.Lights {
	l := &drawable.Lights{Frame: c.frame.Matrix(), Items: []drawable.Light{{Range: 10, Intensity: [3]float32{1, 1, 1}, Inner: -1, Outer: -1}}}
	for k := range 3 {
		l.Items[0].Position[k] = float32(c.forward[k] * math.Max(5, 2*c.near))
	}
	return l.Bound()
}

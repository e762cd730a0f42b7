package decor

import (
	"math"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/mark"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "ring-wall", Group: "decoration", Doc: "round walls of light that stand around places or expand from them",
	New: func() any {
		return &RingWall{Radius: scale.NumberBy{Constant: 300}, Height: scale.NumberBy{Constant: 120}, Color: scale.ColorBy{Constant: scene.Color{80, 220, 255, 255}}, Motion: "expand", Pattern: "plain", Count: 2, Period: 3, Emission: 1.4}
	},
	Examples: []scene.Example{
		{Layer: `source: places, radius: 420, height: 170`},
		{Name: "barrier", Doc: "a wall with arrows around a place", Layer: `at: {lng: -30.505, lat: 36.499}, radius: 800, height: 260, motion: none, pattern: arrows, color: "#ffb020"`},
		{Name: "sparks", Doc: "sparks that rise around a place", Layer: `at: {lng: -30.505, lat: 36.499}, radius: 700, height: 700, motion: none, pattern: sparks, color: "#ffd27a", emission: 5`, Time: "2026-06-21T21:40:00Z"},
		{Name: "rings", Doc: "rings of light that rise", Layer: `at: {lng: -30.505, lat: 36.499}, radius: 600, height: 500, motion: none, pattern: bands, color: "#66e0ff"`},
	},
})

// RingWall draws round walls at every point of its rows, 32 bytes each; those that expand are
// placed anew for each frame by the time alone.
type RingWall struct {
	mark.Where
	Radius   scale.NumberBy `json:"radius" unit:"m" doc:"of the wall, or at which an expanding one is gone"`
	Height   scale.NumberBy `json:"height" unit:"m" doc:"of the wall; it fades towards its top"`
	Color    scale.ColorBy  `json:"color" theme:"accent" doc:"colour"`
	Motion   string         `json:"motion" enum:"none,expand" doc:"whether it stands or leaves its place"`
	Pattern  string         `json:"pattern" enum:"plain,stripes,arrows,bands,sparks,hexagons" doc:"on the wall"`
	Count    int            `json:"count" min:"1" max:"8" doc:"how many expand at a time"`
	Period   float64        `json:"period" above:"0" max:"3600" unit:"s" doc:"from the middle to the radius; of the pattern"`
	Emission float64        `json:"emission" min:"0" max:"100" doc:"brightness; up to 1 colours are exact, above they glow"`
}

var wallPatterns = map[string]drawable.Effect{
	"plain":    {Pattern: drawable.Bands, Repeat: 1, Width: 0.5, Fill: 1, Fade: 1},
	"stripes":  {Pattern: drawable.Stripes, Repeat: 48, Width: 0.4, Softness: 0.3, Fill: 0.12, Fade: 1},
	"arrows":   {Pattern: drawable.Chevrons, Repeat: 36, Width: 0.42, Softness: 0.4, Fill: 0.08, Fade: 0.6},
	"bands":    {Pattern: drawable.Bands, Repeat: 3, Width: 0.14, Softness: 1, Fill: 0.04, Fade: 1},
	"sparks":   {Pattern: drawable.Sparks, Repeat: 140, Width: 0.12, Fade: 0.6},
	"hexagons": {Pattern: drawable.Hexagons, Repeat: 40, Width: 0.08, Softness: 0.8, Fill: 0.3, Band: true},
}

// Draw makes instances of a cylinder's wall, or what moves them.
func (w *RingWall) Draw(c *layer.Context) ([]drawable.Draw, error) {
	l, err := looksOf(c, &w.Where, w.Color, w.Radius, &w.Height)
	if err != nil {
		return nil, err
	}
	e := wallPatterns[w.Pattern]
	e.Period, e.Emission = float32(w.Period), float32(w.Emission)
	wall := mark.Tube(mark.Material("ring wall", e, c.Blend(drawable.Alpha)), 96)
	out := mark.Copies(mark.Groups(l.spots), wall, func(row int, it *drawable.Instance) {
		it.Scale, it.Color = [2]float32{float32(l.radii[row]), float32(l.heights[row])}, l.colors[row]
	})
	if w.Motion == "none" {
		return out, nil
	}
	for i := range out {
		out[i].What = w.expanding(out[i].What.(*drawable.Instances))
	}
	return out, nil
}

// expanding walls leave their middle one after the other, lower and fainter on the way.
func (w *RingWall) expanding(d *drawable.Instances) *drawable.Moving {
	return mark.Moving(d, func(now float64, it drawable.Instance, out []drawable.Instance) []drawable.Instance {
		for k := range w.Count {
			f := mark.Phase(now/w.Period+float64(k)/float64(w.Count), it.Feature)
			one := it
			one.Scale = [2]float32{it.Scale[0] * float32(max(f, 0.01)), it.Scale[1] * float32(1-0.75*f)}
			one.Color[3] = uint8(float64(it.Color[3]) * math.Min(8*f, 1) * (1 - f))
			out = append(out, one)
		}
		return out
	})
}

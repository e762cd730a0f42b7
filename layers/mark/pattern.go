package mark

import (
	"github.com/longtake/longtake/layers/drawable"
)

// Pattern is embedded by types with a pattern that moves. Numbers of 0 are the pattern's own.
type Pattern struct {
	Pattern  string  `json:"pattern" enum:"disc,breathe,ripple,sweep,turntable,scan,spiral,hexagons,grid,energy,flash,sparkle" doc:"what moves: a disc, one that breathes, rings that run outwards, a radar's beam, rings of a turntable, one wave, arms that wind outwards, a net of hexagons, a grid, bolts, a double beat, a star that flashes up"`
	Period   float64 `json:"period" min:"-3600" max:"3600" unit:"s" doc:"of a cycle; negative runs backwards; 0 is the pattern's own"`
	Repeat   float64 `json:"repeat" min:"0" max:"1000" doc:"how many rings, arms, ticks or cells; 0 is the pattern's own"`
	Width    float64 `json:"width" min:"0" max:"1" doc:"share that is full of a ring, a beam or a cell; 0 is the pattern's own"`
	Stagger  float64 `json:"stagger" min:"0" max:"1" doc:"share of a cycle by which rows are apart"`
	Emission float64 `json:"emission" min:"0" max:"100" doc:"brightness; up to 1 colours are exact, above they glow"`
}

// own is what each pattern looks like where a document says nothing.
var own = map[string]drawable.Effect{
	"disc":      {Pattern: drawable.Disc, Width: 0.05, Fill: 0.35, Softness: 0.6},
	"breathe":   {Pattern: drawable.Breathe, Period: 2.4, Width: 0.05, Fill: 0.5, Softness: 0.75},
	"ripple":    {Pattern: drawable.Ripple, Period: 1.6, Repeat: 3, Width: 0.11, Softness: 0.9, Fill: 1},
	"sweep":     {Pattern: drawable.Sweep, Period: 4, Repeat: 4, Width: 0.17, Softness: 1, Fill: 0.14},
	"turntable": {Pattern: drawable.Turntable, Period: 12, Repeat: 72, Width: 0.5, Fill: 0.07, Softness: 0},
	"scan":      {Pattern: drawable.Scan, Period: 4, Repeat: 40, Width: 0.45, Fade: 0.75},
	"spiral":    {Pattern: drawable.Spiral, Period: 2, Repeat: 3, Width: 0.3, Softness: 0.8, Fill: 0.5, Fade: 0.7},
	"hexagons":  {Pattern: drawable.Hexagons, Period: 4, Repeat: 9, Width: 0.06, Softness: 0.8, Fill: 0.25, Fade: 0.6},
	"grid":      {Pattern: drawable.Grid, Period: 4, Repeat: 12, Width: 0.05, Fill: 0.08, Fade: 0.8},
	"energy":    {Pattern: drawable.Energy, Period: 5, Repeat: 3, Width: 0.045, Softness: 0.3, Fill: 0.02, Fade: 0.3},
	"flash":     {Pattern: drawable.Flash, Period: 1.4, Width: 0.06, Fill: 0.6, Softness: 0.6},
	"sparkle":   {Pattern: drawable.Sparkle, Period: 3, Fill: 0.8},
}

// Effect is the pattern with what the document says of it.
func (p *Pattern) Effect() drawable.Effect {
	e := own[p.Pattern]
	set := func(to *float32, v float64) {
		if v != 0 {
			*to = float32(v)
		}
	}
	set(&e.Period, p.Period)
	set(&e.Repeat, p.Repeat)
	set(&e.Width, p.Width)
	e.Stagger, e.Emission = float32(p.Stagger), float32(p.Emission)
	return e
}

// Material is a surface with an effect on it.
func Material(name string, e drawable.Effect, b drawable.Blend) *drawable.Material {
	if b != drawable.Additive {
		b = drawable.Alpha
	}
	m := drawable.DefaultMaterial()
	m.Name, m.Model, m.Blend, m.Effect, m.DoubleSided = name, drawable.Unlit, b, e, !e.Projected
	return m
}

package city

import (
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

// Coated is the look of buildings as data: colours of their values, a colour that changes with the
// height, and edges that glow.
type Coated struct {
	Painted
	Gradient Gradient `json:"gradient" doc:"a colour from each building's own ground to its roof, or to a height; the share of it is mix times the alpha of its colours, over the building's own colour or that of its values"`
	Edges    Edges    `json:"edges" doc:"lines of light along buildings' edges: outlines of walls and roofs"`
}

// coated is the default look of a type: as things are.
func coated(mix float64) Coated {
	return Coated{Painted: Painted{Mix: mix}, Gradient: Gradient{Bend: 1}, Edges: Edges{Width: 1.5, Strength: 2.5, Foot: 0.08, Height: 90, Thickest: 0.5}}
}

// Gradient is colour by height.
type Gradient struct {
	From   scene.Color `json:"from" example:"#06142e" doc:"colour at the foot; transparent black keeps what is there"`
	To     scene.Color `json:"to" example:"#27d3ff" doc:"colour at the top"`
	Height float64     `json:"height" min:"0" max:"10000" unit:"m" doc:"height above the building's own ground from which on it has the upper colour; 0 is its own roof"`
	Bend   float64     `json:"bend" min:"0.1" max:"10" doc:"power of the share of the height: above 1 the upper colour keeps to the top"`
	Glow   float64     `json:"glow" min:"0" max:"100" doc:"light of its own, of what the walls have by the gradient; 1 is as bright as white paper by day"`
}

// Edges are lines of light.
type Edges struct {
	Color    scene.Color `json:"color" example:"#35e0ff" doc:"colour of the lines; transparent black, as without it, is none"`
	Width    float64     `json:"width" min:"0" max:"100" unit:"px" doc:"of a 1080-line picture"`
	Strength float64     `json:"strength" min:"0" max:"100" doc:"brightness; above 1 it glows"`
	Foot     float64     `json:"foot" min:"0" max:"1" doc:"share of it at the building's foot"`
	Height   float64     `json:"height" min:"0" max:"10000" unit:"m" doc:"height above the building's own ground from which on all of it is seen, so that towers outshine what is low; 0 is its own roof"`
	Thickest float64     `json:"thickest" min:"0" max:"1000" unit:"m" doc:"width of an edge at the most, so that it grows fainter where pixels are wider and far towns do not become one light; 0 is any"`
}

// draw gives draws of a tileset the look.
func (p *Coated) draw(c *layer.Context, draws []drawable.Draw) ([]drawable.Draw, error) {
	draws, err := p.paint(c, draws)
	if err != nil {
		return nil, err
	}
	coat, edges := p.Gradient.coat(p.Mix), p.Edges.lines()
	for i := range draws {
		t := draws[i].What.(*drawable.Tileset)
		t.Coat, t.Edges = coat, edges
	}
	return draws, nil
}

// coat is what is drawn of the gradient; nil of one that shows nowhere.
func (g *Gradient) coat(share float64) *drawable.Coat {
	if share <= 0 || g.From[3] == 0 && g.To[3] == 0 {
		return nil
	}
	from, to := g.From, g.To
	if from[3] == 0 { // what is not there has no hue of its own
		from = scene.Color{to[0], to[1], to[2], 0}
	}
	if to[3] == 0 {
		to = scene.Color{from[0], from[1], from[2], 0}
	}
	ink := func(c scene.Color) [4]float32 {
		out := c.Linear()
		out[3] = float32(float64(c[3]) / 255 * share)
		return out
	}
	return &drawable.Coat{From: ink(from), To: ink(to), Height: float32(g.Height), Bend: float32(g.Bend), Emission: float32(g.Glow)}
}

// lines is what is drawn of the edges; nil of none.
func (e *Edges) lines() *drawable.Edges {
	if e.Color[3] == 0 || e.Width <= 0 || e.Strength <= 0 {
		return nil
	}
	out := &drawable.Edges{Share: float32(e.Color[3]) / 255, Width: float32(e.Width), Foot: float32(e.Foot), Height: float32(e.Height), Thickest: float32(e.Thickest)}
	linear := e.Color.Linear()
	for k := range out.Color {
		out.Color[k] = linear[k] * float32(e.Strength)
	}
	return out
}

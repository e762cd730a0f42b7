package flows

import (
	"math"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/lines"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "wall-trip", Group: "flows", Doc: "paths with a time at each vertex as upright ribbons, lit where something passes",
	New: func() any {
		return &WallTrip{Timed: Timed{Timestamps: "timestamps", Speed: 1}, Height: scale.NumberBy{Constant: 80}, Color: scale.ColorBy{Constant: scene.Color{255, 190, 60, 255}},
			Trail: scene.Seconds(20), Rest: 0.12, Foot: 0.9, Top: 0.2, Emission: 2}
	},
	Examples: []scene.Example{{Layer: `source: trips, height: 70, loop: 60, trail: 7, rest: 0, color: {field: kind, scale: categorical, palette: set2}`}},
})

// WallTrip raises a wall on each row's path and lights it by time, again and again: without a
// loop, after all of the data's time.
type WallTrip struct {
	layer.Rows
	Timed
	Height   scale.NumberBy `json:"height" doc:"metres of the ribbon"`
	Color    scale.ColorBy  `json:"color" doc:"colour"`
	Trail    scene.Time     `json:"trail" above:"0" max:"86400" unit:"s" doc:"length of the lit part in the data's time"`
	Rest     float64        `json:"rest" min:"0" max:"1" doc:"opacity where it is not lit"`
	Foot     float64        `json:"foot" min:"0" max:"1" doc:"opacity at the ground"`
	Top      float64        `json:"top" min:"0" max:"1" doc:"opacity at the top"`
	Emission float64        `json:"emission" min:"0" max:"100" doc:"brightness; above 1 glows"`
}

// Draw makes one mesh of all walls. What is lit is an effect along u, which is time.
func (p *WallTrip) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	colors, err := p.Color.Colors(t)
	if err != nil {
		return nil, err
	}
	heights, err := p.Height.Numbers(t)
	if err != nil {
		return nil, err
	}
	tracks, err := p.tracks(c)
	if err != nil || len(tracks) == 0 || p.Speed == 0 {
		return nil, err
	}
	loop := p.Loop
	if loop == 0 {
		first, last := math.Inf(1), math.Inf(-1)
		for _, w := range tracks {
			first, last = math.Min(first, w.times[0]), math.Max(last, w.times[len(w.times)-1])
		}
		loop = math.Max(last-first, 1)
	}
	// Along a wall u counts cycles of the data's time, which is the clock of its effect; from a
	// whole one near its beginning, as float32 has no digits for those since 1970.
	period := float32(loop)
	first := math.Round(since(tracks) / float64(period))
	e := float32(p.Emission)
	m := &drawable.Material{Name: "wall trip", Model: drawable.Unlit, Blend: c.Blend(drawable.Additive), Color: [4]float32{e, e, e, 1}, DoubleSided: true,
		Effect: drawable.Effect{Pattern: drawable.Stripes, Period: period, Repeat: 1, Width: float32(math.Min(p.Trail.Seconds()/loop, 1)), Softness: 1, Fill: float32(p.Rest), Emission: 1}}
	wall := lines.NewWall(lines.Corners(c, t.Geometry), m)
	for _, w := range tracks {
		if !(heights[w.row] > 0) {
			continue
		}
		low, high := colors[w.row], colors[w.row]
		low[3], high[3] = uint8(float64(low[3])*p.Foot), uint8(float64(high[3])*p.Top)
		wall.Begin()
		for k, q := range w.at {
			wall.Add(lines.Post{Foot: q, Height: heights[w.row], Low: low, High: high, U: w.times[k]/float64(period) - first, Feature: uint32(w.row)})
		}
	}
	return wall.Draws(), nil
}

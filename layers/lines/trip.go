package lines

import (
	"fmt"
	"math"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "trip", Group: "flows", Doc: "paths with a time at each vertex, drawn as moving trails",
	New: func() any {
		return &Trip{Stroke: Stroke{Width: scale.NumberBy{Constant: 4}, Unit: "px", Emission: 2}, Timestamps: "timestamps",
			Color: scale.ColorBy{Constant: scene.Color{255, 205, 80, 255}}, Trail: scene.Seconds(8), Speed: 1}
	},
	Examples: []scene.Example{{Layer: `source: trips, width: 3, trail: 20s, color: {field: kind, scale: categorical, palette: set2}`}},
})

// Trip animates its rows along time.
type Trip struct {
	Stroke
	Timestamps string        `json:"timestamps" doc:"field with a list of seconds, one for each vertex"`
	Color      scale.ColorBy `json:"color" doc:"colour"`
	Trail      scene.Time    `json:"trail" above:"0" max:"86400" unit:"s" doc:"length of the trail in the data's time"`
	Start      float64       `json:"start" unit:"s" doc:"data time at story time 0"`
	Speed      float64       `json:"speed" min:"-1e9" max:"1e9" doc:"data seconds for a story second"`
}

// Clock turns story time into the layer's own time.
func (p *Trip) Clock(story float64) float64 { return p.Start + story*p.Speed }

// Draw makes timed lines.
func (p *Trip) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	stamps, err := t.Lists(p.Timestamps)
	if err != nil {
		return nil, fmt.Errorf("timestamps: %w", err)
	}
	colors, err := p.Color.Colors(t)
	if err != nil {
		return nil, err
	}
	widths, err := p.Width.Numbers(t)
	if err != nil {
		return nil, err
	}
	var paths []polyline
	for i, g := range t.Geometry {
		parts := layer.Polylines(g)
		if len(parts) != 1 || len(parts[0]) < 2 || len(stamps[i]) != len(parts[0]) {
			c.Skip(t.IDs[i], "times and vertices differ in number")
			continue
		}
		q := polyline{row: i, colors: []scene.Color{colors[i]}}
		last := -1
		for k, v := range parts[0] {
			if math.IsNaN(stamps[i][k]) {
				continue
			}
			if last >= 0 { // the way follows the ground at an even speed
				way := c.Between(parts[0][last], v)
				for n := range way {
					share := float64(n+1) / float64(len(way)+1)
					q.times = append(q.times, stamps[i][last]+share*(stamps[i][k]-stamps[i][last]))
				}
				q.at = append(q.at, way...)
			}
			q.at = append(q.at, c.Place(v, 0).ECEF())
			q.times = append(q.times, stamps[i][k])
			last = k
		}
		paths = append(paths, q)
	}
	return p.lines(c, paths, widths, p.Trail.Seconds()), nil
}

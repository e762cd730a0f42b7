package flows

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/layers/sheet"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "cyclone", Group: "flows", Doc: "typhoons and hurricanes: the track with its fixes, sectors of strong wind about the last one, and the cone of the forecast",
	New: func() any {
		return &Cyclone{Unit: 1852, Color: scale.ColorBy{Constant: scene.Color{255, 255, 255, 255}}, Width: 3, Dot: 13, Alpha: 0.42,
			Cone: scene.Color{255, 255, 255, 70}, Winds: []scene.Color{{255, 214, 90, 255}, {255, 138, 60, 255}, {226, 48, 74, 255}}}
	},
	Examples: []scene.Example{
		{Layer: `source: storm, storm: storm, sequence: time, radii: [[ne34, se34, sw34, nw34], [ne64, se64, sw64, nw64]], spread: spread, color: {field: knots, palette: turbo}`,
			Camera: "{ lng: -38, lat: 17, height: 2300000, pitch: -66 }", Time: "2026-09-05T15:00:00Z"},
	},
})

// Cyclone draws the storms of a table of fixes. Rows that have a spread are forecasts; the wind
// stands about the last that has none. Driven by the time of the data it moves on.
type Cyclone struct {
	layer.Rows
	layer.Whole
	Storm    string        `json:"storm" doc:"field that tells storms apart; without it all rows are of one"`
	Sequence string        `json:"sequence" doc:"field of numbers or times by which a storm's rows follow each other; without it as they are in the source"`
	Radii    [][]string    `json:"radii" doc:"of each strength of wind, the weakest first, the fields of its reach in the north-east, south-east, south-west and north-west, or one field for all around"`
	Winds    []scene.Color `json:"winds" doc:"colours of the strengths"`
	Spread   string        `json:"spread" doc:"field of the radius within which the place of a forecast lies"`
	Unit     float64       `json:"unit" above:"0" max:"1e6" unit:"m" doc:"what radii and spread count: 1852 for nautical miles"`
	Alpha    float64       `json:"alpha" min:"0" max:"1" doc:"opacity of the sectors of wind"`
	Cone     scene.Color   `json:"cone" doc:"colour of the forecast's cone"`
	Color    scale.ColorBy `json:"color" doc:"colour of track and fixes"`
	Width    float64       `json:"width" min:"0" max:"100" unit:"px" doc:"of the track; forecasts are dashed"`
	Dot      float64       `json:"dot" min:"0" max:"200" unit:"px" doc:"diameter of a fix"`
}

// fix is a row of a storm: where it is, how far each wind reaches by quadrant, and how unsure
// its place is.
type fix struct {
	row    int
	at     orb.Point
	spread float64 // metres; 0 = observed
}

// Draw draws each storm.
func (p *Cyclone) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	colors, err := p.Color.Colors(t)
	if err != nil {
		return nil, err
	}
	winds, err := p.reach(t)
	if err != nil {
		return nil, err
	}
	storms, err := p.storms(c, t)
	if err != nil {
		return nil, err
	}
	areas := sheet.New(c, sheet.Flat(c, 1, 1))
	areas.Bias = sheet.FlatBias
	line := sheet.Edge{Width: p.Width, Unit: "px", Emission: 1}
	past, ahead, rim := sheet.NewRim(line), sheet.NewRim(line), sheet.NewRim(sheet.Edge{Width: 1.5, Unit: "px", Emission: 1})
	dots := &fixes{size: p.Dot}
	for _, s := range storms {
		step := sheet.Step(c, 8000, nil)
		last := max(slices.IndexFunc(s, func(f fix) bool { return f.spread > 0 })-1, -1)
		if last == -1 && s[0].spread == 0 {
			last = len(s) - 1
		}
		if cone := coneOf(s[max(last, 0):]); cone != nil && p.Cone[3] > 0 {
			areas.Flat(orb.Polygon{cone}, step, p.Cone, uint32(s[0].row))
			rim.Rings(c, orb.Polygon{cone}, p.Cone.Mix(scene.Color{p.Cone[0], p.Cone[1], p.Cone[2], 255}, 0.6), uint32(s[0].row))
		}
		if last >= 0 {
			for k, quadrants := range winds {
				if area := sectors(s[last].at, quadrants[s[last].row]); area != nil && len(p.Winds) > 0 {
					ink := p.Winds[min(k, len(p.Winds)-1)]
					rim.Rings(c, orb.Polygon{area}, ink, uint32(s[last].row))
					ink[3] = uint8(float64(ink[3]) * p.Alpha)
					areas.Flat(orb.Polygon{area}, step, ink, uint32(s[last].row))
				}
			}
		}
		for i, f := range s {
			if i > 0 {
				to := past
				if f.spread > 0 {
					to = ahead
				}
				to.Path(sheet.Follow(c, []orb.Point{s[i-1].at, f.at}), colors[f.row], uint32(f.row))
			}
			dots.add(c, f, colors[f.row], i == last)
		}
	}
	dashed := ahead.Draws(c)
	for _, d := range dashed {
		d.What.(*drawable.Lines).Measure().Rhythm = drawable.Rhythm{Kind: drawable.Dashes, On: 12, Off: 9}
	}
	return slices.Concat(areas.Draws(), rim.Draws(c), past.Draws(c), dashed, dots.draws()), nil
}

// storms are the rows of each storm in their order. Rows without a place are skipped.
func (p *Cyclone) storms(c *layer.Context, t *table.Table) (out [][]fix, err error) {
	var names []string
	var order, spread []float64
	if p.Storm != "" {
		if names, err = t.Strings(p.Storm); err != nil {
			return nil, fmt.Errorf("storm: %w", err)
		}
	}
	if p.Sequence != "" {
		if order, err = t.Numbers(p.Sequence); err != nil {
			return nil, fmt.Errorf("sequence: %w", err)
		}
	}
	if p.Spread != "" {
		if spread, err = t.Numbers(p.Spread); err != nil {
			return nil, fmt.Errorf("spread: %w", err)
		}
	}
	number := map[string]int{}
	for i, g := range t.Geometry {
		q, ok := layer.Foot(g)
		if !c.Shows(i) {
			continue
		}
		if !ok || order != nil && math.IsNaN(order[i]) {
			c.Skip(t.IDs[i], "no place or time")
			continue
		}
		f, name := fix{row: i, at: q}, ""
		if spread != nil && spread[i] > 0 {
			f.spread = spread[i] * p.Unit
		}
		if names != nil {
			name = names[i]
		}
		k, ok := number[name]
		if !ok {
			k = len(out)
			number[name], out = k, append(out, nil)
		}
		out[k] = append(out[k], f)
	}
	for _, s := range out {
		if order != nil {
			slices.SortStableFunc(s, func(a, b fix) int { return cmp.Compare(order[a.row], order[b.row]) })
		}
		for i := 1; i < len(s); i++ { // across the antimeridian the track goes on
			s[i].at[0] += 360 * math.Round((s[i-1].at[0]-s[i].at[0])/360)
		}
	}
	return out, nil
}

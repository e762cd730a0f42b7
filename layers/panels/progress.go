package panels

import (
	"fmt"
	"math"

	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/format"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "progress", Group: "panels", Doc: "share of a whole as a bar or a ring",
	New: func() any { return &Progress{Panel: wide("right", 300), Form: "bar", Aggregate: "sum", All: 1} },
	Examples: []scene.Example{
		{Layer: `value: 0.64, heading: Berths taken, anchor: center, zoom: 2.4`},
		{Name: "ring", Doc: "a ring with the share in its middle", Layer: `form: ring, source: sensors, field: megawatt, whole: 200, heading: Load of the grid, width: 260, anchor: center, zoom: 2.4`},
	},
})

// Progress shows a share.
type Progress struct {
	layer.Whole
	Panel
	Form      string   `json:"form" enum:"bar,ring" doc:"a bar or a ring"`
	Value     *float64 `json:"value" min:"-1e15" max:"1e15" doc:"the value itself, where no field gives it"`
	Field     string   `json:"field" doc:"field whose rows make the value"`
	Aggregate string   `json:"aggregate" enum:"sum,mean,median,min,max,count,first,last" doc:"how rows become one number"`
	All       float64  `json:"whole" above:"0" doc:"the value that is all"`
	Story     bool     `json:"story" doc:"the share of the story that has run, instead of a value"`
	share     float64
}

// Draw makes one panel.
func (g *Progress) Draw(c *layer.Context) ([]drawable.Draw, error) {
	shown := *g
	switch {
	case g.Story:
	case g.Value != nil:
		shown.share = *g.Value / g.All
	default:
		t, err := c.Present()
		if err != nil {
			return nil, fmt.Errorf("progress needs a value, story: true, or a source and a field: %w", err)
		}
		groups, err := Aggregated(t, "", g.Field, g.Aggregate)
		if err != nil {
			return nil, fmt.Errorf("field: %w", err)
		}
		shown.share = groups[0].Value / g.All
	}
	return g.Panel.Draw(c, &shown)
}

// Measure is a line with its bar, or a ring.
func (g *Progress) Measure(_ *canvas.Fonts, width float64) (w, h float64) {
	switch {
	case g.Form == "ring":
		w = max(width, 150)
		return w, min(w, 190)
	case g.Story:
		return max(width, 100), 6
	}
	return max(width, 160), Body + 20
}

// State is the story's share in thousandths, where that is shown.
func (g *Progress) State(v *drawable.PanelView) any {
	if !g.Story || v.Length <= 0 {
		return nil
	}
	return math.Round(2000 * min(v.Time/v.Length, 1))
}

// Paint draws the share as far as it has grown.
func (g *Progress) Paint(p *Painter) {
	share := g.share
	if g.Story {
		share = 0
		if p.View.Length > 0 {
			share = p.View.Time / p.View.Length
		}
	}
	known := !math.IsNaN(share)
	full := min(max(share, 0), 1) * Ease(p.Grown)
	f, _ := format.ParseNumber(".0%")
	words := f.Format(share * Ease(p.Grown))
	if g.Form == "ring" {
		x, y := p.Box.Middle()
		r := min(p.Box.W, p.Box.H) / 2
		p.Fill(canvas.Sector(x, y, 0.84*r, r, 0, 2*math.Pi-1e-6), p.Faint(0.1))
		if known && full > 0 {
			p.Stroke((&canvas.Path{}).Arc(x, y, 0.92*r, -math.Pi/2, 2*math.Pi*full-math.Pi/2), 0.16*r, canvas.Color(p.Accent))
		}
		p.Write(words, x, y, Centred(p.Strong(canvas.Style{Size: 0.46 * r})))
		return
	}
	track := canvas.Box{X: p.Box.X, Y: p.Box.Y + p.Box.H - 6, W: p.Box.W, H: 6}
	p.Fill(canvas.Round(track, 3), p.Faint(0.14))
	if known && full > 0 {
		track.W = max(track.W*full, 6)
		p.Fill(canvas.Round(track, 3), canvas.Color(p.Accent))
	}
	if !g.Story {
		p.Text(words, p.Box.X, p.Box.Y+CapLine*Body-3, p.Strong(p.Body()))
	}
}

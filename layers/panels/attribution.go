package panels

import (
	"strings"

	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "attribution", Group: "panels", Doc: "owners of the data, in place of the line of credits",
	New:      func() any { return &Attribution{Panel: New("bottom-right"), Limit: 520} },
	Examples: []scene.Example{{Layer: `heading: Data, text: "Porto Largo survey 2026", anchor: center, zoom: 2.4`}},
})

// Attribution lists the credits of all sources in use.
type Attribution struct {
	Panel
	Text  string  `json:"text" doc:"a credit of its own, before those of the sources"`
	Limit float64 `json:"limit" min:"100" max:"1800" unit:"px" doc:"width at which lines break"`
	lines []string
}

// Draw makes one panel.
func (a *Attribution) Draw(c *layer.Context) ([]drawable.Draw, error) {
	shown := *a
	limit := a.Limit
	if a.Width > 0 {
		limit = a.Width - 2*padding
	}
	credits := c.Credits
	if a.Text != "" {
		credits = append([]string{a.Text}, credits...)
	}
	if len(credits) == 0 {
		c.Skip("", "no source names its owner")
		return nil, nil
	}
	shown.lines = Fonts(c).Wrap(strings.Join(credits, "  ·  "), limit, a.Theme().Small())
	draws, err := a.Panel.Draw(c, &shown)
	if err != nil {
		return nil, err
	}
	draws[0].What.(*drawable.Panel).Credits = true
	return draws, nil
}

const creditLine = 1.45 * Small

// Measure is that of the lines.
func (a *Attribution) Measure(f *canvas.Fonts, width float64) (w, h float64) {
	for _, l := range a.lines {
		w = max(w, f.Width(l, a.Theme().Small()))
	}
	return max(w, width), float64(len(a.lines))*creditLine - 0.45*Small
}

// State never changes.
func (a *Attribution) State(*drawable.PanelView) any { return nil }

// Paint writes the lines.
func (a *Attribution) Paint(p *Painter) {
	for i, l := range a.lines {
		p.Text(l, p.Box.X, p.Box.Y+float64(i)*creditLine+CapLine*Small-2, p.Small())
	}
}

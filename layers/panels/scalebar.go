package panels

import (
	"math"

	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/format"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "scale-bar", Group: "panels", Doc: "distance on the ground in the middle of the picture",
	New:      func() any { return &ScaleBar{Panel: New("bottom-left"), Units: "metric", Length: 200} },
	Examples: []scene.Example{{Layer: `length: 240, anchor: center, zoom: 2.4`}},
})

// ScaleBar is true across the picture at the ground in its middle.
type ScaleBar struct {
	Panel
	Units  string  `json:"units" enum:"metric,imperial,nautical" doc:"metres and kilometres, feet and miles, or nautical miles"`
	Length float64 `json:"length" min:"60" max:"800" unit:"px" doc:"greatest length of the bar"`
}

// Draw makes one panel.
func (s *ScaleBar) Draw(c *layer.Context) ([]drawable.Draw, error) { return s.Panel.Draw(c, s) }

// Measure leaves room for the longest bar.
func (s *ScaleBar) Measure(*canvas.Fonts, float64) (w, h float64) { return s.Length, Small + 16 }

// bar is a round distance, its text and its length in pixels; none where there is no ground.
type bar struct {
	text   string
	pixels float64
}

func (s *ScaleBar) bar(v *drawable.PanelView) bar {
	ground := v.Ground * s.Zoom
	if ground <= 0 {
		return bar{"no ground in the middle", 0}
	}
	type unit struct {
		name   string
		metres float64
	}
	units := map[string][]unit{"metric": {{"m", 1}, {"km", 1000}}, "imperial": {{"ft", 0.3048}, {"mi", 1609.344}}, "nautical": {{"m", 1}, {"NM", 1852}}}[s.Units]
	most := s.Length * ground // metres
	u := units[0]
	if most >= units[1].metres {
		u = units[1]
	}
	for _, far := range []unit{{"au", 149597870700}, {"ly", 9460730472580800}} { // IAU 2012; a Julian year of light
		if most >= far.metres {
			u = far
		}
	}
	whole := most / u.metres
	power := math.Pow(10, math.Floor(math.Log10(whole)))
	for _, m := range []float64{5, 2, 1} {
		if m*power <= whole {
			power *= m
			break
		}
	}
	n, _ := format.ParseNumber("")
	// In quarters of a pixel: a camera that drifts does not paint it anew at each frame.
	return bar{n.Format(power) + " " + u.name, math.Round(4*power*u.metres/ground) / 4}
}

// skyFrom is the height, metres, from which a view without ground is one of the sky and needs no bar.
const skyFrom = 1e8

// Share leaves it out where there is nothing to measure.
func (s *ScaleBar) Share(v *drawable.PanelView) float64 {
	if v.Ground <= 0 && v.Height > skyFrom {
		return 0
	}
	return 1
}

// State is the bar.
func (s *ScaleBar) State(v *drawable.PanelView) any { return s.bar(v) }

// Paint draws the bar with its ends.
func (s *ScaleBar) Paint(p *Painter) {
	b := s.bar(p.View)
	p.Text(b.text, p.Box.X, p.Box.Y+CapLine*Small-1, p.Body())
	if b.pixels == 0 {
		return
	}
	y := p.Crisp(p.Box.Y + p.Box.H - 3)
	h := p.Crisp(max(2, p.Hairline()))
	p.Fill(canvas.Rect(p.Box.X, y, b.pixels, h), p.Faint(0.92))
	for _, x := range []float64{p.Box.X, p.Box.X + b.pixels - p.Hairline()} {
		p.Fill(canvas.Rect(x, y-6, p.Hairline(), 6), p.Faint(0.92))
	}
	p.Fill(canvas.Rect(p.Box.X+b.pixels/2, y-3, p.Hairline(), 3), p.Faint(0.6))
}

package panels

import (
	"math"

	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "compass", Group: "panels", Doc: "ring of directions that turns with the camera",
	New:      func() any { return &Compass{Panel: round("bottom-right"), Size: 92} },
	Examples: []scene.Example{{Layer: `size: 120, anchor: center, zoom: 3`, Camera: "{ lng: -30.505, lat: 36.47, height: 3500, heading: 30, pitch: -38 }"}},
})

// round is a panel without glass of its own.
func round(anchor string) Panel {
	p := New(anchor)
	p.Glass = false
	return p
}

// Compass shows where the camera looks.
type Compass struct {
	Panel
	Size float64 `json:"size" min:"40" max:"400" unit:"px" doc:"diameter"`
}

// Draw makes one panel.
func (k *Compass) Draw(c *layer.Context) ([]drawable.Draw, error) { return k.Panel.Draw(c, k) }

// Measure is its diameter.
func (k *Compass) Measure(*canvas.Fonts, float64) (w, h float64) { return k.Size, k.Size }

// State is the heading in fifths of a degree.
func (k *Compass) State(v *drawable.PanelView) any { return math.Round(v.Heading * 5) }

// Paint draws a disc, marks every 15° and a needle to the north.
func (k *Compass) Paint(p *Painter) {
	x, y := p.Box.Middle()
	r := min(p.Box.W, p.Box.H) / 2
	p.Fill(canvas.Circle(x, y, r), canvas.Color(p.Background))
	p.Stroke(canvas.Circle(x, y, r-p.Hairline()/2), p.Hairline(), p.Faint(0.18))
	turn := -math.Round(p.View.Heading*5) / 5 * math.Pi / 180
	at := func(angle, radius float64) (float64, float64) {
		s, c := math.Sincos(angle + turn)
		return x + radius*s, y - radius*c
	}
	for i := range 24 {
		a := float64(i) * math.Pi / 12
		if i%6 == 0 {
			continue
		}
		from, share := 0.86, 0.3
		if i%3 == 0 {
			from, share = 0.8, 0.6
		}
		x0, y0 := at(a, from*r)
		x1, y1 := at(a, 0.92*r)
		p.Line(x0, y0, x1, y1, max(r/46, 0.8), p.Faint(share))
	}
	letter := p.Body()
	letter.Size = r * 0.29
	for i, s := range []string{"N", "E", "S", "W"} {
		lx, ly := at(float64(i)*math.Pi/2, 0.78*r)
		style := Centred(letter)
		style.Ink = p.Faint(0.62)
		if i == 0 {
			style = Centred(p.Strong(letter))
		}
		p.Write(s, lx, ly, style)
	}
	needle := func(angle float64, ink canvas.Ink) {
		x0, y0 := at(angle, 0.56*r)
		x1, y1 := at(angle+math.Pi/2, 0.13*r)
		x2, y2 := at(angle-math.Pi/2, 0.13*r)
		p.Fill((&canvas.Path{}).Move(x0, y0).Line(x1, y1).Line(x2, y2).Close(), ink)
	}
	needle(math.Pi, p.Faint(0.34))
	needle(0, canvas.Color(p.Accent))
	p.Fill(canvas.Circle(x, y, 0.05*r), canvas.Color(scene.Color{12, 17, 25, 255}))
}

package stage

import (
	"math"

	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/panels"
	"github.com/longtake/longtake/scene"
)

// slip is a line on a pane of its own that lies over panels: it tells of the part of one that
// is pointed at.
type slip struct {
	words string
	scale float64 // that it is painted at
	sheet drawable.Sheet
}

// at is the slip with the begin of its line at a place of the picture, painted once for a scale.
func (s *slip) at(fonts *canvas.Fonts, a anchor, shot Shot) *drawable.Sheet {
	scale := float64(shot.Height) / 1080
	if s.scale != scale {
		style := canvas.Style{Size: 0.75 * calloutSize, Ink: canvas.Plain{255, 255, 255, 245}}
		box := canvas.Box{W: fonts.Width(s.words, style) + 24, H: 1.6 * calloutSize}
		c := canvas.New(box.W, box.H, scale, fonts)
		panels.Glass(c, box, scene.Color{8, 12, 18, 240})
		c.Write(s.words, 12, box.H/2, style)
		s.scale, s.sheet.Image = scale, c.Picture("pointed at")
	}
	i := s.sheet.Image
	s.sheet.X = max(min(int(math.Round(float64(a.x)*float64(shot.Width)-12*scale)), shot.Width-i.Width), 0)
	s.sheet.Y = max(min(int(math.Round((1-float64(a.y))*float64(shot.Height)))-i.Height/2, shot.Height-i.Height), 0)
	return &s.sheet
}

package panels

import (
	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/text"
	"github.com/longtake/longtake/scene"
)

// Sizes of text, and distances, in pixels of a 1080-line picture.
const (
	Heading = 19.0
	Body    = 17.0
	Small   = 14.0
	padding = 22.0
	corner  = 10.0
)

// Theme is the colours of a panel. Everything but the data's own colours follows from three.
type Theme struct {
	Ink, Accent, Background scene.Color
}

// Faint is the ink at a share of its opacity.
func (t Theme) Faint(share float64) canvas.Ink { return canvas.Color(Alpha(t.Ink, share)) }

// Alpha is a colour at a share of its opacity.
func Alpha(c scene.Color, share float64) scene.Color {
	c[3] = uint8(min(max(float64(c[3])*share, 0), 255) + 0.5)
	return c
}

// Styles of text.
func (t Theme) heading() canvas.Style {
	return canvas.Style{Size: Heading, Weight: text.Medium, Ink: t.Faint(1)}
}

// Body is the style of values, Small that of what stands beside them.
func (t Theme) Body() canvas.Style { return canvas.Style{Size: Body, Ink: t.Faint(0.94)} }

// Small is the style of axes, units and remarks.
func (t Theme) Small() canvas.Style { return canvas.Style{Size: Small, Ink: t.Faint(0.62)} }

// Right is a style that ends at its anchor, Centred one that is centred on it.
func Right(s canvas.Style) canvas.Style { s.Align = 1; return s }

// Centred is a style that is centred on its anchor.
func Centred(s canvas.Style) canvas.Style { s.Align = 0.5; return s }

// Strong is a style in medium weight at the ink's full opacity.
func (t Theme) Strong(s canvas.Style) canvas.Style {
	s.Weight, s.Ink = text.Medium, t.Faint(1)
	return s
}

// categories are hues of about the same lightness that stay apart for colour-blind viewers
// on dark ground: after Okabe and Ito 2008, Color universal design, lightened.
var categories = []scene.Color{
	{86, 180, 233, 255}, {240, 178, 62, 255}, {44, 190, 148, 255}, {232, 122, 96, 255},
	{204, 140, 198, 255}, {238, 226, 110, 255}, {110, 136, 240, 255}, {170, 178, 190, 255},
}

// Series is the colour of the i-th series: the accent first.
func (t Theme) Series(i int) scene.Color {
	if i == 0 {
		return t.Accent
	}
	return categories[i%len(categories)]
}

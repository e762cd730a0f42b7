package pipeline

import (
	"math"

	"github.com/longtake/longtake/layers/drawable"
)

// plate adds what lies behind the text of a label whose anchor is at a pixel: its shadow, then
// the plate itself, each a rounded box whose quad is wide enough for its edge.
func (b *glyphBatch) plate(d *drawable.Draw, g *drawable.Glyphs, l *drawable.Label, c *camera, at [2]float64, stands [4]float32) {
	scale := float64(c.height) / 1080
	var box [4]float64 // on whole pixels: edges that stand still are sharp
	for i, v := range l.Plate {
		box[i] = at[i%2] + math.Round(float64(v)*scale)
	}
	if !(box[2] > box[0] && box[3] > box[1]) {
		return
	}
	alpha := (1 - d.Fade) * (1 - l.Fade)
	add := func(dx, dy, soft float64, ink, border [4]uint8, width float32) {
		w, h := (box[2]-box[0])/2, (box[3]-box[1])/2
		x, y := (box[0]+box[2])/2+dx, (box[1]+box[3])/2+dy
		reach := soft/2 + 1
		q := glyphQuad{
			box:   [4]float32{float32(x - w - reach), float32(y - h - reach), float32(x + w + reach), float32(y + h + reach)},
			place: [4]float32{float32(w), float32(h), float32(math.Min(float64(g.Plate.Radius)*scale, math.Min(w, h))), float32(reach)},
			ink:   ink, halo: border, edge: float32(math.Max(soft, 1)), width: width, alpha: alpha, stands: stands,
		}
		if q.box[2] < 0 || q.box[3] < 0 || q.box[0] > float32(c.width) || q.box[1] > float32(c.height) {
			return
		}
		b.plates = append(b.plates, q)
	}
	if s := &g.Shadow; s.Color[3] > 0 {
		add(float64(s.Offset[0])*scale, -float64(s.Offset[1])*scale, float64(s.Blur)*scale, s.Color, [4]uint8{}, 0)
	}
	ink := l.PlateColor
	if d.Tint[3] > 0 {
		ink = tintInk(ink, d.Tint)
	}
	width := float32(0)
	if g.Plate.Width > 0 {
		width = float32(math.Max(float64(g.Plate.Width)*scale, 1))
	}
	add(0, 0, 0, ink, g.Plate.Border, width)
}

// scaledShadow is a shadow in pixels of the picture.
func scaledShadow(s *drawable.Shadow, scale float32) drawable.Shadow {
	return drawable.Shadow{Color: s.Color, Offset: [2]float32{s.Offset[0] * scale, s.Offset[1] * scale}, Blur: s.Blur * scale}
}

package stage

import (
	"math"
	"strings"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/text"
	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/scene"
)

// screenText draws text at fixed places of the picture: credits and captions. Each is broken
// into lines that the picture has room for, shaped once and kept.
type screenText struct {
	system bool
	fonts  *canvas.Fonts
	blocks map[anchor]block // the last of each, as widths come and go with a window's size
	room   captionRoom
}

// block is a text as it is shaped for a width, in pixels of a 1080-line picture.
type block struct {
	text  string
	width float64
	*drawable.Glyphs
}

// captionRoom is how much room captions take in a picture with room of a width.
type captionRoom struct {
	of          []scene.Chapter
	width, w, h float64
}

func newScreenText(system bool) (*screenText, error) {
	return &screenText{system: system, fonts: canvas.NewFonts(system), blocks: map[anchor]block{}}, nil
}

// anchors of text, as shares of the picture from its lower left corner, and how its lines lie
// there: 0 begins there, 1 ends there. The last line is at y, the others stand above it.
type anchor struct{ x, y, align float32 }

// room is the width that text at an anchor has between equal margins, in pixels of a 1080-line
// picture.
func (a anchor) room(shot Shot) float64 {
	margin := float64(min(a.x, 1-a.x))
	return 1080 * float64(shot.Width) / float64(shot.Height) * (1 - 2*margin)
}

func (s *screenText) credits(lines []string, v pipeline.View, shot Shot) []drawable.Draw {
	return s.draw(strings.Join(lines, "  ·  "), 15, [4]uint8{255, 255, 255, 190}, anchor{0.988, 0.022, 1}, v, shot)
}

const (
	captionSize = 34.0
	leading     = 1.25 // from line to line, in their size
)

var captionAt = anchor{0.035, 0.075, 0}

func (s *screenText) caption(line string, v pipeline.View, shot Shot) []drawable.Draw {
	return s.draw(line, captionSize, [4]uint8{255, 255, 255, 235}, captionAt, v, shot)
}

// captions appends the room that a story's captions take, in pixels of a 1080-line picture: one
// box for all of them, so that nothing that keeps out of their way moves as chapters come and go.
func (s *screenText) captions(chapters []scene.Chapter, shot Shot, out []canvas.Box) []canvas.Box {
	if len(chapters) == 0 {
		return out
	}
	width := captionAt.room(shot)
	if len(s.room.of) != len(chapters) || s.room.width != width || &s.room.of[0] != &chapters[0] {
		s.room = captionRoom{of: chapters, width: width}
		style := canvas.Style{Size: captionSize}
		for i := range chapters {
			if chapters[i].Caption == "" {
				continue
			}
			lines := s.fonts.Wrap(chapters[i].Caption, width, style)
			for _, line := range lines {
				s.room.w = max(s.room.w, s.fonts.Width(line, style))
			}
			s.room.h = max(s.room.h, captionSize*(1+leading*float64(len(lines)-1)))
		}
	}
	if s.room.h == 0 {
		return out
	}
	bottom := 1080*(1-float64(captionAt.y)) + captionSize/2
	return append(out, canvas.Box{X: float64(captionAt.x) * width / (1 - 2*float64(captionAt.x)), Y: bottom - s.room.h, W: s.room.w, H: s.room.h})
}

func (s *screenText) draw(words string, size float32, ink [4]uint8, a anchor, v pipeline.View, shot Shot) []drawable.Draw {
	if words == "" {
		return nil
	}
	b, width := s.blocks[a], a.room(shot)
	if b.text != words || b.width != width {
		t, err := text.NewTypesetter(text.Options{System: s.system})
		if err != nil {
			return nil // the embedded font parsed when the labels were made
		}
		g := textBlock(t, s.fonts.Wrap(words, width, canvas.Style{Size: float64(size)}), size, ink, a.align)
		g.Atlas, g.Spread = t.Atlas()
		b = block{words, width, g}
		s.blocks[a] = b
	}
	return []drawable.Draw{placed(b.Glyphs, a, v, shot)}
}

// textBlock lays lines out one above the other, the last one as textLine has it. It has no
// atlas yet.
func textBlock(t *text.Typesetter, lines []string, size float32, ink [4]uint8, align float32) *drawable.Glyphs {
	last := len(lines) - 1
	g := textLine(t, lines[last], size, ink, align)
	label := &g.Labels[0]
	for i, line := range lines[:last] {
		up := leading * size * float32(last-i)
		above := textLine(t, line, size, ink, align)
		for _, q := range above.Quads {
			q.Min[1] += up
			q.Max[1] += up
			g.Quads = append(g.Quads, q)
		}
		lo, hi := above.Labels[0].Min, above.Labels[0].Max
		label.Min = [2]float32{min(label.Min[0], lo[0]), min(label.Min[1], lo[1]+up)}
		label.Max = [2]float32{max(label.Max[0], hi[0]), max(label.Max[1], hi[1]+up)}
	}
	label.Count = len(g.Quads)
	return g
}

// textLine lays a line out; it lies at its anchor as align says. It has no atlas yet.
func textLine(t *text.Typesetter, line string, size float32, ink [4]uint8, align float32) *drawable.Glyphs {
	quads, lo, hi := t.Layout(line, size)
	shift := (0.5 - align) * (hi[0] - lo[0])
	for i := range quads {
		quads[i].Min[0] += shift
		quads[i].Max[0] += shift
	}
	g := &drawable.Glyphs{Frame: mgl64.Ident4(), Quads: quads}
	g.Labels = []drawable.Label{{Count: len(quads), Color: ink, Halo: [4]uint8{0, 0, 0, 120}, HaloWidth: 1.5, Min: lo, Max: hi}}
	return g
}

// placed draws a line at a place of the picture: at a point in front of the eye that falls
// on it.
func placed(g *drawable.Glyphs, a anchor, v pipeline.View, shot Shot) drawable.Draw {
	depth := math.Max(50, 0.5*earth.FromECEF(v.Eye).Height)
	tanY := math.Tan(v.FovY / 2)
	tanX := tanY * float64(shot.Width) / float64(shot.Height)
	p := v.Eye.Add(v.Forward.Mul(depth)).
		Add(v.Right.Mul((2*float64(a.x) - 1) * tanX * depth)).
		Add(v.Up.Mul((2*float64(a.y) - 1) * tanY * depth))
	return drawable.Draw{What: g, Shift: mgl64.Translate3D(p[0], p[1], p[2]), Overlay: true}
}

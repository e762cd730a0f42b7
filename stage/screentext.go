package stage

import (
	"math"
	"strings"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/text"
	"github.com/longtake/longtake/pipeline"
)

// screenText draws lines at fixed places of the picture: credits and captions. Each line
// is shaped once and kept.
type screenText struct {
	system bool
	lines  map[string]*drawable.Glyphs
}

func newScreenText(system bool) (*screenText, error) {
	return &screenText{system: system, lines: map[string]*drawable.Glyphs{}}, nil
}

// anchors of lines, as shares of the picture from its lower left corner, and how the
// line lies at its anchor: 0 begins there, 1 ends there.
type anchor struct{ x, y, align float32 }

func (s *screenText) credits(lines []string, v pipeline.View, shot Shot) []drawable.Draw {
	return s.draw(strings.Join(lines, "  ·  "), 15, [4]uint8{255, 255, 255, 190}, anchor{0.988, 0.022, 1}, v, shot)
}

func (s *screenText) caption(line string, v pipeline.View, shot Shot) []drawable.Draw {
	return s.draw(line, 34, [4]uint8{255, 255, 255, 235}, anchor{0.035, 0.075, 0}, v, shot)
}

func (s *screenText) draw(line string, size float32, ink [4]uint8, a anchor, v pipeline.View, shot Shot) []drawable.Draw {
	if line == "" {
		return nil
	}
	g := s.lines[line]
	if g == nil {
		t, err := text.NewTypesetter(text.Options{System: s.system})
		if err != nil {
			return nil // the embedded font parsed when the labels were made
		}
		g = textLine(t, line, size, ink, a.align)
		g.Atlas, g.Spread = t.Atlas()
		s.lines[line] = g
	}
	return []drawable.Draw{placed(g, a, v, shot)}
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

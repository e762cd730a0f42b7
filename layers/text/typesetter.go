package text

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/fontscan"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/math/fixed"

	"github.com/longtake/longtake/layers/drawable"
)

// Options choose the fonts.
type Options struct {
	Bold   bool // the Go font's weight
	System bool // fall back to the system's fonts for characters that the Go fonts lack
}

// Typesetter lays out lines of text and collects their glyphs in one atlas. It is not
// safe for concurrent use.
type Typesetter struct {
	shaper    shaping.HarfbuzzShaper
	segmenter shaping.Segmenter
	fonts     chain
	atlas     *atlas
	missing   map[rune]bool
}

// NewTypesetter loads the fonts.
func NewTypesetter(o Options) (*Typesetter, error) {
	ttf := goregular.TTF
	if o.Bold {
		ttf = gobold.TTF
	}
	face, err := font.ParseTTF(bytes.NewReader(ttf))
	if err != nil {
		return nil, fmt.Errorf("text: the embedded font: %w", err)
	}
	t := &Typesetter{fonts: chain{embedded: face}, atlas: newAtlas(), missing: map[rune]bool{}}
	if o.System {
		t.fonts.system = systemFonts()
	}
	return t, nil
}

// systemFonts scans the system's fonts; nil where there are none.
func systemFonts() *fontscan.FontMap {
	m := fontscan.NewFontMap(quiet{})
	if err := m.UseSystemFonts(""); err != nil {
		slog.Debug("no system fonts", "err", err)
		return nil
	}
	m.SetQuery(fontscan.Query{Families: []string{fontscan.SansSerif}})
	return m
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}

// chain resolves a rune to the first face that has it.
type chain struct {
	embedded *font.Face
	system   *fontscan.FontMap
}

// ResolveFace implements shaping.Fontmap.
func (c chain) ResolveFace(r rune) *font.Face {
	if _, ok := c.embedded.NominalGlyph(r); ok || c.system == nil {
		return c.embedded
	}
	if f := c.system.ResolveFace(r); f != nil {
		if _, ok := f.NominalGlyph(r); ok {
			return f
		}
	}
	return c.embedded
}

// Layout shapes a text of one or more lines ("\n") set centred on the anchor with its
// baseline block centred vertically. Size is the em in pixels of a 1080-line picture.
// Offsets of the quads are in those pixels, y up.
func (t *Typesetter) Layout(s string, size float32) ([]drawable.GlyphQuad, [2]float32, [2]float32) {
	lines := strings.Split(s, "\n")
	const leading = 1.25
	var quads []drawable.GlyphQuad
	lo, hi := [2]float32{}, [2]float32{}
	for i, line := range lines {
		y := size * (leading*(float32(len(lines)-1)/2-float32(i)) - 0.35) // capitals stand on -0.35 em
		q, width := t.line(line, size, y)
		quads = append(quads, q...)
		lo[0], hi[0] = min(lo[0], -width/2), max(hi[0], width/2)
		lo[1], hi[1] = min(lo[1], y-0.25*size), max(hi[1], y+0.95*size)
	}
	return quads, lo, hi
}

// line shapes one line and centres it.
func (t *Typesetter) line(s string, size, y float32) ([]drawable.GlyphQuad, float32) {
	runes := []rune(s)
	if len(runes) == 0 {
		return nil, 0
	}
	in := shaping.Input{
		Text: runes, RunEnd: len(runes), Direction: direction(runes),
		Face: t.fonts.embedded, Size: fixed.I(shapeSize), Language: language.NewLanguage("en"),
	}
	runs := t.segmenter.Split(in, t.fonts)
	scale := size / shapeSize
	var quads []drawable.GlyphQuad
	var pen float32
	for _, run := range visual(runs, in.Direction) {
		out := t.shaper.Shape(run)
		for _, g := range out.Glyphs {
			if g.GlyphID == 0 {
				t.missing[runes[min(g.TextIndex(), len(runes)-1)]] = true
			}
			if cell, ok := t.atlas.glyph(run.Face, g.GlyphID); ok {
				x0, y0 := pen+pixels(g.XOffset)*scale, y+pixels(g.YOffset)*scale
				quads = append(quads, drawable.GlyphQuad{
					Min:   [2]float32{x0 + cell.min[0]*size, y0 + cell.min[1]*size},
					Max:   [2]float32{x0 + cell.max[0]*size, y0 + cell.max[1]*size},
					UVMin: cell.uvMin, UVMax: cell.uvMax,
				})
			}
			pen += pixels(g.Advance) * scale
		}
	}
	for i := range quads {
		quads[i].Min[0] -= pen / 2
		quads[i].Max[0] -= pen / 2
	}
	return quads, pen
}

// shapeSize is the em that text is shaped at; positions scale linearly from it.
const shapeSize = 64

func pixels(v fixed.Int26_6) float32 { return float32(v) / 64 }

// direction of a line is that of its first strong character.
func direction(runes []rune) di.Direction {
	for _, r := range runes {
		switch language.LookupScript(r) {
		case language.Arabic, language.Hebrew, language.Syriac, language.Thaana, language.Nko:
			return di.DirectionRTL
		case language.Common, language.Inherited, language.Unknown:
		default:
			return di.DirectionLTR
		}
	}
	return di.DirectionLTR
}

// visual puts the logical runs into the order in which they stand on the line: runs of
// the line's direction in sequence, groups of the other direction reversed inside it
// (UAX #9, rule L2 for two levels).
func visual(runs []shaping.Input, line di.Direction) []shaping.Input {
	out := make([]shaping.Input, 0, len(runs))
	for i := 0; i < len(runs); {
		j := i + 1
		if runs[i].Direction != line {
			for j < len(runs) && runs[j].Direction != line {
				j++
			}
			for k := j - 1; k >= i; k-- {
				out = append(out, runs[k])
			}
		} else {
			out = append(out, runs[i])
		}
		i = j
	}
	if line == di.DirectionRTL {
		for a, b := 0, len(out)-1; a < b; a, b = a+1, b-1 {
			out[a], out[b] = out[b], out[a]
		}
	}
	return out
}

// Atlas returns the distance field of all glyphs laid out so far and its spread in atlas
// pixels. Call it when everything is laid out.
func (t *Typesetter) Atlas() (*drawable.Image, float32) { return t.atlas.image(), spread }

// Missing lists the characters that no font had, in order of their code points.
func (t *Typesetter) Missing() []rune { return sorted(t.missing) }

package text

import (
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"unicode"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	ot "github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/fontscan"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

// Weight of letters.
type Weight uint8

// The weights of the Go fonts.
const (
	Regular Weight = iota
	Medium
	Bold
)

// Shaper turns lines of text into glyphs: the Go fonts first, then those of the system. It
// is not safe for concurrent use.
type Shaper struct {
	harfbuzz  shaping.HarfbuzzShaper
	segmenter shaping.Segmenter
	own       *typeface
	fonts     chain
	latin     [latinEnd]latin
	glyphs    []glyph // of the last line
	missing   map[rune]bool
}

// NewShaper loads the fonts.
func NewShaper(w Weight, system bool) (*Shaper, error) {
	own, err := typefaces[w]()
	if err != nil {
		return nil, fmt.Errorf("text: the embedded font: %w", err)
	}
	s := &Shaper{own: own, fonts: chain{embedded: font.NewFace(own.font)}, missing: map[rune]bool{}}
	if system {
		s.fonts.system = systemFonts(w)
	}
	return s, nil
}

// systemFonts scans the system's fonts; nil where there are none.
func systemFonts(w Weight) *fontscan.FontMap {
	m := fontscan.NewFontMap(quiet{})
	if err := m.UseSystemFonts(""); err != nil {
		slog.Debug("no system fonts", "err", err)
		return nil
	}
	aspect := font.Aspect{Weight: []font.Weight{font.WeightNormal, font.WeightMedium, font.WeightBold}[w]}
	m.SetQuery(fontscan.Query{Families: []string{fontscan.SansSerif}, Aspect: aspect})
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
	c.system.SetScript(language.LookupScript(r)) // fonts of the script follow those of the query
	if f := c.system.ResolveFace(r); f != nil {
		if _, ok := f.NominalGlyph(r); ok {
			return f
		}
	}
	return c.embedded
}

// glyph is one of a line, its origin in ems from the line's left end and baseline, y up.
type glyph struct {
	face *font.Face
	gid  font.GID
	x, y float32
}

// line shapes one line and returns its glyphs from left to right and its width in ems. They
// are there until the next line.
func (s *Shaper) line(text string) (glyphs []glyph, width float32) {
	if width, ok := s.plain(text); ok {
		return s.glyphs, width
	}
	return s.shaped(text)
}

func (s *Shaper) shaped(text string) (glyphs []glyph, width float32) {
	runes := []rune(text)
	if len(runes) == 0 {
		return nil, 0
	}
	for i, r := range runes {
		if unicode.IsControl(r) { // a tab has no glyph, and no column to go to
			runes[i] = ' '
		}
	}
	in := shaping.Input{
		Text: runes, RunEnd: len(runes), Direction: direction(runes),
		Face: s.fonts.embedded, Size: fixed.I(shapeSize), Language: language.NewLanguage("en"),
	}
	for _, run := range visual(figures(s.segmenter.Split(in, s.fonts)), in.Direction) {
		out := s.harfbuzz.Shape(run)
		for _, g := range out.Glyphs {
			if g.GlyphID == 0 {
				s.missing[runes[min(g.TextIndex(), len(runes)-1)]] = true
			}
			glyphs = append(glyphs, glyph{run.Face, g.GlyphID, width + ems(g.XOffset), ems(g.YOffset)})
			width += ems(g.Advance)
		}
	}
	return glyphs, width
}

// shapeSize is the em that text is shaped at; positions scale linearly from it.
const shapeSize = 64

func ems(v fixed.Int26_6) float32 { return float32(v) / 64 / shapeSize }

// direction of a line is that of its first strong character or mark.
func direction(runes []rune) di.Direction {
	for _, r := range runes {
		switch r {
		case leftToRight:
			return di.DirectionLTR
		case rightToLeft:
			return di.DirectionRTL
		}
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

// Marks give a direction to a line that would have another one by itself.
const (
	leftToRight = '\u200e'
	rightToLeft = '\u200f'
)

// Continued is a line of a paragraph that was broken: it runs as the paragraph does.
func Continued(line, paragraph string) string {
	d := direction([]rune(paragraph))
	switch {
	case d == direction([]rune(line)):
		return line
	case d == di.DirectionRTL:
		return string(rightToLeft) + line
	}
	return string(leftToRight) + line
}

// figures cuts numbers off runs that begin with them, after one from right to left: they
// belong to it (UAX #9, rules W2 to W7 and I1).
func figures(runs []shaping.Input) []shaping.Input {
	for i := 1; i < len(runs); i++ {
		r := runs[i]
		if r.Direction == di.DirectionRTL || runs[i-1].Direction != di.DirectionRTL {
			continue
		}
		end := r.RunStart
		for end < r.RunEnd && (unicode.IsDigit(r.Text[end]) || end > r.RunStart && end+1 < r.RunEnd && strings.ContainsRune(".,:/", r.Text[end]) && unicode.IsDigit(r.Text[end+1])) {
			end++
		}
		if end > r.RunStart && end < r.RunEnd {
			rest := r
			runs[i].RunEnd, rest.RunStart = end, end
			runs = slices.Insert(runs, i+1, rest)
		}
	}
	return runs
}

// visual puts the logical runs into the order in which they stand on the line: runs of
// the line's direction in sequence, groups of the other direction, with the numbers in them,
// reversed inside it (UAX #9, rule L2).
func visual(runs []shaping.Input, line di.Direction) []shaping.Input {
	out := make([]shaping.Input, 0, len(runs))
	for i := 0; i < len(runs); {
		j := i + 1
		if runs[i].Direction != line {
			for j < len(runs) && (runs[j].Direction != line || number(runs[j])) {
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

// number tells whether a run is one.
func number(r shaping.Input) bool {
	return unicode.IsDigit(r.Text[r.RunStart]) && unicode.IsDigit(r.Text[r.RunEnd-1]) && r.Direction == di.DirectionLTR
}

// Missing lists the characters that no font had, in order of their code points.
func (s *Shaper) Missing() []rune { return sorted(s.missing) }

// Width is the width of a line in ems.
func (s *Shaper) Width(line string) float64 {
	_, w := s.line(line)
	return float64(w)
}

// Pen receives outlines, as those of fonts are: each glyph's contours are closed.
type Pen interface {
	MoveTo(x, y float64)
	LineTo(x, y float64)
	QuadTo(x1, y1, x, y float64)
	CubeTo(x1, y1, x2, y2, x, y float64)
}

// Outline draws a line of text with its baseline's left end at 0, 0: ems, y up. It returns
// the line's width.
func (s *Shaper) Outline(line string, p Pen) float64 {
	glyphs, width := s.line(line)
	for _, g := range glyphs {
		outline, ok := g.face.GlyphDataOutline(g.gid)
		if !ok {
			continue
		}
		em := float64(g.face.Upem())
		at := func(q ot.SegmentPoint) (x, y float64) {
			return float64(g.x) + float64(q.X)/em, float64(g.y) + float64(q.Y)/em
		}
		trace(outline.Segments, at, pen[float64](p))
	}
	return float64(width)
}

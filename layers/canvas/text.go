package canvas

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/go-text/typesetting/segmenter"

	"github.com/longtake/longtake/layers/text"
)

// Fonts measure and write text. They may be used by several goroutines.
type Fonts struct {
	system  bool
	mutex   sync.Mutex
	shapers [3]*text.Shaper
}

// NewFonts returns the Go fonts, and where system is true those of the system for what the
// Go fonts lack.
func NewFonts(system bool) *Fonts { return &Fonts{system: system} }

// shaper needs the mutex.
func (f *Fonts) shaper(w text.Weight) *text.Shaper {
	if f.shapers[w] == nil {
		s, err := text.NewShaper(w, f.system)
		if err != nil {
			panic(err) // the embedded fonts are part of the program
		}
		f.shapers[w] = s
	}
	return f.shapers[w]
}

// Style is how text is written.
type Style struct {
	Size   float64 // em, pixels of a 1080-line picture
	Weight text.Weight
	Ink    Ink
	Align  float64 // share of the line that lies left of its anchor: 0 begins there, 1 ends
}

// Width is how wide a line is.
func (f *Fonts) Width(line string, s Style) float64 {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return f.shaper(s.Weight).Width(line) * s.Size
}

// CapHeight is the height of capitals and digits as a share of the em.
const CapHeight = 0.72

// Text writes a line with its baseline at y and returns its width.
func (c *Canvas) Text(line string, x, y float64, s Style) float64 {
	if line == "" {
		return 0
	}
	c.fonts.mutex.Lock()
	pen := &outlinePen{size: s.Size}
	width := c.fonts.shaper(s.Weight).Outline(line, pen) * s.Size
	c.fonts.mutex.Unlock()
	x -= width * s.Align
	for i := range pen.path.points {
		pen.path.points[i].X += x
		pen.path.points[i].Y += y
	}
	c.Fill(&pen.path, s.Ink)
	return width
}

// Write is Text with the capitals centred on y.
func (c *Canvas) Write(line string, x, y float64, s Style) float64 {
	return c.Text(line, x, y+CapHeight/2*s.Size, s)
}

// Fit shortens a line to a width, with an ellipsis.
func (f *Fonts) Fit(line string, width float64, s Style) string {
	if f.Width(line, s) <= width {
		return line
	}
	all := letters(line)
	lo, hi := 0, len(all) // the longest beginning that fits
	for lo < hi {
		mid := (lo + hi + 1) / 2
		if f.Width(strings.TrimSpace(strings.Join(all[:mid], ""))+"…", s) <= width {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return strings.TrimSpace(strings.Join(all[:lo], "")) + "…"
}

// Wrap breaks text into lines of a width at the most, where its scripts allow it.
func (f *Fonts) Wrap(s string, width float64, style Style) (lines []string) {
	for _, part := range strings.Split(s, "\n") {
		line, first := "", len(lines)
		for _, word := range f.fitting(words(part), width, style) {
			next := line + word
			if strings.TrimSpace(line) != "" && f.Width(strings.TrimSpace(next), style) > width {
				lines = append(lines, strings.TrimSpace(line))
				next = word
			}
			line = next
		}
		lines = append(lines, strings.TrimSpace(line))
		for i := first; i < len(lines); i++ {
			lines[i] = text.Continued(lines[i], part)
		}
	}
	return lines
}

// fitting cuts words of scripts without spaces between words, which only a dictionary could tell
// apart, to pieces where they are too long for a line: nowhere that would tear a syllable's signs.
func (f *Fonts) fitting(words []string, width float64, style Style) []string {
	if !slices.ContainsFunc(words, spaceless) {
		return words
	}
	var out []string
	for _, word := range words {
		if !spaceless(word) || f.Width(strings.TrimSpace(word), style) <= width {
			out = append(out, word)
			continue
		}
		out = append(out, syllables(word)...)
	}
	return out
}

// spaceless tells a word of Thai, Lao, Khmer or Burmese.
func spaceless(word string) bool {
	return strings.ContainsFunc(word, func(r rune) bool { return unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) })
}

// syllables splits a word of such a script into letters with their signs: vowels that are written
// before a consonant stay with it, as those behind it and stacked consonants do.
func syllables(word string) (out []string) {
	const (
		before = "เแโใไເແໂໃໄ"
		behind = "ะาำๅๆฯะາຳໆຯ"
		stacks = "\u17d2\u1039"
	)
	joins := false
	for _, l := range letters(word) {
		first, _ := utf8.DecodeRuneInString(l)
		last, _ := utf8.DecodeLastRuneInString(l)
		if joins || len(out) > 0 && (strings.ContainsRune(behind, first) || !unicode.IsLetter(first)) {
			out[len(out)-1] += l
		} else {
			out = append(out, l)
		}
		joins = strings.ContainsRune(before, last) || strings.ContainsRune(stacks, last)
	}
	return out
}

// words splits where a line may break (UAX #14); each keeps the spaces behind it.
func words(s string) (out []string) {
	var seg segmenter.Segmenter
	seg.Init([]rune(s))
	for it := seg.LineIterator(); it.Next(); {
		out = append(out, string(it.Line().Text))
	}
	return out
}

// letters splits into what readers take for one (UAX #29), however many runes it has.
func letters(s string) (out []string) {
	var seg segmenter.Segmenter
	seg.Init([]rune(s))
	for it := seg.GraphemeIterator(); it.Next(); {
		out = append(out, string(it.Grapheme().Text))
	}
	return out
}

// outlinePen collects outlines in ems, y up, as a path in pixels, y down.
type outlinePen struct {
	path Path
	size float64
	open bool
}

func (p *outlinePen) MoveTo(x, y float64) {
	if p.open {
		p.path.Close()
	}
	p.open = true
	p.path.Move(x*p.size, -y*p.size)
}
func (p *outlinePen) LineTo(x, y float64) { p.path.Line(x*p.size, -y*p.size) }
func (p *outlinePen) QuadTo(x1, y1, x, y float64) {
	p.path.Quad(x1*p.size, -y1*p.size, x*p.size, -y*p.size)
}
func (p *outlinePen) CubeTo(x1, y1, x2, y2, x, y float64) {
	p.path.Cube(x1*p.size, -y1*p.size, x2*p.size, -y2*p.size, x*p.size, -y*p.size)
}

// Shade lays a soft shade of a line's letters, to be written before the line: it makes light
// text legible on light pictures. It is blurred over a distance.
func (c *Canvas) Shade(line string, x, y float64, s Style, reach float64, ink Plain) {
	if line == "" {
		return
	}
	c.fonts.mutex.Lock()
	pen := &outlinePen{size: s.Size}
	width := c.fonts.shaper(s.Weight).Outline(line, pen) * s.Size
	c.fonts.mutex.Unlock()
	x -= width * s.Align
	for i := range pen.path.points {
		pen.path.points[i].X += x
		pen.path.points[i].Y += y
	}
	c.blurred(&pen.path, reach, ink)
}

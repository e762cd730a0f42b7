package text

import (
	"bytes"
	"math"
	"sync"

	"github.com/go-text/typesetting/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gomedium"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/math/fixed"
)

// typeface is an embedded font with the distance fields of the glyphs that were asked for: all
// shapers and atlases of the program share it. Safe for concurrent use.
type typeface struct {
	font   *font.Font
	fields sync.Map // of font.GID: *field
}

// typefaces by their weight.
var typefaces = [...]func() (*typeface, error){
	Regular: sync.OnceValues(func() (*typeface, error) { return newTypeface(goregular.TTF) }),
	Medium:  sync.OnceValues(func() (*typeface, error) { return newTypeface(gomedium.TTF) }),
	Bold:    sync.OnceValues(func() (*typeface, error) { return newTypeface(gobold.TTF) }),
}

func newTypeface(ttf []byte) (*typeface, error) {
	face, err := font.ParseTTF(bytes.NewReader(ttf))
	if err != nil {
		return nil, err
	}
	return &typeface{font: face.Font}, nil
}

// field is what newField makes, once.
func (t *typeface) field(face *font.Face, gid font.GID) *field {
	if f, ok := t.fields.Load(gid); ok {
		return f.(*field)
	}
	f, _ := t.fields.LoadOrStore(gid, newField(face, gid))
	return f.(*field)
}

// latinEnd is the end of the letters that stand beside each other as they are: the embedded
// fonts have neither kerning nor ligatures, and these letters one glyph each.
const latinEnd = 0x180

// latin is the glyph of such a letter.
type latin struct {
	gid          font.GID
	advance      float32 // ems
	known, drawn bool
}

// plain lays out a line of Latin letters of the embedded font, as shaping would; ok is false
// where there are others. The glyphs are in s.glyphs.
func (s *Shaper) plain(text string) (width float32, ok bool) {
	s.glyphs = s.glyphs[:0]
	for _, r := range text {
		if r < ' ' || r >= 0x7f && r < 0xc0 || r >= latinEnd {
			return 0, false
		}
		l := &s.latin[r]
		if !l.known {
			*l = s.letter(r)
		}
		if !l.drawn {
			return 0, false
		}
		s.glyphs = append(s.glyphs, glyph{face: s.fonts.embedded, gid: l.gid, x: width})
		width += l.advance
	}
	return width, true
}

func (s *Shaper) letter(r rune) latin {
	face := s.fonts.embedded
	gid, ok := face.NominalGlyph(r)
	advance := math.Round(float64(face.HorizontalAdvance(gid)) * 64 * shapeSize / float64(face.Upem()))
	return latin{gid, ems(fixed.Int26_6(advance)), true, ok}
}

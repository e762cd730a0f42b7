package scene

import "fmt"

// Theme is what layers take instead of their own defaults. A property of a layer type takes
// a value of the theme where it has the tag theme:"key", a key of this struct; colour scales
// without a palette take the theme's.
type Theme struct {
	Palette    string  `json:"palette" doc:"palette of colour scales that name none"`
	Diverging  string  `json:"diverging" doc:"palette of diverging scales that name none"`
	Categories string  `json:"categories" doc:"palette of categories that name none"`
	Accent     *Color  `json:"accent" doc:"colour of marks that are not coloured by a field"`
	Ink        *Color  `json:"ink" doc:"colour of text and fine lines"`
	Halo       *Color  `json:"halo" doc:"colour round letters"`
	Background *Color  `json:"background" doc:"colour of panels"`
	TextSize   float64 `json:"textSize" min:"0" max:"500" unit:"px" doc:"em of text of a 1080-line picture; 0 is each type's own"`
	TitleSize  float64 `json:"titleSize" min:"0" max:"500" unit:"px" doc:"em of titles; 0 is each type's own"`
}

// value is what the theme has for a key, as documents write it; nil where it has nothing.
func (t *Theme) value(key string) any {
	color := func(c *Color) any {
		if c == nil {
			return nil
		}
		return c.String()
	}
	size := func(v float64) any {
		if v == 0 {
			return nil
		}
		return v
	}
	switch key {
	case "accent":
		return color(t.Accent)
	case "ink":
		return color(t.Ink)
	case "halo":
		return color(t.Halo)
	case "background":
		return color(t.Background)
	case "textSize":
		return size(t.TextSize)
	case "titleSize":
		return size(t.TitleSize)
	}
	return nil
}

// themeKeys are the keys that properties may take.
var themeKeys = []string{"accent", "ink", "halo", "background", "textSize", "titleSize"}

// style is what values of a document are read with: its palettes and its theme.
type style struct {
	palettes map[string][]Color
	theme    Theme
}

// styled fills the defaults of a type's properties that the theme has.
func (d *decoder) styled(l *Layer) {
	for _, part := range l.parts() {
		for _, f := range fieldsOf(part.Type()) {
			if v := d.style.theme.value(f.theme); v != nil {
				d.value(nodeOf(v), f.name, part.FieldByIndex(f.index), &f)
			}
		}
	}
}

// Palette returns the colours of one of the document's palettes.
func (v *Value) Palette(name string) ([]Color, bool) {
	p, ok := v.d.style.palettes[name]
	return p, ok
}

// Palettes lists the names of the document's palettes.
func (v *Value) Palettes() []string { return sortedKeys(v.d.style.palettes) }

// Theme is the document's.
func (v *Value) Theme() Theme { return v.d.style.theme }

// Warn tells of something that is allowed but most likely not meant.
func (v *Value) Warn(message string) {
	v.d.warnings = append(v.d.warnings, Error{File: v.d.file, Line: v.n.line, Column: v.n.column, Path: v.path, Message: message})
}

// palettes checks the document's palettes and keeps what its layers are read with.
func (d *decoder) palettes(doc *Document, root *node) {
	for _, name := range sortedKeys(doc.Palettes) {
		if n := len(doc.Palettes[name]); n < 2 || n > 256 {
			d.fail(root.child("palettes", name), join("palettes", name), fmt.Sprintf("found %d colors; 2 to 256 are allowed", n))
			delete(doc.Palettes, name)
		}
	}
	d.style = style{doc.Palettes, doc.Theme}
}

package scale

import (
	"strconv"

	"github.com/invopop/jsonschema"

	"github.com/longtake/longtake/assets"
	"github.com/longtake/longtake/scene"
)

// Palette is colours by name: of the project, or of the document's palettes.
type Palette struct {
	Name   string
	colors []scene.Color // of a document's
}

// UnmarshalScene reads a name.
func (p *Palette) UnmarshalScene(v *scene.Value) {
	if v.Kind() != scene.Text {
		v.Reject("the name of a palette is allowed")
		return
	}
	name := v.Text()
	if own, ok := v.Palette(name); ok {
		*p = Palette{name, own}
		return
	}
	if _, ok := assets.Palette(name); !ok && name != "" {
		v.Suggest(append(v.Palettes(), assets.Palettes()...))
		return
	}
	*p = Palette{Name: name}
}

// MarshalScene writes the name.
func (p Palette) MarshalScene() any { return p.Name }

// SceneSchema describes a name: those of the project are completed, others allowed.
func (Palette) SceneSchema() *jsonschema.Schema {
	var names []any
	for _, n := range assets.Palettes() {
		names = append(names, n)
	}
	return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{{Type: "string", Enum: names}, {Type: "string"}}}
}

// list is the palette's colours, and how they are meant.
func (p Palette) list() (colors []scene.Color, kind assets.Kind) {
	if p.colors != nil {
		return p.colors, assets.Own
	}
	of, _ := assets.Palette(p.Name)
	for _, c := range of.Colors {
		colors = append(colors, scene.Color{c[0], c[1], c[2], 255})
	}
	return colors, of.Kind
}

// Named is a palette of the project.
func Named(name string) Palette { return Palette{Name: name} }

// themePalettes are those of the document's theme.
type themePalettes struct{ sequential, diverging, categories Palette }

func themeOf(v *scene.Value) themePalettes {
	of := func(name string) Palette {
		own, _ := v.Palette(name)
		if _, ok := assets.Palette(name); !ok && own == nil && name != "" {
			v.Warn("theme: there is no palette " + strconv.Quote(name))
			return Palette{}
		}
		return Palette{name, own}
	}
	t := v.Theme()
	return themePalettes{of(t.Palette), of(t.Diverging), of(t.Categories)}
}

// otherwise is the palette of a scale that names none: the theme's, or one for its kind.
func (s *ColorScale) otherwise() Palette {
	theme, usual := s.theme.sequential, "viridis"
	switch s.Scale {
	case "categorical":
		theme, usual = s.theme.categories, "okabe-ito"
	case "diverging":
		theme, usual = s.theme.diverging, "rdbu"
	}
	if theme.Name == "" {
		return Palette{Name: usual}
	}
	return theme
}

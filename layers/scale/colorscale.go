package scale

import (
	"fmt"
	"math"

	"github.com/longtake/longtake/assets"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// ColorScale maps a field's values to colours. Identity takes colours that the field holds
// as text.
type ColorScale struct {
	Mapping
	Range   []scene.Color `json:"range" doc:"colours, in order; instead of a palette"`
	Palette Palette       `json:"palette" example:"viridis" doc:"named colours; without it viridis, rdbu of a diverging scale, okabe-ito of categories, or the theme's"`
	Missing scene.Color   `json:"missing" doc:"colour of rows without a value; transparent leaves them out"`

	theme themePalettes
	drawn bool // the field is whatever the layer draws: Drawn
}

// Drawn is the colour of a type that computes what it draws: by a field of that name, or by
// the only one there is, where the layer draws another.
func Drawn(field, palette string) ColorBy {
	b := By(field, palette)
	b.By.drawn = true
	return b
}

// By is a colour by a field, on a palette.
func By(field, palette string) ColorBy {
	s := &ColorScale{}
	s.SetDefaults()
	s.Field, s.Palette.Name = field, palette
	return ColorBy{By: s}
}

// SetDefaults fills the defaults.
func (s *ColorScale) SetDefaults() { s.setDefaults() }

// CheckScene refuses domains and ranges that the scale cannot have.
func (s *ColorScale) CheckScene(fail func(field, found, allowed string)) {
	s.check(fail)
	n := len(s.Range)
	switch {
	case n == 0:
	case s.Scale == "threshold" && n != s.classes(n), s.Scale == "quantile" && n != s.classes(n), s.Scale == "quantise" && n != s.classes(n):
		fail("range", fmt.Sprintf("%d colors", n), fmt.Sprintf("one for each of the %d classes is allowed", s.classes(n)))
	case len(s.Domain.Numbers) > 2 && !s.discrete() && s.Scale != "categorical" && n != len(s.Domain.Numbers):
		fail("range", fmt.Sprintf("%d colors", n), fmt.Sprintf("one for each of the %d numbers of the domain is allowed", len(s.Domain.Numbers)))
	}
}

// colors are those of the range or the palette; kind tells how they are joined.
func (s *ColorScale) colors() (colors []scene.Color, kind assets.Kind) {
	if len(s.Range) > 0 {
		return s.Range, assets.Own
	}
	if s.Palette.Name == "" {
		return s.otherwise().list()
	}
	return s.Palette.list()
}

// ColorMap is a ColorBy that knows the table: its domain and the colour of every row.
type ColorMap struct {
	by      ColorBy
	rows    []scene.Color
	axis    axis
	ramp    *ramp          // of continuous scales
	classes []scene.Color  // of classes and categories, in order
	texts   []string       // of categories, in order
	order   map[string]int // of texts
	some    bool           // some row has no value
}

// Resolve finds the domain in the table's rows. The error names the fields that exist.
func (b ColorBy) Resolve(t *table.Table) (*ColorMap, error) {
	b = b.ofDrawn(t)
	s := b.By
	switch {
	case s == nil:
		m := &ColorMap{by: b, rows: make([]scene.Color, t.Rows())}
		for i := range m.rows {
			m.rows[i] = b.Constant
		}
		return m, nil
	case s.byText():
		m := &ColorMap{by: b, rows: make([]scene.Color, t.Rows())}
		texts, err := t.Strings(s.Field)
		if err != nil {
			return nil, fmt.Errorf("color: %w", err)
		}
		if m.texts, err = s.textsOf(t); err != nil {
			return nil, fmt.Errorf("color: %w", err)
		}
		m.name()
		for i, v := range texts {
			m.rows[i] = m.Named(v)
			m.some = m.some || m.rows[i] == s.Missing
		}
		return m, nil
	}
	m, values, err := b.scaled(t)
	if err != nil {
		return nil, err
	}
	m.rows = make([]scene.Color, t.Rows())
	for _, some := range table.InParts(len(m.rows), func(from, to int) (some bool) {
		for i := from; i < to; i++ {
			m.rows[i] = s.Missing
			if i < len(values) {
				m.rows[i] = m.Of(values[i])
			}
			some = some || i >= len(values) || math.IsNaN(values[i])
		}
		return some
	}) {
		m.some = m.some || some
	}
	return m, nil
}

// ofDrawn is the scale of what is drawn, where it is of that: the table's only field.
func (b ColorBy) ofDrawn(t *table.Table) ColorBy {
	if s := b.By; s != nil && s.drawn && len(t.Columns) == 1 && t.Columns[0].Name != s.Field {
		of := *s
		of.Field = t.Columns[0].Name
		b.By = &of
	}
	return b
}

// byText tells whether the scale is of texts.
func (s *ColorScale) byText() bool { return s.Scale == "categorical" || s.Scale == "identity" }

// scaled is a ColorBy along a scale of numbers that knows its domain, with the field's values.
func (b ColorBy) scaled(t *table.Table) (*ColorMap, []float64, error) {
	values, err := t.Numbers(b.By.Field)
	if err != nil {
		return nil, nil, fmt.Errorf("color: %w", err)
	}
	m := &ColorMap{by: b}
	if m.axis, err = b.By.axisOf(t, len(b.By.Range)); err != nil {
		return nil, nil, fmt.Errorf("color: %w", err)
	}
	m.number()
	return m, values, nil
}

// name gives each category its colour: as many of the range's as there are, then again.
func (m *ColorMap) name() {
	s := m.by.By
	if s.Scale == "identity" {
		return
	}
	m.order = map[string]int{}
	colors, kind := s.colors()
	if kind.Ordered() && len(m.texts) > 0 { // a ramp's first colours are all alike
		colors = newRamp(colors, mixRGB).spread(max(len(m.texts), 2))
	}
	if s.Reverse {
		colors = backwards(colors)
	}
	for i, v := range m.texts {
		m.order[v] = i
		m.classes = append(m.classes, colors[i%len(colors)])
	}
}

// number finds ramp or classes.
func (m *ColorMap) number() {
	colors, kind := m.by.By.colors()
	mix := mixRGB
	if kind == assets.Own {
		mix = mixLab
	}
	if m.axis.classes == 0 {
		m.ramp = newRamp(colors, mix)
		return
	}
	if m.classes = colors; len(colors) != m.axis.classes && (kind != assets.Qualitative || len(colors) < m.axis.classes) {
		m.classes = newRamp(colors, mix).spread(m.axis.classes)
	}
}

// Of is the colour of a number; of NaN that of missing values.
func (m *ColorMap) Of(v float64) scene.Color {
	switch {
	case m.by.By == nil:
		return m.by.Constant
	case math.IsNaN(v) || m.ramp == nil && m.axis.classes == 0:
		return m.by.By.Missing
	case m.ramp != nil:
		return m.ramp.at(m.axis.share(v))
	}
	return m.classes[m.axis.place(v)]
}

// Named is the colour of a category; of one that is not in the domain that of missing values.
func (m *ColorMap) Named(text string) scene.Color {
	s := m.by.By
	if s == nil {
		return m.by.Constant
	}
	if s.Scale == "identity" {
		if c, err := scene.ParseColor(text); err == nil {
			return c
		}
		return s.Missing
	}
	if i, ok := m.order[text]; ok {
		return m.classes[i]
	}
	return s.Missing
}

// Rows are the colours of the table's rows.
func (m *ColorMap) Rows() []scene.Color { return m.rows }

package scale

import (
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"

	"github.com/invopop/jsonschema"

	"github.com/longtake/longtake/assets"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// ColorBy is a colour: one for all rows, or by a field through a scale. In documents
// "#rrggbb", or {field, scale, domain, range or palette, missing}.
type ColorBy struct {
	Constant scene.Color
	By       *ColorScale
}

// ColorScale maps a field's values to colours.
type ColorScale struct {
	Field   string        `json:"field" required:"true" doc:"field of the source"`
	Scale   string        `json:"scale" enum:"linear,log,sqrt,quantile,threshold,categorical" doc:"how values become colours"`
	Domain  []float64     `json:"domain" doc:"linear, log, sqrt: the two ends; threshold: the limits between colours; without it, from the data"`
	Range   []scene.Color `json:"range" doc:"colours, in order; instead of a palette"`
	Palette string        `json:"palette" example:"viridis" doc:"named colours"`
	Missing scene.Color   `json:"missing" doc:"colour of rows without a value; transparent leaves them out"`
}

// SetDefaults fills the defaults.
func (s *ColorScale) SetDefaults() { s.Scale, s.Palette = "linear", "viridis" }

// CheckScene refuses unknown palettes and short domains.
func (s *ColorScale) CheckScene(fail func(field, found, allowed string)) {
	if _, ok := assets.Palette(s.Palette); !ok {
		fail("palette", s.Palette, strings.Join(assets.Palettes(), ", ")+" are allowed")
	}
	switch s.Scale {
	case "linear", "log", "sqrt":
		if n := len(s.Domain); n != 0 && n != 2 {
			fail("domain", fmt.Sprintf("%d numbers", n), "two numbers are allowed")
		}
	case "threshold":
		if !slices.IsSorted(s.Domain) || len(s.Domain) == 0 {
			fail("domain", fmt.Sprint(s.Domain), "one or more numbers in rising order are allowed")
		}
	}
}

// UnmarshalScene reads a colour or a scale.
func (b *ColorBy) UnmarshalScene(v *scene.Value) {
	switch v.Kind() {
	case scene.Text:
		var c scene.Color
		if v.Decode(&c) {
			*b = ColorBy{Constant: c}
		}
	case scene.Map:
		s := &ColorScale{}
		s.SetDefaults()
		if v.Decode(s) {
			b.By = s
		}
	default:
		v.Reject("a color or {field, scale, …} is allowed")
	}
}

// MarshalScene writes the shape that was read.
func (b ColorBy) MarshalScene() any {
	if b.By != nil {
		return *b.By
	}
	return b.Constant.String()
}

// SceneSchema describes both shapes.
func (ColorBy) SceneSchema() *jsonschema.Schema {
	return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{scene.Color{}.SceneSchema(), scene.StructSchema(ColorScale{})}}
}

// Colors returns the colour of every row.
func (b ColorBy) Colors(t *table.Table) ([]scene.Color, error) {
	out := make([]scene.Color, t.Rows())
	if b.By == nil {
		for i := range out {
			out[i] = b.Constant
		}
		return out, nil
	}
	s := b.By
	ramp := s.Range
	if len(ramp) == 0 {
		p, _ := assets.Palette(s.Palette)
		for _, c := range p {
			ramp = append(ramp, scene.Color{c[0], c[1], c[2], 255})
		}
	}
	if s.Scale == "categorical" {
		return s.categories(t, ramp)
	}
	values, err := t.Numbers(s.Field)
	if err != nil {
		return nil, fmt.Errorf("color: %w", err)
	}
	position := numberScale(s.Scale, s.Domain, values, len(ramp))
	for i, v := range values {
		if math.IsNaN(v) {
			out[i] = s.Missing
			continue
		}
		p := position(v)
		if s.Scale == "quantile" || s.Scale == "threshold" {
			out[i] = ramp[min(int(p*float64(len(ramp))), len(ramp)-1)]
			continue
		}
		at := p * float64(len(ramp)-1)
		k := min(int(at), max(len(ramp)-2, 0))
		out[i] = ramp[k].Mix(ramp[min(k+1, len(ramp)-1)], at-float64(k))
	}
	return out, nil
}

// categories gives each distinct text a colour, in the order of the texts.
func (s *ColorScale) categories(t *table.Table, ramp []scene.Color) ([]scene.Color, error) {
	texts, err := t.Strings(s.Field)
	if err != nil {
		return nil, fmt.Errorf("color: %w", err)
	}
	distinct := slices.Clone(texts)
	slices.Sort(distinct)
	distinct = slices.Compact(distinct)
	distinct = slices.DeleteFunc(distinct, func(v string) bool { return v == "" })
	out := make([]scene.Color, len(texts))
	for i, v := range texts {
		if v == "" {
			out[i] = s.Missing
			continue
		}
		at, _ := slices.BinarySearch(distinct, v)
		out[i] = ramp[at%len(ramp)]
	}
	return out, nil
}

// NumberBy is a number: one for all rows, or by a field through a scale. In documents a
// number, or {field, scale, domain, range, missing}.
type NumberBy struct {
	Constant float64
	By       *NumberScale
}

// NumberScale maps a field's values to numbers.
type NumberScale struct {
	Field   string     `json:"field" required:"true" doc:"field of the source"`
	Scale   string     `json:"scale" enum:"linear,log,sqrt,quantile,threshold,identity" doc:"how values become numbers; identity takes them as they are"`
	Domain  []float64  `json:"domain" doc:"the two ends (threshold: the limits); without it, from the data"`
	Range   [2]float64 `json:"range" doc:"results at the two ends"`
	Missing float64    `json:"missing" doc:"result of rows without a value"`
}

// SetDefaults fills the defaults.
func (s *NumberScale) SetDefaults() { s.Scale, s.Range = "linear", [2]float64{0, 1} }

// UnmarshalScene reads a number or a scale.
func (b *NumberBy) UnmarshalScene(v *scene.Value) {
	switch v.Kind() {
	case scene.Number:
		var n float64
		if v.Decode(&n) {
			*b = NumberBy{Constant: n}
		}
	case scene.Map:
		s := &NumberScale{}
		s.SetDefaults()
		if v.Decode(s) {
			b.By = s
		}
	default:
		v.Reject("a number or {field, scale, …} is allowed")
	}
}

// MarshalScene writes the shape that was read.
func (b NumberBy) MarshalScene() any {
	if b.By != nil {
		return *b.By
	}
	return b.Constant
}

// SceneSchema describes both shapes.
func (NumberBy) SceneSchema() *jsonschema.Schema {
	return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{{Type: "number"}, scene.StructSchema(NumberScale{})}}
}

// Numbers returns the number of every row.
func (b NumberBy) Numbers(t *table.Table) ([]float64, error) {
	out := make([]float64, t.Rows())
	if b.By == nil {
		for i := range out {
			out[i] = b.Constant
		}
		return out, nil
	}
	s := b.By
	values, err := t.Numbers(s.Field)
	if err != nil {
		return nil, err
	}
	position := numberScale(s.Scale, s.Domain, values, 64)
	for i, v := range values {
		switch {
		case math.IsNaN(v):
			out[i] = s.Missing
		case s.Scale == "identity":
			out[i] = v
		default:
			out[i] = s.Range[0] + (s.Range[1]-s.Range[0])*position(v)
		}
	}
	return out, nil
}

// numberScale returns a function from values to [0, 1]. Without a domain it spans the
// data's finite values.
func numberScale(scale string, domain, values []float64, classes int) func(float64) float64 {
	known := slices.DeleteFunc(slices.Clone(values), math.IsNaN)
	sort.Float64s(known)
	lo, hi := 0.0, 1.0
	if len(known) > 0 {
		lo, hi = known[0], known[len(known)-1]
	}
	if len(domain) == 2 && scale != "threshold" {
		lo, hi = domain[0], domain[1]
	}
	warp := func(v float64) float64 { return v }
	switch scale {
	case "sqrt":
		warp = func(v float64) float64 { return math.Copysign(math.Sqrt(math.Abs(v)), v) }
	case "log": // values at or below zero sit at the low end
		least := lo
		if least <= 0 {
			least = 1e-9
			for _, v := range known {
				if v > 0 {
					least = v
					break
				}
			}
		}
		lo = least
		warp = func(v float64) float64 { return math.Log(math.Max(v, least)) }
	case "quantile":
		return func(v float64) float64 {
			at := sort.SearchFloat64s(known, v)
			return math.Floor(float64(at)/float64(max(len(known), 1))*float64(classes)) / float64(classes)
		}
	case "threshold":
		return func(v float64) float64 {
			at := sort.Search(len(domain), func(i int) bool { return domain[i] > v })
			return (float64(at) + 0.5) / float64(max(classes, len(domain)+1))
		}
	}
	a, b := warp(lo), warp(hi)
	return func(v float64) float64 {
		if a == b {
			return 0.5
		}
		return math.Min(math.Max((warp(v)-a)/(b-a), 0), 1)
	}
}

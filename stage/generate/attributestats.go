package generate

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/building"
	"github.com/longtake/longtake/scene"
)

const (
	mostAttributes = 64      // columns of a layer that keeps all
	mostTagNames   = 1 << 14 // names that are counted
	mostWords      = 1024    // different texts of an attribute that are known
	mostSampled    = 1 << 16
	sampleSteps    = 1000 // of the distribution that is kept
)

// AttributeStat is what is known of the values of an attribute.
type AttributeStat struct {
	Name string `json:"name"`
	Kind string `json:"kind"`
	// Count features have a value, of so many.
	Count    int `json:"count"`
	Features int `json:"features"`
	// Values are those of numbers at even steps of their order, the least and the greatest
	// among them; Words the different texts, in their order.
	Values []float64 `json:"values,omitempty"`
	Words  []string  `json:"words,omitempty"`

	Said     string `json:"said,omitempty"`    // kind in the document
	Numbers  int    `json:"numbers,omitempty"` // values that are numbers, whole ones, truths
	Whole    int    `json:"whole,omitempty"`
	Truths   int    `json:"truths,omitempty"`
	Measured int    `json:"measured,omitempty"` // that are with their unit read
	Odd      string `json:"odd,omitempty"`      // the first that is no number
	Untrue   string `json:"untrue,omitempty"`   // the first that is no truth value
}

// kind is what the values are; complete columns may be of truth values.
func (a *AttributeStat) kind(complete bool) geo.AttributeKind {
	complete = complete && a.Count == a.Features
	switch a.Said {
	case "number":
		return geo.NumberAttribute
	case "integer":
		return geo.IntegerAttribute
	case "text":
		return geo.TextAttribute
	case "boolean":
		if complete && a.Truths == a.Count {
			return geo.BooleanAttribute
		}
		return geo.TextAttribute
	}
	switch {
	case a.Count == 0:
	case a.Whole == a.Count:
		return geo.IntegerAttribute
	case a.Numbers == a.Count:
		return geo.NumberAttribute
	case complete && a.Truths == a.Count:
		return geo.BooleanAttribute
	}
	return geo.TextAttribute
}

// tell notes what of the values is left out, or keeps them from being numbers.
func (a *AttributeStat) tell(report *geo.Report, layer string) {
	what := "layer " + layer + ": attribute " + strconv.Quote(a.Name)
	lost, said := 0, a.Said
	switch a.Said {
	case "number", "integer":
		lost = a.Count - a.Measured
		if a.Said == "integer" {
			said = "integer of 32 bits"
		}
	case "boolean":
		if a.Truths < a.Count {
			report.Note(fmt.Sprintf("%s is text, as %q is no truth value", what, a.Untrue))
		}
	case "", "auto":
		if a.Kind == "text" && a.Measured > a.Count/2 {
			report.Note(fmt.Sprintf("%s is text, as %q is no number: attributes: {%s: number} leaves such values out", what, a.Odd, strconv.Quote(a.Name)))
		}
	}
	if lost > 0 {
		report.Note(fmt.Sprintf("%s: value that is no %s is missing, such as %q", what, said, a.Odd))
	}
}

// settled is a value as a column of a kind has it, "" where it is none of it.
func settled(kind geo.AttributeKind, text string) string {
	switch kind {
	case geo.NumberAttribute, geo.IntegerAttribute:
		v, ok := geo.Number(text)
		if !ok {
			if v, ok = inUnits(text); !ok {
				return ""
			}
		} else if kind == geo.NumberAttribute {
			return text
		}
		if kind == geo.IntegerAttribute {
			v = math.Round(v)
		}
		return strconv.FormatFloat(v, 'f', -1, 64)
	case geo.BooleanAttribute:
		b, _ := truth(text)
		return strconv.FormatBool(b)
	}
	return text
}

// inUnits reads a number with a unit as OSM's tags have it: km/h and metres come of it.
func inUnits(text string) (float64, bool) {
	text = strings.TrimSpace(text)
	for _, u := range [...]struct {
		unit   string
		factor float64
	}{{"km/h", 1}, {"kmh", 1}, {"kph", 1}, {"mph", 1.609344}, {"knots", 1.852}, {"km", 1000}, {"ft", 0.3048}, {"'", 0.3048}, {"m", 1}, {"t", 1}, {"%", 1}} {
		if digits, ok := strings.CutSuffix(text, u.unit); ok {
			v, ok := geo.Number(strings.TrimSpace(digits))
			return v * u.factor, ok
		}
	}
	return 0, false
}

// truth reads a truth value in the words of documents and of OSM.
func truth(text string) (v, ok bool) {
	switch strings.ToLower(text) {
	case "true", "yes", "1":
		return true, true
	case "false", "no", "0":
		return false, true
	}
	return false, false
}

// attributeSearch goes over features twice: for the names that they have, then for the values.
type attributeSearch struct {
	wanted   *scene.Attributes
	decided  []string
	features int
	names    map[string]int
	stats    []AttributeStat
	samples  []valueSample
}

func (a *attributeSearch) count(f *geo.Feature) {
	a.features++
	if a.names == nil {
		a.names = map[string]int{}
	}
	var more []string
	for name, v := range f.Tags {
		if v == "" || name == building.RelationTag {
			continue
		}
		if n, ok := a.names[name]; ok {
			a.names[name] = n + 1
		} else {
			more = append(more, name)
		}
	}
	slices.Sort(more) // there may not be room for all of them
	for _, name := range more[:min(len(more), mostTagNames-len(a.names))] {
		a.names[name] = 1
	}
}

// choose decides on the columns; what no feature has is an error that tells what there is.
func (a *attributeSearch) choose() error {
	there := make([]string, 0, len(a.names))
	for name := range a.names {
		there = append(there, name)
	}
	slices.SortFunc(there, func(x, y string) int { return cmp.Or(a.names[y]-a.names[x], strings.Compare(x, y)) })
	names := a.wanted.Names
	if a.wanted.All {
		all := slices.DeleteFunc(slices.Clone(there), func(name string) bool { return name == "name" })
		names = all[:min(len(all), mostAttributes)]
		slices.Sort(names)
		names = append(slices.Clone(names), a.decided...)
	}
	var unknown []string
	for _, name := range names {
		switch {
		case name == "name": // a column of all tiles
		case slices.Contains(a.decided, name), a.names[name] > 0:
			a.stats = append(a.stats, AttributeStat{Name: name, Said: a.wanted.Kinds[name]})
		case !slices.Contains(always, name):
			unknown = append(unknown, name)
		}
	}
	a.samples = make([]valueSample, len(a.stats))
	if len(unknown) > 0 && a.features > 0 {
		return &unknownAttributes{unknown, tellNames(append(there, a.decided...))}
	}
	return nil
}

func (a *attributeSearch) look(f *geo.Feature) {
	for k := range a.stats {
		a.stats[k].Features++
		if v := f.Tags[a.stats[k].Name]; v != "" {
			a.stats[k].look(v, &a.samples[k])
		}
	}
}

func (a *AttributeStat) look(text string, s *valueSample) {
	a.Count++
	v, ok := geo.Number(text)
	if ok {
		a.Numbers++
		if _, whole := geo.Integer(text); whole {
			a.Whole++
		}
	} else {
		v, ok = inUnits(text)
	}
	if ok && a.Said == "integer" { // which columns have in 32 bits
		_, ok = geo.Integer(settled(geo.IntegerAttribute, text))
	}
	if !ok && a.Odd == "" {
		a.Odd = text
	}
	if ok {
		a.Measured++
		s.number(v)
	}
	if _, ok := truth(text); ok && (a.Said == "boolean" || text == "true" || text == "false") {
		a.Truths++
	} else if a.Said == "boolean" && a.Untrue == "" {
		a.Untrue = text
	}
	s.word(text)
}

func (a *attributeSearch) end() []AttributeStat {
	for k := range a.stats {
		a.samples[k].end(&a.stats[k])
	}
	return a.stats
}

// valueSample is some of an attribute's values: of numbers every one, then every second, every
// fourth… so that they stay few, and the ends.
type valueSample struct {
	low, high float64
	values    []float64
	seen      int
	stride    int
	words     map[string]bool
}

func (s *valueSample) number(v float64) {
	if s.seen == 0 {
		s.low, s.high, s.stride = v, v, 1
	}
	s.low, s.high = min(s.low, v), max(s.high, v)
	if s.seen%s.stride == 0 {
		if len(s.values) == mostSampled {
			for i := range s.values[:mostSampled/2] {
				s.values[i] = s.values[2*i]
			}
			s.values, s.stride = s.values[:mostSampled/2], 2*s.stride
		}
		if s.seen%s.stride == 0 {
			s.values = append(s.values, v)
		}
	}
	s.seen++
}

func (s *valueSample) word(text string) {
	if s.words == nil {
		s.words = map[string]bool{}
	}
	if len(s.words) < mostWords {
		s.words[text] = true
	}
}

func (s *valueSample) end(a *AttributeStat) {
	if s.seen > 0 {
		all := append(slices.Clone(s.values), s.low, s.high)
		slices.Sort(all)
		if s.stride == 1 { // all of them: the ends are there already
			all = slices.Sorted(slices.Values(s.values))
		}
		n := min(len(all), sampleSteps+1)
		for i := range n {
			at := 0
			if n > 1 {
				at = i * (len(all) - 1) / (n - 1)
			}
			a.Values = append(a.Values, all[at])
		}
	}
	for text := range s.words {
		a.Words = append(a.Words, text)
	}
	slices.Sort(a.Words)
}

package scale

import (
	"fmt"
	"slices"
	"strings"
)

// Mapping says how values of a field become shares of a range, of colours or of numbers.
type Mapping struct {
	Field    string  `json:"field" required:"true" doc:"field of the source"`
	Scale    string  `json:"scale" enum:"linear,log,sqrt,pow,symlog,quantile,quantise,threshold,categorical,diverging,identity" doc:"how values become results: along a curve, in classes of equal counts (quantile), of equal widths (quantise) or between limits (threshold), by text, to both sides of a middle, or as they are"`
	Domain   Domain  `json:"domain" doc:"the two ends, or as many values as the range has; percentiles of the data such as 2% leave strays out; threshold: the limits; categorical: the texts in their order; without it, from the data"`
	Middle   float64 `json:"middle" doc:"diverging: the value in the middle of the range"`
	Exponent float64 `json:"exponent" above:"0" max:"10" doc:"pow: values are raised to it"`
	Constant float64 `json:"constant" above:"0" doc:"symlog: up to about this far from zero it is linear, beyond logarithmic"`
	Classes  int     `json:"classes" min:"0" max:"64" doc:"quantile, quantise: number of classes; 0 is one for each of the range, 5 of a palette"`
	Reverse  bool    `json:"reverse" doc:"the range from its end to its start"`
}

func (m *Mapping) setDefaults() { m.Scale, m.Exponent, m.Constant = "linear", 2, 1 }

// check refuses domains that the scale cannot have.
func (m *Mapping) check(fail func(field, found, allowed string)) {
	d := m.Domain
	switch m.Scale {
	case "categorical", "identity":
	case "threshold":
		if d.Percent || len(d.Texts) > 0 || len(d.Numbers) == 0 || !rises(d.Numbers) {
			fail("domain", d.describe(), "one or more numbers in rising order are allowed")
		}
	case "quantile":
		if !d.empty() {
			fail("domain", d.describe(), "the classes of quantile come from the data: leave it out, or take threshold")
		}
	default:
		if len(d.Texts) > 0 {
			fail("domain", d.describe(), "numbers or percentiles are allowed")
			return
		}
		if n := len(d.Numbers); n == 1 || n > 0 && !rises(d.Numbers) && !rises(backwards(d.Numbers)) {
			fail("domain", d.describe(), "two numbers or more, rising or falling, are allowed")
		}
		if m.Scale == "log" && !d.Percent && slices.ContainsFunc(d.Numbers, func(v float64) bool { return v <= 0 }) {
			fail("domain", d.describe(), "numbers above 0 are allowed: others have no logarithm; symlog takes them")
		}
		if n := len(d.Numbers); n == 2 && m.Scale == "diverging" && !d.Percent && (m.Middle < d.Numbers[0] || m.Middle > d.Numbers[1]) {
			fail("domain", d.describe(), fmt.Sprintf("ends below and above the middle (%v) are allowed", m.Middle))
		}
		if n := len(d.Numbers); n > 2 && (m.Scale == "quantise" || m.Scale == "diverging") {
			fail("domain", d.describe(), "the two ends are allowed")
		}
	}
}

func rises(v []float64) bool {
	for i := 1; i < len(v); i++ {
		if v[i] <= v[i-1] {
			return false
		}
	}
	return true
}

func backwards[T any](v []T) []T {
	v = slices.Clone(v)
	slices.Reverse(v)
	return v
}

// discrete tells whether the mapping makes classes of numbers.
func (m *Mapping) discrete() bool {
	return m.Scale == "quantile" || m.Scale == "quantise" || m.Scale == "threshold"
}

// classes is how many classes there are where the range has n entries, 0 for a palette.
func (m *Mapping) classes(n int) int {
	switch {
	case m.Scale == "threshold":
		return len(m.Domain.Numbers) + 1
	case m.Classes > 0:
		return m.Classes
	case n > 0:
		return n
	}
	return 5
}

func (d Domain) describe() string {
	switch {
	case len(d.Texts) > 0:
		return "[" + strings.Join(d.Texts, ", ") + "]"
	case d.Percent:
		return fmt.Sprintf("percentiles %v", d.Numbers)
	}
	return fmt.Sprint(d.Numbers)
}

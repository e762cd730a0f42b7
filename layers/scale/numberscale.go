package scale

import (
	"fmt"
	"math"

	"github.com/longtake/longtake/layers/table"
)

// NumberScale maps a field's values to numbers. Identity takes them as they are.
type NumberScale struct {
	Mapping
	Range   []float64 `json:"range" doc:"results: at the two ends, or one for each number of the domain or each class"`
	Missing float64   `json:"missing" doc:"result of rows without a value"`
}

// SetDefaults fills the defaults.
func (s *NumberScale) SetDefaults() {
	s.setDefaults()
	s.Range = []float64{0, 1}
}

// CheckScene refuses domains and ranges that the scale cannot have.
func (s *NumberScale) CheckScene(fail func(field, found, allowed string)) {
	s.check(fail)
	n, classes := len(s.Range), 0
	switch {
	case s.discrete():
		classes = s.classes(0)
	case s.Scale == "categorical":
		classes = max(len(s.Domain.Texts), len(s.Domain.Numbers))
	case len(s.Domain.Numbers) > 2:
		classes = len(s.Domain.Numbers)
	}
	switch {
	case n < 2:
		fail("range", fmt.Sprintf("%d numbers", n), "two or more are allowed")
	case n > 2 && classes > 0 && n != classes && s.classes(n) != n:
		fail("range", fmt.Sprintf("%d numbers", n), fmt.Sprintf("two, or one for each of %d, are allowed", classes))
	}
}

// NumberMap is a NumberBy that knows the table: its domain and the number of every row.
type NumberMap struct {
	by    NumberBy
	rows  []float64
	axis  axis
	texts []string // of categories, in order
	order map[string]int
}

// Resolve finds the domain in the table's rows. The error names the fields that exist.
func (b NumberBy) Resolve(t *table.Table) (*NumberMap, error) {
	s := b.By
	if s == nil {
		m := &NumberMap{by: b, rows: make([]float64, t.Rows())}
		for i := range m.rows {
			m.rows[i] = b.Constant
		}
		return m, nil
	}
	if s.Scale == "categorical" {
		m := &NumberMap{by: b, rows: make([]float64, t.Rows())}
		texts, err := t.Strings(s.Field)
		if err != nil {
			return nil, err
		}
		if m.texts, err = s.textsOf(t); err != nil {
			return nil, err
		}
		m.order = map[string]int{}
		for i, v := range m.texts {
			m.order[v] = i
		}
		for i, v := range texts {
			m.rows[i] = m.Named(v)
		}
		return m, nil
	}
	m, values, err := b.scaled(t)
	if err != nil {
		return nil, err
	}
	m.rows = make([]float64, t.Rows())
	table.Each(len(m.rows), func(i int) {
		m.rows[i] = s.Missing
		if i < len(values) {
			m.rows[i] = m.Of(values[i])
		}
	})
	return m, nil
}

// scaled is a NumberBy along a scale of numbers that knows its domain, with the field's values.
func (b NumberBy) scaled(t *table.Table) (*NumberMap, []float64, error) {
	values, err := t.Numbers(b.By.Field)
	if err != nil {
		return nil, nil, err
	}
	n := 0
	if len(b.By.Range) > 2 {
		n = len(b.By.Range)
	}
	axis, err := b.By.axisOf(t, n)
	return &NumberMap{by: b, axis: axis}, values, err
}

// Of is the number of a value; of NaN that of missing values.
func (m *NumberMap) Of(v float64) float64 {
	s := m.by.By
	switch {
	case s == nil:
		return m.by.Constant
	case math.IsNaN(v) || m.axis.stops == nil:
		return s.Missing
	case m.axis.same:
		return v
	case m.axis.classes > 0:
		return along(s.Range, m.axis.place(v), m.axis.classes)
	}
	return between(s.Range, m.axis.share(v))
}

// Named is the number of a category; of one that is not in the domain that of missing values.
func (m *NumberMap) Named(text string) float64 {
	s := m.by.By
	if s == nil {
		return m.by.Constant
	}
	i, ok := m.order[text]
	if !ok {
		return s.Missing
	}
	if s.Reverse {
		i = len(m.texts) - 1 - i
	}
	return along(s.Range, i, len(m.texts))
}

// along is the i-th of n results: the range's own, or n spread from its one end to the other.
func along(results []float64, i, n int) float64 {
	switch {
	case len(results) == n:
		return results[i]
	case n < 2:
		return results[0]
	}
	return between(results, float64(i)/float64(n-1))
}

// between is where a share lies among results at even shares.
func between(results []float64, share float64) float64 {
	at := share * float64(len(results)-1)
	k := min(int(at), len(results)-2)
	return results[k] + (results[k+1]-results[k])*(at-float64(k))
}

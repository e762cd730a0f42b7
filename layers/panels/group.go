package panels

import (
	"fmt"
	"math"
	"slices"
	"sort"

	"github.com/longtake/longtake/layers/table"
)

// Group is the value of the rows that share a name.
type Group struct {
	Name  string
	Value float64
	Rows  []int
}

// Grouped is the rows by the text of a field, in the order in which names first appear; ""
// groups nothing. Rows without a name are left out.
func Grouped(t *table.Table, by string) ([]Group, error) {
	if by == "" {
		g := Group{}
		for i := range t.Rows() {
			g.Rows = append(g.Rows, i)
		}
		return []Group{g}, nil
	}
	names, err := t.Strings(by)
	if err != nil {
		return nil, err
	}
	var out []Group
	at := map[string]int{}
	for i, name := range names {
		if name == "" {
			continue
		}
		k, ok := at[name]
		if !ok {
			k = len(out)
			at[name] = k
			out = append(out, Group{Name: name})
		}
		out[k].Rows = append(out[k].Rows, i)
	}
	return out, nil
}

// Aggregated is Grouped with each group's value of a field: sum, mean, median, min, max,
// first, last or count, of which count needs no field.
func Aggregated(t *table.Table, by, field, how string) ([]Group, error) {
	groups, err := Grouped(t, by)
	if err != nil {
		return nil, err
	}
	var values []float64
	if how != "count" {
		if field == "" {
			return nil, fmt.Errorf("a field of numbers is needed: the source has %s", Names(t))
		}
		if values, err = t.Numbers(field); err != nil {
			return nil, err
		}
	}
	for i := range groups {
		groups[i].Value = Aggregate(values, groups[i].Rows, how)
	}
	return groups, nil
}

// Names lists the fields of a table.
func Names(t *table.Table) string {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	return fmt.Sprint(names)
}

// Aggregate is one number of some rows' values; missing ones are left out, and none at all
// is NaN.
func Aggregate(values []float64, rows []int, how string) float64 {
	if how == "count" {
		return float64(len(rows))
	}
	known := make([]float64, 0, len(rows))
	for _, r := range rows {
		if !math.IsNaN(values[r]) {
			known = append(known, values[r])
		}
	}
	if len(known) == 0 {
		return math.NaN()
	}
	switch how {
	case "min":
		return slices.Min(known)
	case "max":
		return slices.Max(known)
	case "first":
		return known[0]
	case "last":
		return known[len(known)-1]
	case "median":
		slices.Sort(known)
		n := len(known)
		return (known[(n-1)/2] + known[n/2]) / 2
	}
	sum := 0.0
	for _, v := range known {
		sum += v
	}
	if how == "mean" {
		sum /= float64(len(known))
	}
	return sum
}

// Ranked sorts groups: "value" from the greatest, "rising" from the least, "name", or "data" as
// they are; groups without a value are last. Beyond limit (0 = none) they are dropped.
func Ranked(groups []Group, order string, limit int) []Group {
	out := slices.Clone(groups)
	sort.SliceStable(out, func(i, j int) bool {
		a, b := out[i].Value, out[j].Value
		switch {
		case order == "data":
			return false
		case order == "name":
			return out[i].Name < out[j].Name
		case math.IsNaN(a) || math.IsNaN(b):
			return math.IsNaN(b) && !math.IsNaN(a)
		case order == "rising":
			return a < b
		}
		return a > b
	})
	if limit > 0 && len(out) > limit {
		out = out[:limit]
	}
	return out
}

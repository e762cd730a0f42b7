package transform

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// grouped are the rows of each group, groups in the order of their first rows; a missing
// value is a key like any other.
func grouped(t *table.Table, by []string) ([][]int, error) {
	if len(by) == 0 {
		if t.Rows() == 0 {
			return nil, nil
		}
		return [][]int{upTo(t.Rows())}, nil
	}
	keys, err := keysOf(t, by, true)
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	var groups [][]int
	for r, k := range keys {
		g, ok := at[k]
		if !ok {
			g = len(groups)
			at[k], groups = g, append(groups, nil)
		}
		groups[g] = append(groups[g], r)
	}
	return groups, nil
}

func aggregated(t *table.Table, a *scene.Aggregate) (*table.Table, error) {
	groups, err := grouped(t, a.By)
	if err != nil {
		return nil, err
	}
	first := make([]int, len(groups))
	for i, g := range groups {
		first[i] = g[0]
	}
	out := &table.Table{IDs: make([]string, len(groups)), Geometry: make([]orb.Geometry, len(groups))}
	for _, name := range a.By {
		c, err := column(t, name)
		if err != nil {
			return nil, err
		}
		out.Columns = append(out.Columns, c.Pick(first))
	}
	for i, g := range groups {
		var words []string
		for k := range a.By {
			words = append(words, out.Columns[k].Word(i))
		}
		if out.IDs[i] = strings.Join(words, " "); out.IDs[i] == "" {
			out.IDs[i] = "#" + fmt.Sprint(i)
		}
		switch a.Place {
		case "first":
			out.Geometry[i] = t.Geometry[g[0]]
		case "mean":
			if p, ok := middle(t, g); ok {
				out.Geometry[i] = p
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(a.Values)) {
		if slices.Contains(a.By, name) {
			return nil, fmt.Errorf("values: %q is one of the fields of by", name)
		}
		c, err := measured(t, a.Values[name], groups, first)
		if err != nil {
			return nil, fmt.Errorf("values: %s: %w", name, err)
		}
		c.Name = name
		out.Columns = append(out.Columns, c)
	}
	out.Sort()
	return out, nil
}

// middle is the mean direction of the rows' places.
func middle(t *table.Table, rows []int) (orb.Point, bool) {
	var sum mgl64.Vec3
	for _, r := range rows {
		if p, ok := table.Foot(t.Geometry[r]); ok {
			sum = sum.Add(earth.Place{Lng: p[0], Lat: p[1]}.Up())
		}
	}
	if sum.Len() < 1e-9 {
		return orb.Point{}, false
	}
	return orb.Point{earth.Degrees(math.Atan2(sum[1], sum[0])), earth.Degrees(math.Atan2(sum[2], math.Hypot(sum[0], sum[1])))}, true
}

// measured computes a measure of each group.
func measured(t *table.Table, m scene.Measure, groups [][]int, first []int) (table.Column, error) {
	out := table.Column{Numbers: make([]float64, len(groups))}
	if m.What == "count" && m.Field == "" {
		for i, g := range groups {
			out.Numbers[i] = float64(len(g))
		}
		return out, nil
	}
	c, err := column(t, m.Field)
	if err != nil {
		return out, err
	}
	switch m.What {
	case "first":
		return c.Pick(first), nil
	case "last":
		last := make([]int, len(groups))
		for i, g := range groups {
			last[i] = g[len(g)-1]
		}
		return c.Pick(last), nil
	case "count", "distinct":
		for i, g := range groups {
			seen := map[string]bool{}
			n := 0
			for _, r := range g {
				if w := c.Word(r); w != "" {
					n++
					if m.What == "distinct" {
						seen[w] = true
					}
				}
			}
			if out.Numbers[i] = float64(n); m.What == "distinct" {
				out.Numbers[i] = float64(len(seen))
			}
		}
		return out, nil
	}
	if c.Kind == table.Text || c.Kind == table.List {
		return out, fmt.Errorf("field %q holds %s, not numbers", m.Field, c.Kind)
	}
	if c.Kind == table.Time && m.What != "sum" {
		out.Kind = table.Time
	}
	var values []float64
	for i, g := range groups {
		values = values[:0]
		for _, r := range g {
			if v := c.Numbers[r]; v == v {
				values = append(values, v)
			}
		}
		out.Numbers[i] = measure(m, values)
	}
	return out, nil
}

// measure is a number about values; NaN without any, but their sum is then 0.
func measure(m scene.Measure, values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	switch {
	case m.What == "sum":
		return sum
	case len(values) == 0:
		return math.NaN()
	case m.What == "mean":
		return sum / float64(len(values))
	case m.What == "min":
		return slices.Min(values)
	case m.What == "max":
		return slices.Max(values)
	case m.What == "median":
		return quantile(values, 0.5)
	}
	return quantile(values, m.Share)
}

// quantile interpolates between the nearest ranks (definition 7 of Hyndman and Fan 1996).
func quantile(values []float64, share float64) float64 {
	slices.Sort(values)
	at := share * float64(len(values)-1)
	k := int(at)
	if k+1 >= len(values) {
		return values[len(values)-1]
	}
	return values[k] + (at-float64(k))*(values[k+1]-values[k])
}

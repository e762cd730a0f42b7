package load

import (
	"fmt"
	"math"
	"strings"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// locate gives the rows of a table that has no geometry the places that its columns name,
// takes those columns away, and leaves out what is outside of the box or nowhere.
func locate(t *table.Table, src *scene.Source, o Options) (*table.Table, error) {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	at := [4]int{-1, -1, -1, -1}
	switch want := src.Columns; {
	case want.Lng != "":
		if at[0], at[1] = columnNamed(names, want.Lng), columnNamed(names, want.Lat); min(at[0], at[1]) < 0 {
			return nil, fmt.Errorf("no columns %q and %q: it has %s", want.Lng, want.Lat, strings.Join(names, ", "))
		}
	case t.Geometry == nil:
		at[0], at[1], at[2], at[3] = read.Positions(names)
	}
	if t.Geometry == nil || at[0] >= 0 {
		t.Geometry = make([]orb.Geometry, len(t.IDs))
	}
	if at[0] >= 0 {
		values := [4][]float64{}
		taken := map[string]bool{}
		for i, k := range at {
			if k < 0 {
				continue
			}
			if t.Columns[k].Kind != table.Number {
				return nil, fmt.Errorf("field %q holds %s, not degrees", names[k], t.Columns[k].Kind)
			}
			values[i], taken[names[k]] = t.Columns[k].Numbers, true
		}
		for r := range t.IDs {
			a := orb.Point{values[0][r], values[1][r]}
			if values[2] == nil {
				t.Geometry[r] = a
			} else {
				t.Geometry[r] = orb.LineString{a, {values[2][r], values[3][r]}}
			}
		}
		columns := t.Columns[:0:0]
		for _, c := range t.Columns {
			if !taken[c.Name] {
				columns = append(columns, c)
			}
		}
		t.Columns = columns
	}
	keep := make([]int, 0, len(t.IDs))
	for r, g := range t.Geometry {
		if g != nil && nowhere(g) {
			o.Report.Skip(t.IDs[r], reasonNumber)
			continue
		}
		reason, in := placed(g, o.BBox)
		if reason != "" {
			o.Report.Skip(t.IDs[r], reason)
		}
		if in {
			keep = append(keep, r)
		}
	}
	if len(keep) == len(t.IDs) {
		return t, nil
	}
	return t.Pick(keep), nil
}

// Within is the rows of a table that touch a region, with those that have no place; nil takes
// all.
func Within(t *table.Table, region *scene.Bounds) *table.Table {
	if region == nil {
		return t
	}
	keep := make([]int, 0, t.Rows())
	for r, g := range t.Geometry {
		if _, in := placed(g, (*geo.Bound)(region)); in {
			keep = append(keep, r)
		}
	}
	return t.Pick(keep)
}

func nowhere(g orb.Geometry) bool {
	b := g.Bound()
	return math.IsNaN(b.Min[0] + b.Min[1] + b.Max[0] + b.Max[1])
}

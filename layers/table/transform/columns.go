package transform

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

func (s Steps) derive(t *table.Table, derive map[string]scene.Formula) (*table.Table, error) {
	if t.Rows() == 0 {
		return t, nil
	}
	made := make([]table.Column, 0, len(derive))
	for _, name := range slices.Sorted(maps.Keys(derive)) {
		p, err := compiled(t, derive[name])
		if err != nil {
			return nil, err
		}
		made = append(made, p.Column(name))
	}
	return with(t, made...), nil
}

// with is the table with columns added or replaced.
func with(t *table.Table, columns ...table.Column) *table.Table {
	out := &table.Table{IDs: t.IDs, Geometry: t.Geometry}
	for _, c := range t.Columns {
		if !slices.ContainsFunc(columns, func(n table.Column) bool { return n.Name == c.Name }) {
			out.Columns = append(out.Columns, c)
		}
	}
	out.Columns = append(out.Columns, columns...)
	out.Sort()
	return out
}

func selected(t *table.Table, names []string) (*table.Table, error) {
	out := &table.Table{IDs: t.IDs, Geometry: t.Geometry}
	for _, n := range names {
		c, err := column(t, n)
		if err != nil {
			return nil, err
		}
		out.Columns = append(out.Columns, *c)
	}
	out.Sort()
	return out, nil
}

func dropped(t *table.Table, names []string) (*table.Table, error) {
	out := &table.Table{IDs: t.IDs, Geometry: t.Geometry}
	for _, n := range names {
		if _, err := t.Column(n); err != nil {
			return nil, err
		}
	}
	for _, c := range t.Columns {
		if !slices.Contains(names, c.Name) {
			out.Columns = append(out.Columns, c)
		}
	}
	return out, nil
}

func renamed(t *table.Table, names map[string]string) (*table.Table, error) {
	out := &table.Table{IDs: t.IDs, Geometry: t.Geometry}
	for _, old := range slices.Sorted(maps.Keys(names)) {
		c, err := column(t, old)
		if err != nil {
			return nil, err
		}
		n := *c
		n.Name = names[old]
		out.Columns = append(out.Columns, n)
	}
	for _, c := range t.Columns {
		if _, ok := names[c.Name]; !ok {
			if slices.ContainsFunc(out.Columns, func(o table.Column) bool { return o.Name == c.Name }) {
				return nil, fmt.Errorf("there is a field %q already", c.Name)
			}
			out.Columns = append(out.Columns, c)
		}
	}
	out.Sort()
	return out, nil
}

func (s Steps) place(t *table.Table, p *scene.Position) (*table.Table, error) {
	if t.Rows() == 0 {
		return t, nil
	}
	var v [4][]float64
	for i, name := range []string{p.Lng, p.Lat, p.Lng2, p.Lat2} {
		if name == "" {
			continue
		}
		c, err := column(t, name)
		if err != nil {
			return nil, err
		}
		if c.Kind != table.Number {
			return nil, fmt.Errorf("field %q holds %s, not degrees", name, c.Kind)
		}
		v[i] = c.Numbers
	}
	out := &table.Table{IDs: t.IDs, Columns: t.Columns, Geometry: make([]orb.Geometry, t.Rows())}
	for r := range out.Geometry {
		sum := 0.0
		for i := range v {
			if v[i] == nil {
				continue
			}
			if limit := 360 - 270*float64(i&1); math.Abs(v[i][r]) > limit {
				sum = math.NaN()
			}
			sum += v[i][r]
		}
		switch {
		case sum != sum:
			s.Report.Skip(t.IDs[r], "no place in "+p.Lng+" and "+p.Lat)
		case v[2] != nil && v[3] != nil:
			out.Geometry[r] = orb.LineString{{v[0][r], v[1][r]}, {v[2][r], v[3][r]}}
		default:
			out.Geometry[r] = orb.Point{v[0][r], v[1][r]}
		}
	}
	var rows []int
	for r, g := range out.Geometry {
		if g != nil {
			rows = append(rows, r)
		}
	}
	return out.Pick(rows), nil
}

package transform

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// keysOf writes the values of fields of every row as one text; "" where one is missing, unless
// partial keys count as well.
func keysOf(t *table.Table, fields []string, partial bool) ([]string, error) {
	out := make([]string, t.Rows())
	var b strings.Builder
	columns := make([]*table.Column, len(fields))
	for i, f := range fields {
		var err error
		if columns[i], err = column(t, f); err != nil {
			return nil, err
		}
	}
	if t.Rows() == 0 {
		return out, nil
	}
	for r := range out {
		if len(columns) == 1 {
			out[r] = columns[0].Word(r)
			continue
		}
		b.Reset()
		for i, c := range columns {
			w := c.Word(r)
			if w == "" && !partial {
				b.Reset()
				break
			}
			if i > 0 {
				b.WriteByte(0)
			}
			b.WriteString(w)
		}
		out[r] = b.String()
	}
	return out, nil
}

// join looks each row's keys up in another table.
func (s Steps) join(t *table.Table, j *scene.Join) (*table.Table, error) {
	other, err := s.Source(j.With)
	if err != nil {
		return nil, err
	}
	ours := slices.Sorted(maps.Keys(j.On))
	theirs := make([]string, len(ours))
	for i, k := range ours {
		theirs[i] = j.On[k]
	}
	keys, err := keysOf(t, ours, false)
	if err != nil {
		return nil, err
	}
	their, err := keysOf(other, theirs, false)
	if err != nil {
		return nil, fmt.Errorf("source %s: %w", j.With, err)
	}
	at := make(map[string]int, len(their))
	twice := 0
	for i, k := range their {
		if _, has := at[k]; has && k != "" {
			twice++
		} else if k != "" {
			at[k] = i
		}
	}
	s.note("row of "+j.With+" whose key another has: the first is joined", twice)
	columns, err := joined(t, other, j, theirs)
	if err != nil {
		return nil, err
	}
	var left, right []int
	for i, k := range keys {
		r, ok := at[k]
		switch {
		case k != "" && ok:
			left, right = append(left, i), append(right, r)
		case j.Keep == "all":
			left, right = append(left, i), append(right, -1)
		default:
			s.Report.Skip(t.IDs[i], "no partner in source "+j.With)
		}
	}
	if j.Keep == "all" {
		unmatched := 0
		for _, r := range right {
			if r < 0 {
				unmatched++
			}
		}
		s.note("row without a partner in source "+j.With, unmatched)
	}
	out := t.Pick(left)
	for _, c := range columns {
		picked := c.Pick(right)
		out.Columns = append(out.Columns, picked)
	}
	if j.Place {
		out.Geometry = make([]orb.Geometry, len(right))
		for i, r := range right {
			if r >= 0 {
				out.Geometry[i] = other.Geometry[r]
			}
		}
	}
	out.Sort()
	return out, nil
}

// joined are the columns that a join adds, under their new names.
func joined(t, other *table.Table, j *scene.Join, keys []string) ([]table.Column, error) {
	take := map[string]string{}
	for name, field := range j.Select {
		take[j.Prefix+name] = field
	}
	if j.Select == nil {
		for _, c := range other.Columns {
			if !slices.Contains(keys, c.Name) {
				take[j.Prefix+c.Name] = c.Name
			}
		}
		if j.Prefix != "" && !j.Place {
			take[j.Prefix+"lng"], take[j.Prefix+"lat"] = "lng", "lat"
		}
	}
	var out []table.Column
	for _, name := range slices.Sorted(maps.Keys(take)) {
		c, err := column(other, take[name])
		if err != nil {
			return nil, fmt.Errorf("source %s: %w", j.With, err)
		}
		if t.Find(name) != nil {
			return nil, fmt.Errorf("both have a field %q: a prefix, or select, gives it another name", name)
		}
		n := *c
		n.Name = name
		out = append(out, n)
	}
	return out, nil
}

package cells

import (
	"fmt"
	"math"
	"regexp"

	"github.com/longtake/longtake/layers/aggregate"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/layers/table"
)

// stats are what is known of groups of rows: columns named count, or operation(field).
type stats struct {
	rows   *table.Table
	groups aggregate.Groups
	weight string
	plain  bool // a field's own name is its mean
}

var statName = regexp.MustCompile(`^([a-z]+)\((.+)\)$`)

// table has a column for each name that the scales ask for, and a row for each group.
func (s *stats) table(read ...reading) (*table.Table, error) {
	out := &table.Table{IDs: make([]string, s.groups.N)}
	for i := range out.IDs {
		out.IDs[i] = fmt.Sprint(i)
	}
	done := map[string]bool{}
	for _, r := range read {
		name := r.name
		if name == "" || done[name] {
			continue
		}
		done[name] = true
		values, err := s.column(r)
		if err != nil {
			return nil, err
		}
		out.Columns = append(out.Columns, table.Column{Name: name, Kind: table.Number, Numbers: values})
	}
	out.Sort()
	return out, nil
}

func (s *stats) column(r reading) ([]float64, error) {
	var weights, values []float64
	var err error
	if s.weight != "" {
		if weights, err = s.rows.Numbers(s.weight); err != nil {
			return nil, fmt.Errorf("weight: %w", err)
		}
	}
	name := r.name
	op := aggregate.Op(name)
	if op != aggregate.Count {
		m := statName.FindStringSubmatch(name)
		if m == nil && s.plain {
			m = []string{name, string(aggregate.Mean), name}
		}
		if m == nil {
			return nil, fmt.Errorf("%s: %q is no number of a cell: count, or sum, mean, min, max or median of a field, such as mean(speed)", r.by, name)
		}
		op = aggregate.Op(m[1])
		if err := op.Check(); err != nil {
			return nil, fmt.Errorf("%s: %s: %w", r.by, name, err)
		}
		if values, err = s.rows.Numbers(m[2]); err != nil {
			return nil, fmt.Errorf("%s: %s: %w", r.by, name, err)
		}
		if len(values) == 0 && len(s.groups.Of) > 0 {
			values = make([]float64, len(s.groups.Of))
		}
	}
	return s.groups.Reduce(op, values, weights)
}

// reading is a number of the cells, and the property that reads it.
type reading struct{ by, name string }

// fields are those that the scales read.
func fields(color scale.ColorBy, height scale.NumberBy) (read []reading) {
	if color.By != nil {
		read = append(read, reading{"color", color.By.Field})
	}
	if height.By != nil {
		read = append(read, reading{"height", height.By.Field})
	}
	return read
}

// between tells for each value whether it lies within two percentiles of all.
func between(values []float64, from, to float64) []bool {
	out := make([]bool, len(values))
	lo, hi := percentile(values, from), percentile(values, to)
	for i, v := range values {
		out[i] = v >= lo && v <= hi || math.IsNaN(v)
	}
	return out
}

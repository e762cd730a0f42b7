package charts

import (
	"fmt"
	"math"
	"slices"

	"github.com/longtake/longtake/layers/panels"
	"github.com/longtake/longtake/layers/table"
)

// Fields bind a chart along an axis to a source.
type Fields struct {
	X         string   `json:"x" required:"true" doc:"field along the horizontal axis: texts, numbers or times"`
	Y         []string `json:"y" doc:"fields of the values; each is a series"`
	Series    string   `json:"series" doc:"field whose texts part the rows into series"`
	Aggregate string   `json:"aggregate" enum:"sum,mean,median,min,max,count,first,last" doc:"how rows of one x and series become one value"`
	Sort      string   `json:"sort" enum:"data,value,rising,name" doc:"order of texts along x: as in the data, by their totals from the greatest or from the least, or by name"`
	Limit     int      `json:"limit" min:"0" max:"1000" doc:"how many texts along x; 0 is all"`
}

// frame is series over common places along x.
type frame struct {
	names  []string  // of the places
	at     []float64 // of the places; nil where they are texts
	time   bool      // at holds seconds since 1970
	series []series
}

type series struct {
	name   string
	values []float64 // one a place; NaN = missing
	rows   [][]int   // of the layer's table that they are of
}

// frame reads the fields. Texts along x keep the data's order, numbers and times rise.
func (f *Fields) frame(t *table.Table) (*frame, error) {
	column, err := t.Column(f.X)
	if err != nil {
		return nil, fmt.Errorf("x: %w", err)
	}
	if len(f.Y) == 0 && f.Aggregate != "count" {
		return nil, fmt.Errorf("y: a field of numbers is needed: the source has %s", panels.Names(t))
	}
	places, err := panels.Grouped(t, f.X)
	if err != nil {
		return nil, fmt.Errorf("x: %w", err)
	}
	out := &frame{}
	if column.Numbers != nil {
		slices.SortStableFunc(places, func(a, b panels.Group) int {
			switch u, v := column.Numbers[a.Rows[0]], column.Numbers[b.Rows[0]]; {
			case u < v:
				return -1
			case u > v:
				return 1
			}
			return 0
		})
		for _, g := range places {
			out.at = append(out.at, column.Numbers[g.Rows[0]])
		}
		out.time = column.Kind == table.Time
	}
	parts, err := panels.Grouped(t, f.Series)
	if err != nil {
		return nil, fmt.Errorf("series: %w", err)
	}
	part := make([]int, t.Rows())
	for i := range part {
		part[i] = -1
	}
	for i, g := range parts {
		for _, r := range g.Rows {
			part[r] = i
		}
	}
	fields := f.Y
	if len(fields) == 0 {
		fields = []string{""}
	}
	for _, name := range fields {
		var values []float64
		if f.Aggregate != "count" {
			if values, err = t.Numbers(name); err != nil {
				return nil, fmt.Errorf("y: %w", err)
			}
		}
		for i, g := range parts {
			s := series{name: g.Name}
			if f.Series == "" {
				s.name = name
			} else if len(fields) > 1 {
				s.name = g.Name + " " + name
			}
			for _, place := range places {
				var rows []int
				for _, r := range place.Rows {
					if part[r] == i {
						rows = append(rows, r)
					}
				}
				v := math.NaN()
				if len(rows) > 0 {
					v = panels.Aggregate(values, rows, f.Aggregate)
				}
				s.values, s.rows = append(s.values, v), append(s.rows, t.Origins(rows))
			}
			out.series = append(out.series, s)
		}
	}
	for _, g := range places {
		out.names = append(out.names, g.Name)
	}
	if out.at == nil {
		out.sort(f.Sort, f.Limit)
	}
	return out, nil
}

// sort orders the places by their totals.
func (f *frame) sort(order string, limit int) {
	groups := make([]panels.Group, len(f.names))
	for i, n := range f.names {
		total := math.NaN()
		for _, s := range f.series {
			if v := s.values[i]; !math.IsNaN(v) {
				if math.IsNaN(total) {
					total = 0
				}
				total += v
			}
		}
		groups[i] = panels.Group{Name: n, Value: total, Rows: []int{i}}
	}
	groups = panels.Ranked(groups, order, limit)
	names := make([]string, len(groups))
	for i, g := range groups {
		names[i] = g.Name
	}
	for k := range f.series {
		values, rows := make([]float64, len(groups)), make([][]int, len(groups))
		for i, g := range groups {
			values[i], rows[i] = f.series[k].values[g.Rows[0]], f.series[k].rows[g.Rows[0]]
		}
		f.series[k].values, f.series[k].rows = values, rows
	}
	f.names = names
}

// keys are the names of the series.
func (f *frame) keys() (out []string) {
	for _, s := range f.series {
		out = append(out, s.name)
	}
	return out
}

// stacked are each series' lower and upper ends where they stand on each other; values below
// zero hang.
func (f *frame) stacked() (low, high [][]float64) {
	n := len(f.names)
	up, down := make([]float64, n), make([]float64, n)
	for _, s := range f.series {
		lo, hi := make([]float64, n), make([]float64, n)
		for i, v := range s.values {
			switch {
			case math.IsNaN(v):
				lo[i], hi[i] = math.NaN(), math.NaN()
			case v >= 0:
				lo[i], hi[i] = up[i], up[i]+v
				up[i] += v
			default:
				lo[i], hi[i] = down[i]+v, down[i]
				down[i] += v
			}
		}
		low, high = append(low, lo), append(high, hi)
	}
	return low, high
}

// across is the axis of the places, in a box of a width.
func (f *frame) across(width float64, write func(float64) string) axis {
	n := len(f.names)
	wanted := max(int(width/90), 2)
	if f.at != nil {
		lo, hi := f.at[0], f.at[n-1]
		if f.time {
			return days(lo, hi, wanted)
		}
		a := nice(lo, hi, wanted, write)
		a.lo, a.hi = lo, hi
		keep := a.ticks[:0]
		var labels []string
		for i, v := range a.ticks {
			if v >= lo && v <= hi {
				keep, labels = append(keep, v), append(labels, a.labels[i])
			}
		}
		a.ticks, a.labels = keep, labels
		return a
	}
	a := axis{lo: 0, hi: float64(max(n-1, 1))}
	for i, name := range f.names {
		a.ticks, a.labels = append(a.ticks, float64(i)), append(a.labels, name)
	}
	return a
}

// told is what a series shows at a place.
func (f *frame) told(l look, s, i int) string {
	out := f.names[i]
	if len(f.series) > 1 {
		out += " · " + f.series[s].name
	}
	return out + " · " + l.write(f.series[s].values[i])
}

// place is the i-th place along x.
func (f *frame) place(i int) float64 {
	if f.at != nil {
		return f.at[i]
	}
	return float64(i)
}

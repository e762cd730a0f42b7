// Package transform makes tables of tables, step by step, as a document's transform says.
// Tables and their columns are never changed: steps share what they leave alone.
package transform

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"sort"
	"strings"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/layers/table/compute"
	"github.com/longtake/longtake/scene"
)

// Steps are run with what they need besides the table.
type Steps struct {
	Source func(name string) (*table.Table, error) // another source
	Report *geo.Report
}

// Apply runs the steps in their order. An error says where in the document it is.
func (s Steps) Apply(t *table.Table, steps []scene.Step) (*table.Table, error) {
	for i := range steps {
		next, err := s.apply(t, &steps[i])
		if err != nil {
			return nil, err
		}
		t = next
	}
	return t, nil
}

func (s Steps) apply(t *table.Table, step *scene.Step) (out *table.Table, err error) {
	switch {
	case step.Filter != nil:
		return s.filter(t, step.Filter)
	case step.Derive != nil:
		return s.derive(t, step.Derive)
	case step.Select != nil:
		out, err = selected(t, step.Select)
	case step.Drop != nil:
		out, err = dropped(t, step.Drop)
	case step.Rename != nil:
		out, err = renamed(t, step.Rename)
	case step.Sort != nil:
		out, err = sorted(t, step.Sort)
	case step.Limit != nil:
		out = t.Pick(upTo(min(*step.Limit, t.Rows())))
	case step.Join != nil:
		out, err = s.join(t, step.Join)
	case step.Aggregate != nil:
		out, err = aggregated(t, step.Aggregate)
	case step.Window != nil:
		out, err = s.window(t, step.Window)
	case step.Place != nil:
		out, err = s.place(t, step.Place)
	case step.Lines != nil:
		out, err = s.lines(t, step.Lines)
	case step.Explode != nil:
		out, err = explode(t, step.Explode)
	case step.Simplify != nil:
		out = simplify(t, *step.Simplify)
	case step.Resample != nil:
		out, err = s.resample(t, step.Resample)
	case step.Bin != nil:
		out, err = bin(t, step.Bin)
	case step.Cluster != nil:
		out, err = cluster(t, step.Cluster)
	case step.Density != nil:
		out, err = density(t, step.Density)
	case step.Interpolate != nil:
		out, err = interpolate(t, step.Interpolate)
	default:
		return t, nil
	}
	if err != nil {
		return nil, step.Fail(err)
	}
	return out, nil
}

// note counts something that is not a row left out.
func (s Steps) note(what string, n int) {
	if n > 0 {
		s.Report.Merge(geo.Summary{Notes: map[string]int{what: n}})
	}
}

// column is the column of a name; lng and lat are those of a row's place where no column
// has these names.
func column(t *table.Table, name string) (*table.Column, error) {
	c := t.Find(name)
	if c != nil {
		return c, nil
	}
	if name == "lng" || name == "lat" {
		return coordinate(t, name), nil
	}
	if t.Rows() == 0 {
		return t.Column(name)
	}
	_, err := t.Column(name)
	return nil, fmt.Errorf("%w; lng and lat are those of its place", err)
}

// coordinate is a column of the points' coordinates, of other shapes those of the middle of
// their box.
func coordinate(t *table.Table, name string) *table.Column {
	c := &table.Column{Name: name, Numbers: make([]float64, t.Rows())}
	axis := 0
	if name == "lat" {
		axis = 1
	}
	for i, g := range t.Geometry {
		c.Numbers[i] = math.NaN()
		if p, ok := foot(g); ok {
			c.Numbers[i] = p[axis]
		}
	}
	return c
}

// foot is the middle of a shape's box; a shape may be empty.
func foot(g orb.Geometry) (orb.Point, bool) {
	if g == nil {
		return orb.Point{}, false
	}
	b := g.Bound()
	return b.Center(), !b.IsEmpty()
}

func compiled(t *table.Table, f scene.Formula) (*compute.Program, error) {
	p, err := compute.Compile(f.Text, func(name string) (*table.Column, error) { return column(t, name) }, t.Rows())
	if err != nil {
		return nil, f.Fail(err)
	}
	return p, nil
}

func (s Steps) filter(t *table.Table, f *scene.Formula) (*table.Table, error) {
	if t.Rows() == 0 { // what its fields hold, no row tells
		return t, nil
	}
	p, err := compiled(t, *f)
	if err != nil {
		return nil, err
	}
	keep, missing, err := p.True()
	if err != nil {
		return nil, f.Fail(err)
	}
	s.note("row left out by filter "+f.Text+": a value is missing", missing)
	var rows []int
	for i, k := range keep {
		if k {
			rows = append(rows, i)
		}
	}
	return t.Pick(rows), nil
}

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

func upTo(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// sorted orders rows by fields; missing values come last, whatever the direction.
func sorted(t *table.Table, by []string) (*table.Table, error) {
	rows := upTo(t.Rows())
	order, err := ordering(t, by)
	if err != nil {
		return nil, err
	}
	sort.SliceStable(rows, func(a, b int) bool { return order(rows[a], rows[b]) < 0 })
	return t.Pick(rows), nil
}

// ordering compares rows by fields.
func ordering(t *table.Table, by []string) (func(a, b int) int, error) {
	var orders []func(a, b int) int
	for _, name := range by {
		name, down := strings.CutPrefix(name, "-")
		c, err := column(t, name)
		if err != nil {
			return nil, err
		}
		orders = append(orders, comparing(c, down))
	}
	return func(a, b int) int {
		for _, o := range orders {
			if d := o(a, b); d != 0 {
				return d
			}
		}
		return 0
	}, nil
}

func comparing(c *table.Column, down bool) func(a, b int) int {
	sign := 1
	if down {
		sign = -1
	}
	if c.Kind == table.Text || c.Kind == table.List {
		return func(a, b int) int {
			x, y := c.Word(a), c.Word(b)
			if (x == "") != (y == "") {
				return missingLast(x == "")
			}
			return sign * strings.Compare(x, y)
		}
	}
	return func(a, b int) int {
		x, y := c.Numbers[a], c.Numbers[b]
		switch {
		case (x != x) != (y != y):
			return missingLast(x != x)
		case x < y:
			return -sign
		case x > y:
			return sign
		}
		return 0
	}
}

func missingLast(first bool) int {
	if first {
		return 1
	}
	return -1
}

func (s Steps) window(t *table.Table, w *scene.Window) (*table.Table, error) {
	c, err := column(t, w.Field)
	if err != nil || t.Rows() == 0 {
		return t, err
	}
	if c.Kind != table.Time {
		return nil, fmt.Errorf("field %q holds %s, not times: name it in time.columns of the source", w.Field, c.Kind)
	}
	from, to := math.Inf(-1), math.Inf(1)
	for _, end := range []struct {
		text string
		to   *float64
	}{{w.From, &from}, {w.To, &to}} {
		if end.text == "" {
			continue
		}
		v, ok := table.ParseTime(end.text)
		if !ok {
			return nil, fmt.Errorf("%q is no time: one of ISO 8601 such as 2020-04-14T06:00Z is allowed", end.text)
		}
		*end.to = v
	}
	var rows []int
	missing := 0
	for i, v := range c.Numbers {
		if v >= from && v < to {
			rows = append(rows, i)
		}
		if v != v {
			missing++
		}
	}
	s.note("row left out by window: no "+w.Field, missing)
	return t.Pick(rows), nil
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

// Package transform makes tables of tables, step by step, as a document's transform says.
// Tables and their columns are never changed: steps share what they leave alone.
package transform

import (
	"fmt"
	"math"

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
	case step.Geofence != nil:
		out, err = s.geofence(t, step.Geofence)
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

// coordinate is a column of the points' coordinates, of other shapes those of where they
// have their foot.
func coordinate(t *table.Table, name string) *table.Column {
	c := &table.Column{Name: name, Numbers: make([]float64, t.Rows())}
	axis := 0
	if name == "lat" {
		axis = 1
	}
	for i, g := range t.Geometry {
		c.Numbers[i] = math.NaN()
		if p, ok := table.Foot(g); ok {
			c.Numbers[i] = p[axis]
		}
	}
	return c
}

func compiled(t *table.Table, f scene.Formula) (*compute.Program, error) {
	p, err := compute.Compile(f.Text, func(name string) (*table.Column, error) { return column(t, name) }, t.Rows())
	if err != nil {
		return nil, f.Fail(err)
	}
	return p, nil
}

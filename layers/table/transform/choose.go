package transform

import (
	"fmt"
	"math"

	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

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

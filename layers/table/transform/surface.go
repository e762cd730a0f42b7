package transform

import (
	"fmt"
	"maps"
	"slices"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/aggregate"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// bin makes an area of each cell with points.
func bin(t *table.Table, b *scene.Bin) (*table.Table, error) {
	lng, lat := coordinate(t, "lng").Numbers, coordinate(t, "lat").Numbers
	var groups aggregate.Groups
	var ids []string
	var outline func(k int) orb.Ring
	switch b.Cells {
	case "square", "hexagon":
		shape := aggregate.Square
		if b.Cells == "hexagon" {
			shape = aggregate.Pointy
		}
		bins, err := aggregate.Bin(lng, lat, aggregate.PlanOf(lng, lat, false), b.Size, shape)
		if err != nil {
			return nil, err
		}
		groups, outline = bins.Groups, func(k int) orb.Ring { return bins.Outline(k, 1) }
		for _, c := range bins.Cells {
			ids = append(ids, fmt.Sprintf("%d,%d", c[0], c[1]))
		}
	default:
		system, err := aggregate.NewSystem(b.Cells)
		if err != nil {
			return nil, err
		}
		g, keys, err := aggregate.BinCells(lng, lat, system, b.Level)
		if err != nil {
			return nil, err
		}
		groups, outline = g, func(k int) orb.Ring { return system.Outline(keys[k]) }
		for _, k := range keys {
			ids = append(ids, system.ID(k))
		}
	}
	out := &table.Table{IDs: ids, Columns: []table.Column{{Name: "cell", Kind: table.Text, Texts: ids}}}
	for k := range ids {
		out.Geometry = append(out.Geometry, orb.Polygon{outline(k)})
	}
	return measuredBy(out, t, groups, b.Values)
}

// cluster makes a point of each group of near points.
func cluster(t *table.Table, c *scene.Cluster) (*table.Table, error) {
	lng, lat := coordinate(t, "lng").Numbers, coordinate(t, "lat").Numbers
	clusters, err := aggregate.Cluster(lng, lat, nil, aggregate.ClusterOptions{Radius: c.Radius, MaxZoom: max(c.Zoom, 1)})
	if err != nil {
		return nil, err
	}
	nodes, groups := clusters.At(c.Zoom)
	out := &table.Table{}
	for i, n := range nodes {
		out.IDs, out.Geometry = append(out.IDs, fmt.Sprintf("cluster %d", i)), append(out.Geometry, orb.Point{n.Lng, n.Lat})
	}
	return measuredBy(out, t, groups, c.Values)
}

// measuredBy adds measures of the groups' rows; without any, their number as count.
func measuredBy(out, t *table.Table, g aggregate.Groups, values map[string]scene.Measure) (*table.Table, error) {
	if values == nil {
		values = map[string]scene.Measure{"count": {What: "count"}}
	}
	groups, first := make([][]int, g.N), make([]int, g.N)
	for r, k := range g.Of {
		if k >= 0 {
			groups[k] = append(groups[k], r)
		}
	}
	for k, rows := range groups {
		first[k] = rows[0]
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		c, err := measured(t, values[name], groups, first)
		if err != nil {
			return nil, fmt.Errorf("values: %s: %w", name, err)
		}
		c.Name = name
		out.Columns = append(out.Columns, c)
	}
	out.Sort()
	return out, nil
}

func density(t *table.Table, d *scene.Density) (*table.Table, error) {
	lng, lat := coordinate(t, "lng").Numbers, coordinate(t, "lat").Numbers
	var weights []float64
	if d.Weight != "" && t.Rows() > 0 {
		var err error
		if weights, err = numbersOf(t, d.Weight); err != nil {
			return nil, err
		}
	}
	f, err := aggregate.Density(lng, lat, weights, aggregate.PlanOf(lng, lat, false), d.Step, d.Radius, aggregate.Kernel(d.Kernel))
	if err != nil {
		return nil, err
	}
	return surface(f, &d.Surface), nil
}

func interpolate(t *table.Table, i *scene.Interpolate) (*table.Table, error) {
	if t.Rows() == 0 {
		return t, nil
	}
	values, err := numbersOf(t, i.Field)
	if err != nil {
		return nil, err
	}
	lng, lat := coordinate(t, "lng").Numbers, coordinate(t, "lat").Numbers
	f, err := aggregate.NewField(lng, lat, aggregate.PlanOf(lng, lat, false), i.Step, i.Step)
	if err != nil {
		return nil, err
	}
	if i.Method == "idw" {
		err = f.InverseDistance(lng, lat, values, i.Power, i.Nearest, i.Reach)
	} else {
		err = f.NaturalNeighbour(lng, lat, values, i.Reach)
	}
	if err != nil {
		return nil, err
	}
	return surface(f, &i.Surface), nil
}

func numbersOf(t *table.Table, name string) ([]float64, error) {
	c, err := column(t, name)
	if err != nil {
		return nil, err
	}
	if c.Kind != table.Number && c.Kind != table.Bool {
		return nil, fmt.Errorf("field %q holds %s, not numbers", name, c.Kind)
	}
	return c.Numbers, nil
}

// surface makes rows of a grid of values.
func surface(f *aggregate.Field, s *scene.Surface) *table.Table {
	out := &table.Table{}
	add := func(g orb.Geometry, values ...float64) {
		out.IDs, out.Geometry = append(out.IDs, fmt.Sprintf("#%d", len(out.IDs))), append(out.Geometry, g)
		for i, v := range values {
			out.Columns[i].Numbers = append(out.Columns[i].Numbers, v)
		}
	}
	levels := s.Levels
	if lo, hi, ok := f.Range(); ok && len(levels) == 0 {
		levels = aggregate.Levels(lo, hi, s.Count)
		if s.As == "bands" {
			levels = append([]float64{lo}, slices.DeleteFunc(levels, func(l float64) bool { return l <= lo || l >= hi })...)
			levels = append(levels, hi)
		}
	}
	switch s.As {
	case "points":
		out.Columns = []table.Column{{Name: "value"}}
		for i, v := range f.Values {
			if v == v {
				add(f.Point(float64(i%f.W), float64(i/f.W)), v)
			}
		}
	case "lines":
		out.Columns = []table.Column{{Name: "value"}}
		for _, l := range f.Isolines(levels) {
			add(l.Line, l.Level)
		}
	default:
		out.Columns = []table.Column{{Name: "high"}, {Name: "low"}}
		for _, b := range f.Isobands(levels) {
			add(b.Area, b.High, b.Low)
		}
	}
	return out
}

package transform

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"sort"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// lines joins the points of each group.
func (s Steps) lines(t *table.Table, l *scene.Lines) (*table.Table, error) {
	groups, err := grouped(t, l.By)
	if err != nil {
		return nil, err
	}
	var order *table.Column
	if l.Order != "" {
		if order, err = column(t, l.Order); err != nil {
			return nil, err
		}
		if order.Kind == table.Text || order.Kind == table.List {
			return nil, fmt.Errorf("field %q holds %s, which has no order in time: derive one with date(…)", l.Order, order.Kind)
		}
	}
	if l.Gap > 0 && order == nil {
		return nil, errors.New("gap needs order, a field of times")
	}
	var parts [][]int
	for _, g := range groups {
		g = s.points(t, g, order)
		if order != nil {
			sort.SliceStable(g, func(a, b int) bool { return order.Numbers[g[a]] < order.Numbers[g[b]] })
		}
		for from, i := 0, 1; i <= len(g); i++ {
			if i < len(g) && (l.Gap == 0 || order.Numbers[g[i]]-order.Numbers[g[i-1]] <= l.Gap) {
				continue
			}
			if i-from >= 2 {
				parts = append(parts, g[from:i])
			} else if i > from {
				s.Report.Skip(t.IDs[g[from]], "point alone on its line")
			}
			from = i
		}
	}
	first := make([]int, len(parts))
	for i, g := range parts {
		first[i] = g[0]
	}
	out := t.Pick(first)
	for i, g := range parts {
		line := make(orb.LineString, len(g))
		for k, r := range g {
			line[k] = t.Geometry[r].(orb.Point)
		}
		out.Geometry[i] = line
	}
	var made []table.Column
	for _, name := range l.Lists {
		c, err := column(t, name)
		if err != nil {
			return nil, err
		}
		if c.Kind == table.Text || c.Kind == table.List {
			return nil, fmt.Errorf("field %q holds %s, not numbers", name, c.Kind)
		}
		made = append(made, listed(name, c.Numbers, parts))
	}
	if order != nil {
		c := listed(l.Timestamps, order.Numbers, parts)
		s.counted(&c, order.Kind, l.Since)
		made = append(made, c)
	}
	return with(out, made...), nil
}

// points are the rows of a group that have a point and a time.
func (s Steps) points(t *table.Table, rows []int, order *table.Column) []int {
	return slices.DeleteFunc(slices.Clone(rows), func(r int) bool {
		if _, ok := t.Geometry[r].(orb.Point); !ok {
			s.Report.Skip(t.IDs[r], "no point for a line")
			return true
		}
		if order != nil && math.IsNaN(order.Numbers[r]) {
			s.Report.Skip(t.IDs[r], "no "+order.Name+" for a line")
			return true
		}
		return false
	})
}

func listed(name string, values []float64, parts [][]int) table.Column {
	c := table.Column{Name: name, Kind: table.List, Lists: make([][]float64, len(parts))}
	for i, g := range parts {
		c.Lists[i] = make([]float64, len(g))
		for k, r := range g {
			c.Lists[i][k] = values[r]
		}
	}
	return c
}

// counted makes the times of vertices count from where the document says.
func (s Steps) counted(c *table.Column, kind table.Kind, since string) {
	if since == "1970" {
		return
	}
	start := math.Inf(1)
	for _, l := range c.Lists {
		start = math.Min(start, l[0])
	}
	for _, l := range c.Lists {
		zero := start
		if since == "line" {
			zero = l[0]
		}
		for k := range l {
			l[k] -= zero
		}
	}
	if since == "all" && kind == table.Time && !math.IsInf(start, 0) {
		s.note(c.Name+" count from "+table.FormatTime(start), 1)
	}
}

// explode makes several rows of one.
func explode(t *table.Table, e *scene.Explode) (*table.Table, error) {
	lists := make([]*table.Column, len(e.Lists))
	for i, name := range e.Lists {
		c, err := column(t, name)
		if err != nil {
			return nil, err
		}
		if c.Kind != table.List && t.Rows() > 0 {
			return nil, fmt.Errorf("field %q holds %s, not lists of numbers", name, c.Kind)
		}
		lists[i] = c
	}
	var rows, index []int
	var shapes []orb.Geometry
	for r, g := range t.Geometry {
		switch {
		case e.Vertices || e.Segments:
			for _, line := range lineStrings(g) {
				for k, p := range line {
					if e.Segments && k+1 == len(line) {
						break
					}
					rows, index = append(rows, r), append(index, k)
					if e.Segments {
						shapes = append(shapes, orb.LineString{p, line[k+1]})
					} else {
						shapes = append(shapes, p)
					}
				}
			}
		case len(lists) > 0:
			n := 0
			for _, c := range lists {
				n = max(n, len(c.Lists[r]))
			}
			for k := range n {
				rows, index, shapes = append(rows, r), append(index, k), append(shapes, g)
			}
		default:
			return nil, errors.New("one of vertices, segments and lists is allowed")
		}
	}
	out := t.Pick(rows)
	out.Geometry = shapes
	var made []table.Column
	for i, c := range lists {
		m := table.Column{Name: e.Lists[i], Numbers: make([]float64, len(rows))}
		for k, r := range rows {
			if m.Numbers[k] = math.NaN(); index[k] < len(c.Lists[r]) {
				m.Numbers[k] = c.Lists[r][index[k]]
			}
		}
		made = append(made, m)
	}
	return with(out, made...), nil
}

// lineStrings are the lines of a geometry.
func lineStrings(g orb.Geometry) []orb.LineString {
	switch g := g.(type) {
	case orb.LineString:
		return []orb.LineString{g}
	case orb.MultiLineString:
		return g
	}
	return nil
}

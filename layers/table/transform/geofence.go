package transform

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// fenced is a stretch of a way within an area: vertex numbers with the share of the segment after
// them, as between takes them.
type fenced struct {
	thing, area int
	from, to    float64
}

// geofence makes a row of each stay of a moving thing in an area.
func (s Steps) geofence(t *table.Table, f *scene.Geofence) (*table.Table, error) {
	other, err := s.Source(f.Areas)
	if err != nil {
		return nil, err
	}
	stamps, err := column(t, f.Timestamps)
	if err != nil {
		return nil, err
	}
	if stamps.Kind != table.List && t.Rows() > 0 {
		return nil, fmt.Errorf("field %q holds %s, not lists of numbers: the step lines makes ways with times of points", f.Timestamps, stamps.Kind)
	}
	fences, err := s.fences(other, f.Areas)
	if err != nil {
		return nil, err
	}
	var stays []fenced
	for r, g := range t.Geometry {
		line, ok := g.(orb.LineString)
		switch {
		case !ok || len(line) < 2:
			s.Report.Skip(t.IDs[r], "no way for a geofence")
			continue
		case len(stamps.Lists[r]) != len(line) || !rising(stamps.Lists[r]):
			s.Report.Skip(t.IDs[r], "times and vertices differ in number, or times fall")
			continue
		}
		begin, way := len(stays), unturned(line)
		bound := way.Bound()
		for _, a := range fences {
			for _, at := range within(way, bound, a) {
				stays = append(stays, fenced{r, a.row, at[0], at[1]})
			}
		}
		slices.SortStableFunc(stays[begin:], func(a, b fenced) int {
			if a.from < b.from {
				return -1
			} else if a.from > b.from {
				return 1
			}
			return 0
		})
		if len(stays) > maxInAll {
			return nil, fmt.Errorf("there are more than %d stays in areas: fewer ways or areas are allowed", maxInAll)
		}
	}
	return stayed(t, other, stamps, f, stays)
}

// fence is an area that ways are held against.
type fence struct {
	row   int
	rings orb.MultiPolygon
	bound orb.Bound
}

// fences are the areas of a table.
func (s Steps) fences(t *table.Table, source string) (out []fence, err error) {
	for r, g := range t.Geometry {
		var m orb.MultiPolygon
		switch g := g.(type) {
		case orb.Polygon:
			m = orb.MultiPolygon{g}
		case orb.MultiPolygon:
			m = g
		default:
			s.Report.Skip(t.IDs[r], "no area for a geofence")
			continue
		}
		out = append(out, fence{r, m, m.Bound()})
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("source %s has no areas: polygons are needed", source)
	}
	return out, nil
}

// unturned is a way that goes on over the antimeridian, in longitudes beyond 180.
func unturned(line orb.LineString) orb.LineString {
	way := make(orb.LineString, len(line))
	way[0] = line[0]
	for i := 1; i < len(line); i++ {
		way[i] = orb.Point{way[i-1][0] + math.Remainder(line[i][0]-line[i-1][0], 360), line[i][1]}
	}
	return way
}

// within are the stretches of an unturned way, which lies in a box, that are in an area, straight
// between its vertices in longitude and latitude; the area may be at either side of the antimeridian.
// A way that only touches an area was not in it.
func within(way orb.LineString, box orb.Bound, a fence) (out [][2]float64) {
	area, bound := a.rings, a.bound
	for _, turn := range []float64{-360, 0, 360} {
		at := orb.Bound{Min: orb.Point{bound.Min[0] + turn, bound.Min[1]}, Max: orb.Point{bound.Max[0] + turn, bound.Max[1]}}
		if !box.Intersects(at) {
			continue
		}
		last := float64(len(way) - 1)
		cuts := []float64{0}
		for k := range way[1:] {
			a, b := orb.Point{way[k][0] - turn, way[k][1]}, orb.Point{way[k+1][0] - turn, way[k+1][1]}
			seg := orb.MultiPoint{a, b}.Bound()
			if !seg.Intersects(bound) {
				continue
			}
			for _, poly := range area {
				for _, ring := range poly {
					for i := range ring[:max(len(ring)-1, 0)] {
						if u, ok := crossing(a, b, ring[i], ring[i+1]); ok {
							cuts = append(cuts, float64(k)+u)
						}
					}
				}
			}
		}
		cuts = append(cuts, last)
		slices.Sort(cuts)
		for i := range cuts[1:] {
			from, to := cuts[i], cuts[i+1]
			const least = 1e-9 // of a segment
			if to-from < least {
				continue
			}
			mid := between(way, []float64{(from + to) / 2})[0]
			if !planar.MultiPolygonContains(area, orb.Point{mid[0] - turn, mid[1]}) {
				continue
			}
			if n := len(out) - 1; n >= 0 && from-out[n][1] < least {
				out[n][1] = to
			} else {
				out = append(out, [2]float64{from, to})
			}
		}
	}
	return out
}

// crossing is where on a segment from a to b, 0 to 1, it meets one from c to d.
func crossing(a, b, c, d orb.Point) (float64, bool) {
	rx, ry, sx, sy := b[0]-a[0], b[1]-a[1], d[0]-c[0], d[1]-c[1]
	den := float64(rx*sy) - float64(ry*sx)
	if den == 0 {
		return 0, false // along it: neither in nor out
	}
	qx, qy := c[0]-a[0], c[1]-a[1]
	u := (float64(qx*sy) - float64(qy*sx)) / den
	v := (float64(qx*ry) - float64(qy*rx)) / den
	return u, u >= 0 && u <= 1 && v >= 0 && v <= 1
}

// stayed is the table of stays.
func stayed(t, areas *table.Table, stamps *table.Column, f *scene.Geofence, stays []fenced) (*table.Table, error) {
	things, rows := make([]int, len(stays)), make([]int, len(stays))
	kind := table.Number
	if f.Dates {
		kind = table.Time
	}
	entered, left := table.Column{Name: "entered", Kind: kind}, table.Column{Name: "left", Kind: kind}
	seconds := table.Column{Name: "stay"}
	enters, leaves := table.Column{Name: "enters", Kind: table.Bool}, table.Column{Name: "leaves", Kind: table.Bool}
	cut := map[string]table.Column{}
	for _, c := range t.Columns {
		if c.Kind == table.List {
			cut[c.Name] = table.Column{Name: c.Name, Kind: table.List, Lists: make([][]float64, len(stays))}
		}
	}
	shapes, before := make([]orb.Geometry, len(stays)), map[string]int{}
	yes := map[bool]float64{true: 1}
	for i, x := range stays {
		things[i], rows[i] = x.thing, x.area
		line := t.Geometry[x.thing].(orb.LineString)
		at := []float64{x.from}
		for k := math.Floor(x.from) + 1; k < x.to; k++ {
			at = append(at, k)
		}
		at = append(at, x.to)
		times := blended(stamps.Lists[x.thing], at)
		entered.Numbers, left.Numbers = append(entered.Numbers, times[0]), append(left.Numbers, times[len(times)-1])
		seconds.Numbers = append(seconds.Numbers, times[len(times)-1]-times[0])
		enters.Numbers = append(enters.Numbers, yes[x.from > 0])
		leaves.Numbers = append(leaves.Numbers, yes[x.to < float64(len(line)-1)])
		way := between(line, at)
		switch f.Place {
		case "area":
			shapes[i] = areas.Geometry[x.area]
		case "entry":
			shapes[i] = way[0]
		case "exit":
			shapes[i] = way[len(way)-1]
		default:
			shapes[i] = way
		}
		for name, c := range cut {
			if l := t.Find(name).Lists[x.thing]; len(l) == len(line) {
				c.Lists[i] = blended(l, at)
			} else {
				c.Lists[i] = l
			}
		}
	}
	out := t.Pick(things)
	out.Geometry = shapes
	for i, x := range stays {
		id := t.IDs[x.thing] + " in " + areas.IDs[x.area]
		if before[id]++; before[id] > 1 {
			id = fmt.Sprintf("%s %d", id, before[id])
		}
		out.IDs[i] = id
	}
	made := []table.Column{entered, left, seconds, enters, leaves}
	for _, name := range slices.Sorted(maps.Keys(cut)) {
		made = append(made, cut[name])
	}
	if f.Select == nil {
		names := table.Column{Name: "area", Kind: table.Text}
		for _, r := range rows {
			names.Texts = append(names.Texts, areas.IDs[r])
		}
		made = append(made, names)
	}
	for _, name := range slices.Sorted(maps.Keys(f.Select)) {
		c, err := column(areas, f.Select[name])
		if err != nil {
			return nil, fmt.Errorf("source %s: %w", f.Areas, err)
		}
		picked := c.Pick(rows)
		picked.Name = name
		made = append(made, picked)
	}
	return with(out, made...), nil
}

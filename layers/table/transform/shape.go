package transform

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// metresPerDegree of latitude, on the mean sphere.
const metresPerDegree = 111195

// simplify leaves out the vertices of lines and areas that move them less than a distance;
// lists with a number for each vertex of a line lose the same ones.
func simplify(t *table.Table, metres float64) *table.Table {
	out := &table.Table{IDs: t.IDs, Geometry: make([]orb.Geometry, t.Rows())}
	kept := make([][]int, t.Rows())
	for r, g := range t.Geometry {
		switch g := g.(type) {
		case orb.LineString:
			kept[r] = keepers(g, metres)
			out.Geometry[r] = orb.LineString(chosen(g, kept[r]))
		case orb.MultiLineString:
			m := make(orb.MultiLineString, len(g))
			for i, l := range g {
				m[i] = chosen(l, keepers(l, metres))
			}
			out.Geometry[r] = m
		case orb.Polygon:
			out.Geometry[r] = simplerPolygon(g, metres)
		case orb.MultiPolygon:
			m := make(orb.MultiPolygon, len(g))
			for i, p := range g {
				m[i] = simplerPolygon(p, metres)
			}
			out.Geometry[r] = m
		default:
			out.Geometry[r] = g
		}
	}
	for _, c := range t.Columns {
		if c.Kind == table.List {
			lists := make([][]float64, len(c.Lists))
			for r, l := range c.Lists {
				if lists[r] = l; kept[r] != nil && len(l) == len(t.Geometry[r].(orb.LineString)) {
					lists[r] = chosen(l, kept[r])
				}
			}
			c.Lists = lists
		}
		out.Columns = append(out.Columns, c)
	}
	return out
}

func simplerPolygon(p orb.Polygon, metres float64) orb.Polygon {
	out := make(orb.Polygon, len(p))
	for i, ring := range p {
		if k := keepers(ring, metres); len(k) >= 4 {
			out[i] = chosen(ring, k)
		} else {
			out[i] = ring
		}
	}
	return out
}

func chosen[T any](values []T, rows []int) []T {
	out := make([]T, len(rows))
	for i, r := range rows {
		out[i] = values[r]
	}
	return out
}

// keepers are the vertices that stay (Douglas and Peucker 1973), in a plane about the
// line's middle.
func keepers(line []orb.Point, metres float64) []int {
	if len(line) < 3 {
		return upTo(len(line))
	}
	cos := math.Cos(earth.Radians(orb.LineString(line).Bound().Center()[1]))
	plan := make([][2]float64, len(line))
	for i, p := range line { // a line that jumps from 180° to -180° keeps both ends of the jump
		plan[i] = [2]float64{p[0] * cos * metresPerDegree, p[1] * metresPerDegree}
	}
	keep := make([]bool, len(line))
	keep[0], keep[len(line)-1] = true, true
	todo := [][2]int{{0, len(line) - 1}}
	for len(todo) > 0 {
		a, b := todo[len(todo)-1][0], todo[len(todo)-1][1]
		todo = todo[:len(todo)-1]
		far, worst := -1, metres
		for i := a + 1; i < b; i++ {
			if d := fromSegment(plan[i], plan[a], plan[b]); d > worst {
				far, worst = i, d
			}
		}
		if far >= 0 {
			keep[far] = true
			todo = append(todo, [2]int{a, far}, [2]int{far, b})
		}
	}
	var out []int
	for i, k := range keep {
		if k {
			out = append(out, i)
		}
	}
	return out
}

func fromSegment(p, a, b [2]float64) float64 {
	dx, dy := b[0]-a[0], b[1]-a[1]
	share := 0.0
	if l := dx*dx + dy*dy; l > 0 {
		share = math.Max(0, math.Min(1, ((p[0]-a[0])*dx+(p[1]-a[1])*dy)/l))
	}
	return math.Hypot(p[0]-a[0]-share*dx, p[1]-a[1]-share*dy)
}

// maxVertices bounds what one line becomes, maxInAll what all of a table do.
const (
	maxVertices = 1 << 20
	maxInAll    = 1 << 26
)

// resample puts vertices at even distances or times along lines; lists with a number for
// each vertex are interpolated.
func (s Steps) resample(t *table.Table, by *scene.Resample) (*table.Table, error) {
	var stamps *table.Column
	if by.Seconds > 0 {
		var err error
		if stamps, err = column(t, by.Timestamps); err != nil {
			return nil, err
		}
		if stamps.Kind != table.List && t.Rows() > 0 {
			return nil, fmt.Errorf("field %q holds %s, not lists of numbers", by.Timestamps, stamps.Kind)
		}
	}
	out := &table.Table{IDs: t.IDs, Geometry: make([]orb.Geometry, t.Rows())}
	shares := make([][]float64, t.Rows())
	inAll := 0.0
	for r, g := range t.Geometry {
		line, ok := g.(orb.LineString)
		if out.Geometry[r] = g; !ok || len(line) < 2 {
			continue
		}
		along, step := lengths(line), by.Metres
		if stamps != nil {
			along, step = stamps.Lists[r], by.Seconds
			if len(along) != len(line) || !rising(along) {
				s.Report.Skip(t.IDs[r], "times and vertices differ in number, or times fall")
				continue
			}
		}
		n := (along[len(along)-1] - along[0]) / step
		if n > maxVertices {
			return nil, fmt.Errorf("row %s would have %.0f vertices: a larger step is allowed", t.IDs[r], n)
		}
		if inAll += n; inAll > maxInAll {
			return nil, fmt.Errorf("the rows would have more than %d vertices: a larger step is allowed", maxInAll)
		}
		shares[r] = even(along, step)
		out.Geometry[r] = between(line, shares[r])
	}
	for _, c := range t.Columns {
		if c.Kind == table.List {
			lists := make([][]float64, len(c.Lists))
			for r, l := range c.Lists {
				if lists[r] = l; shares[r] != nil && len(l) == len(t.Geometry[r].(orb.LineString)) {
					lists[r] = blended(l, shares[r])
				}
			}
			c.Lists = lists
		}
		out.Columns = append(out.Columns, c)
	}
	return out, nil
}

func rising(v []float64) bool {
	for i := range v {
		if v[i] != v[i] || i > 0 && v[i] < v[i-1] {
			return false
		}
	}
	return true
}

// lengths are the metres from the beginning of a line to its vertices.
func lengths(line orb.LineString) []float64 {
	out := make([]float64, len(line))
	for i := 1; i < len(line); i++ {
		cos := math.Cos(earth.Radians((line[i][1] + line[i-1][1]) / 2))
		out[i] = out[i-1] + metresPerDegree*math.Hypot(math.Remainder(line[i][0]-line[i-1][0], 360)*cos, line[i][1]-line[i-1][1])
	}
	return out
}

// even are places along the line as vertex number plus share of the segment after it, at
// even steps, and the end.
func even(along []float64, step float64) []float64 {
	var out []float64
	k := 0
	last := len(along) - 1
	for n := 0; ; n++ {
		at := along[0] + float64(n)*step
		if at >= along[last] {
			return append(out, float64(last))
		}
		for along[k+1] <= at {
			k++
		}
		out = append(out, float64(k)+(at-along[k])/(along[k+1]-along[k]))
	}
}

func between(line orb.LineString, at []float64) orb.LineString {
	out := make(orb.LineString, len(at))
	for i, x := range at {
		k := min(int(x), len(line)-2)
		share := x - float64(k)
		dlng := math.Remainder(line[k+1][0]-line[k][0], 360)
		out[i] = orb.Point{line[k][0] + share*dlng, line[k][1] + share*(line[k+1][1]-line[k][1])}
	}
	return out
}

func blended(l, at []float64) []float64 {
	out := make([]float64, len(at))
	for i, x := range at {
		k := min(int(x), len(l)-2)
		out[i] = l[k] + (x-float64(k))*(l[k+1]-l[k])
	}
	return out
}

package table

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// Between is a row between two of a table: From at a share of 0, To at 1.
type Between struct {
	From, To int
	Share    float64
}

// Blend makes rows between rows. Numbers, times, points and lists of one length lie between
// linearly, fields of angles (degrees) and longitudes the short way round; all else is From's,
// as is a value that either of the two lacks: nothing is made up for it.
func (t *Table) Blend(rows []Between, angles []string) *Table {
	from := make([]int, len(rows))
	for i, r := range rows {
		from[i] = r.From
	}
	out := t.Pick(from)
	out.origin = nil
	for k := range out.Columns {
		c, of := &out.Columns[k], &t.Columns[k]
		turns := slices.Contains(angles, c.Name)
		switch c.Kind {
		case Number, Time:
			for i, r := range rows {
				c.Numbers[i] = between(of.Numbers[r.From], of.Numbers[r.To], r.Share, turns)
			}
		case List:
			for i, r := range rows {
				c.Lists[i] = betweenLists(of.Lists[r.From], of.Lists[r.To], r.Share, turns)
			}
		}
	}
	for i, r := range rows {
		a, point := t.Geometry[r.From].(orb.Point)
		b, both := t.Geometry[r.To].(orb.Point)
		if point && both && r.Share > 0 && a != b {
			out.Geometry[i] = orb.Point{folded(between(a[0], b[0], r.Share, true)), between(a[1], b[1], r.Share, false)}
		}
	}
	return out
}

// between is a number from a to b, or a where it is not known of both.
func between(a, b, share float64, turns bool) float64 {
	way := b - a
	if turns {
		way = math.Remainder(way, 360)
	}
	if share <= 0 || way-way != 0 { // one is missing, or without end
		return a
	}
	if share >= 1 && !turns {
		return b
	}
	return a + float64(way*share)
}

func betweenLists(a, b []float64, share float64, turns bool) []float64 {
	if len(a) != len(b) || share <= 0 {
		return a
	}
	out := make([]float64, len(a))
	for i := range a {
		out[i] = between(a[i], b[i], share, turns)
	}
	return out
}

// folded is a longitude within 180° of Greenwich.
func folded(lng float64) float64 {
	if lng < -180 || lng > 180 {
		return math.Remainder(lng, 360)
	}
	return lng
}

// Same tells whether two tables hold the same rows in the same order.
func Same(a, b *Table) bool {
	if a.Rows() != b.Rows() || len(a.Columns) != len(b.Columns) || !slices.Equal(a.IDs, b.IDs) {
		return false
	}
	for k := range a.Columns {
		x, y := &a.Columns[k], &b.Columns[k]
		if x.Name != y.Name || x.Kind != y.Kind || !slices.Equal(x.Texts, y.Texts) || !slices.EqualFunc(x.Numbers, y.Numbers, sameNumber) ||
			!slices.EqualFunc(x.Lists, y.Lists, func(a, b []float64) bool { return slices.EqualFunc(a, b, sameNumber) }) {
			return false
		}
	}
	return slices.EqualFunc(a.Geometry, b.Geometry, orb.Equal)
}

// sameNumber takes missing values as the same.
func sameNumber(a, b float64) bool { return a == b || a != a && b != b }

// Pairs finds, for each row of a table, the row of another that has the same key: a field's value,
// or without a field the column id, or else the rows' own ids. A key that stands in several rows
// of either table pairs them in their order. -1 has none.
func Pairs(t, with *Table, field string) []int {
	keys := func(t *Table) []string {
		name := field
		if name == "" {
			name = "id"
		}
		if words, err := t.Strings(name); err == nil && t.Find(name) != nil {
			return words
		}
		return t.IDs
	}
	waiting := map[string][]int{}
	for i, k := range keys(with) {
		if k != "" {
			waiting[k] = append(waiting[k], i)
		}
	}
	out := make([]int, t.Rows())
	for i, k := range keys(t) {
		out[i] = -1
		if w := waiting[k]; len(w) > 0 && k != "" {
			out[i], waiting[k] = w[0], w[1:]
		}
	}
	return out
}

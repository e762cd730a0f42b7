package stage

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers/table"
)

// feature names something that is drawn, however many tiles hold parts of it.
type feature struct {
	layer string
	id    string       // of a tile's row
	row   int          // of a table, where id is empty
	rows  []int        // of a table, where a panel's part stands for them
	of    *table.Table // which the rows are of
}

// is tells whether it is the same feature.
func (f feature) is(g feature) bool {
	return f.layer == g.layer && f.id == g.id && f.row == g.row && slices.Equal(f.rows, g.rows)
}

// idRange is the feature ids of one draw of a frame: base + row.
type idRange struct {
	layer string
	base  uint32
	tile  *tileContent // its rows,
	table *table.Table // or those of a table
}

// named is what the ids of a frame stand for. Ranges ascend by their base.
type named []idRange

// at is the feature of an id; ok is false for what has nothing to tell: the ground, or a
// row with neither name nor height.
func (n named) at(id uint32) (f feature, told string, ok bool) {
	i, exact := slices.BinarySearchFunc(n, id, func(r idRange, id uint32) int { return int(int64(r.base) - int64(id)) })
	if !exact {
		i--
	}
	if i < 0 {
		return f, "", false
	}
	r := &n[i]
	row := int(id - r.base)
	if r.table != nil {
		if row >= r.table.Rows() {
			return f, "", false
		}
		return feature{layer: r.layer, row: row, of: r.table}, tellRow(r.layer, r.table, row), true
	}
	if row >= len(r.tile.rows) {
		return f, "", false
	}
	told = tellFeature(r.layer, &r.tile.rows[row])
	return feature{layer: r.layer, id: r.tile.rows[row].ID}, told, told != "" && r.tile.rows[row].ID != ""
}

// ids appends the ids that a feature has in the frame. found keeps what tiles hold of it.
func (n named) ids(f feature, found map[*tileContent]int, out []uint32) []uint32 {
	for i := range n {
		r := &n[i]
		if r.layer != f.layer {
			continue
		}
		row := f.row
		if f.rows != nil {
			continue // its panel outlines it
		}
		if r.table == nil {
			var ok bool
			if row, ok = found[r.tile]; !ok {
				row = slices.IndexFunc(r.tile.rows, func(row geo.FeatureRow) bool { return row.ID == f.id })
				found[r.tile] = row
			}
			if row < 0 {
				continue
			}
		}
		out = append(out, r.base+uint32(row))
	}
	return out
}

// tellFeature tells of a row of a tile in a line; nothing of one without name and height.
func tellFeature(layer string, r *geo.FeatureRow) string {
	if r.Name == "" && r.Height <= 0 {
		return ""
	}
	var parts []string
	if r.Name != "" {
		parts = append(parts, r.Name)
	}
	class := r.Class
	if key, value, ok := strings.Cut(class, "="); ok {
		if class = value; value == "yes" {
			class = key
		}
	}
	if class != "" && class != "yes" {
		parts = append(parts, strings.ReplaceAll(class, "_", " "))
	}
	if r.Height > 0 {
		parts = append(parts, shortNumber(float64(r.Height))+" m")
	}
	return strings.Join(append(parts, layer), tellBetween)
}

const (
	tellBetween = " · "
	tellColumns = 4 // of a row are told besides its name
	tellLongest = 40
)

// tellRow tells of a row of a table: what it is called and its first columns.
func tellRow(layer string, t *table.Table, row int) string {
	title := ""
	if row < len(t.IDs) {
		title = t.IDs[row]
	}
	called := -1
	for _, name := range [...]string{"name", "title", "label"} {
		i := slices.IndexFunc(t.Columns, func(c table.Column) bool { return c.Name == name })
		if i >= 0 && t.Columns[i].Kind == table.Text && t.Columns[i].Texts[row] != "" {
			title, called = t.Columns[i].Texts[row], i
			break
		}
	}
	var parts []string
	if title != "" {
		parts = append(parts, clipped(title))
	}
	told := 0
	for i := range t.Columns {
		c := &t.Columns[i]
		value := ""
		switch {
		case i == called || told == tellColumns:
		case c.Kind == table.Number && !math.IsNaN(c.Numbers[row]):
			value = shortNumber(c.Numbers[row])
		case c.Kind == table.Text:
			value = clipped(c.Texts[row])
		}
		if value != "" {
			parts = append(parts, c.Name+" "+value)
			told++
		}
	}
	return strings.Join(append(parts, layer), tellBetween)
}

// shortNumber writes a number with three digits at least and no more than it needs.
func shortNumber(v float64) string {
	if math.Abs(v) >= 100 {
		return strconv.FormatFloat(math.Round(v), 'f', -1, 64)
	}
	s := strconv.FormatFloat(v, 'g', 3, 64)
	if strings.Contains(s, "e") {
		return s
	}
	return strings.TrimSuffix(s, ".0")
}

func clipped(s string) string {
	if runes := []rune(s); len(runes) > tellLongest {
		return string(runes[:tellLongest-1]) + "…"
	}
	return s
}

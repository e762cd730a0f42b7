package indoor

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// maxStoreys bounds what one tag may name.
const maxStoreys = 200

// Levels reads the value of level=*: numbers, ranges and lists, as "0", "-1;0", "2-5" or
// "0.5". What is no number is left out; ok is false where nothing is left.
func Levels(tag string) (levels []float64, ok bool) {
	for _, part := range strings.FieldsFunc(tag, func(r rune) bool { return r == ';' || r == ',' }) {
		part = strings.TrimSpace(part)
		if v, err := strconv.ParseFloat(part, 64); err == nil {
			if math.Abs(v) <= maxStoreys {
				levels = append(levels, v)
			}
			continue
		}
		// A range: the sign of the first number is no dash between two.
		dash := strings.IndexByte(part[min(1, len(part)):], '-')
		if dash < 0 {
			continue
		}
		from, e1 := strconv.ParseFloat(part[:dash+1], 64)
		to, e2 := strconv.ParseFloat(part[dash+2:], 64)
		if e1 != nil || e2 != nil || to < from || !(to-from <= maxStoreys) || math.Abs(from) > maxStoreys {
			continue
		}
		for v := from; v <= to; v++ {
			levels = append(levels, v)
		}
	}
	slices.Sort(levels)
	levels = slices.Compact(levels)
	return levels[:min(len(levels), maxStoreys)], len(levels) > 0
}

// LayerOf is the layer that a storey has in tiles.
func LayerOf(layer string, level float64) string {
	return layer + "#" + strconv.FormatFloat(level, 'g', -1, 64)
}

// levelsOf are those of a feature: its level and the levels that it is repeated on.
func levelsOf(tags map[string]string) []float64 {
	levels, _ := Levels(tags["level"] + ";" + tags["repeat_on"])
	return levels
}

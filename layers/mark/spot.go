package mark

import (
	"cmp"
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// Where is embedded by types whose marks stand at the rows of a source or at one place.
type Where struct {
	At *scene.Place `json:"at" doc:"one place, instead of the rows of a source"`
}

// NeedsSource tells a layer without a place of its own.
func (w *Where) NeedsSource() bool { return w.At == nil }

// Table is the layer's rows; one place is a table of one row without fields.
func (w *Where) Table(c *layer.Context) (*table.Table, error) {
	if w.At == nil {
		return c.Rows()
	}
	return &table.Table{IDs: []string{c.Layer.ID}, Geometry: []orb.Geometry{orb.Point{w.At.Lng, w.At.Lat}}}, nil
}

// Height is what a place of its own adds to the heights.
func (w *Where) Height() float64 {
	if w.At == nil {
		return 0
	}
	return w.At.Height
}

// Spot is where a mark of a row stands.
type Spot struct {
	Row int
	At  mgl64.Vec3 // ECEF
}

// Spots are the places of the rows that keep wants, each point of a multipoint for itself;
// lines and areas are in the middle of their box. height, which may be nil, is metres above
// where a row stands. Rows without a place are skipped.
func Spots(c *layer.Context, t *table.Table, height func(row int) float64, keep func(row int) bool) []Spot {
	out := make([]Spot, 0, t.Rows())
	add := func(row int, p orb.Point) {
		h := 0.0
		if height != nil {
			h = height(row)
		}
		if math.IsNaN(h) || math.IsNaN(p[0]) || math.IsNaN(p[1]) {
			c.Skip(t.IDs[row], "no number for its height or place")
			return
		}
		out = append(out, Spot{row, c.Place(p, h).ECEF()})
	}
	for i, g := range t.Geometry {
		if !keep(i) {
			continue
		}
		switch g := g.(type) {
		case orb.Point:
			add(i, g)
		case orb.MultiPoint:
			for _, p := range g {
				add(i, p)
			}
		default:
			p, ok := layer.Foot(g)
			if !ok {
				c.Skip(t.IDs[i], "no geometry")
				continue
			}
			add(i, p)
		}
	}
	return out
}

// Group is spots near each other: up is about the frame's z for all.
type Group struct {
	Frame earth.Frame
	Spots []Spot
}

// Beyond upright a group would lean: marks of a wider region are divided by cells of so many
// degrees of latitude and longitude.
const (
	upright = 60e3 // metres
	cell    = 2.0
)

// Groups divides spots into groups, in the order of their cells.
func Groups(spots []Spot) []Group {
	if len(spots) == 0 {
		return nil
	}
	all := frameOf(spots)
	wide := false
	for i := range spots {
		wide = wide || all.ToLocal(spots[i].At).Len() > upright
	}
	if !wide {
		return []Group{{all, spots}}
	}
	type key [2]int16
	keys := make([]key, len(spots))
	order := make([]int, len(spots))
	for i := range spots {
		p := earth.FromECEF(spots[i].At)
		keys[i], order[i] = key{int16(math.Floor(p.Lat / cell)), int16(math.Floor(p.Lng / cell))}, i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Or(int(keys[a][0])-int(keys[b][0]), int(keys[a][1])-int(keys[b][1])) })
	sorted := make([]Spot, len(spots))
	var out []Group
	first := 0
	for i, k := range order {
		sorted[i] = spots[k]
		if i+1 == len(order) || keys[order[i+1]] != keys[k] {
			part := sorted[first : i+1]
			out = append(out, Group{frameOf(part), part})
			first = i + 1
		}
	}
	return out
}

func frameOf(spots []Spot) earth.Frame {
	lo, hi := spots[0].At, spots[0].At
	for i := range spots {
		for k, v := range spots[i].At {
			lo[k], hi[k] = math.Min(lo[k], v), math.Max(hi[k], v)
		}
	}
	return earth.FrameAt(earth.FromECEF(lo.Add(hi).Mul(0.5)))
}

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
// lines and areas stand where layer.Foot says. height, which may be nil, is metres above
// where a row stands. Rows without a place are skipped. keep and height may be asked of several
// rows at once.
func Spots(c *layer.Context, t *table.Table, height func(row int) float64, keep func(row int) bool) []Spot {
	if height == nil {
		height = func(int) float64 { return 0 }
	}
	all := make([]Spot, t.Rows()) // filled where they are, as long as every row has one place
	parts := layer.PlacesInParts(c, t.Rows(), func(from, to int) search {
		s := search{context: c, height: height, spots: all[from:from:to]}
		for i := from; i < to; i++ {
			if keep(i) {
				s.row(i, t.Geometry[i])
			}
		}
		return s
	})
	n, even := 0, true
	for _, p := range parts {
		for _, s := range p.skipped {
			c.Skip(t.IDs[s.row], s.reason)
		}
		even = even && (len(p.spots) == 0 || &p.spots[0] == &all[n])
		n += len(p.spots)
	}
	if even && n <= len(all) {
		return all[:n]
	}
	out := make([]Spot, 0, n)
	for _, p := range parts {
		out = append(out, p.spots...)
	}
	return out
}

// search finds the spots of some rows.
type search struct {
	context *layer.Context
	height  func(row int) float64
	spots   []Spot
	skipped []skip
}

type skip struct {
	row    int
	reason string
}

// Why rows have no spot.
const (
	noGeometry = "no geometry"
	noPlace    = "no number for its height or place"
)

func (s *search) row(i int, g orb.Geometry) {
	var single [1]orb.Point
	places, ok := layer.Places(g, &single)
	if !ok {
		s.skipped = append(s.skipped, skip{i, noGeometry})
	}
	for _, p := range places {
		s.add(i, p)
	}
}

func (s *search) add(row int, p orb.Point) {
	h := s.height(row)
	if math.IsNaN(h) || math.IsNaN(p[0]) || math.IsNaN(p[1]) {
		s.skipped = append(s.skipped, skip{row, noPlace})
		return
	}
	s.spots = append(s.spots, Spot{row, s.context.Place(p, h).ECEF()})
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
	if !slices.ContainsFunc(spots, func(s Spot) bool { return s.At.Sub(all.Center).LenSqr() > upright*upright }) {
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
			lo[k], hi[k] = min(lo[k], v), max(hi[k], v)
		}
	}
	return earth.FrameAt(earth.FromECEF(lo.Add(hi).Mul(0.5)))
}

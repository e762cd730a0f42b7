package cover

import (
	"encoding/binary"
	"math"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
)

// Figures of built-up ground.
const (
	townCell  = 12.0 // metres, at least; the mask has at most townCells cells a side
	townCells = 1024
	townReach = 3     // cells that a building's ground reaches, twice
	townCover = 0.17  // share of built ground around a place from which it is town
	townArea  = 12000 // square metres; smaller patches of town, and of green in it, are none
	townBias  = 1     // below all zoning
	townPart  = 48    // cells a side of what is one patch at most
	townClass = "landuse=built_up"
)

var townColor = rgb(126, 123, 114)

// Town is the ground between buildings that stand close together: yards, paving and what
// else nobody maps, without which a city stands on a meadow. It is a sum over squares of
// the plan that is filled feature by feature, in any order, and may be filled in parts.
type Town struct {
	in      Input
	origin  [2]float64
	cell    float64
	n       int     // cells a side
	built   []int64 // square centimetres of footprints: whole numbers, so that order is no matter
	counted int
}

// NewTown returns an empty sum over a square of the frame's plan.
func NewTown(frame earth.Frame, square orb.Bound) *Town {
	size := math.Max(square.Max[0]-square.Min[0], square.Max[1]-square.Min[1])
	t := &Town{in: Input{Frame: frame, Report: geo.NewReport()}, cell: math.Max(townCell, size/townCells)}
	t.origin = square.Min
	t.n = int(size/t.cell) + 1
	t.built = make([]int64, t.n*t.n)
	return t
}

// Add counts a feature in, if it is a building.
func (t *Town) Add(f *geo.Feature) {
	if !isBuilding(f) {
		return
	}
	for _, poly := range geo.Polygons(f.Geometry) {
		box, area, ok := t.footprint(poly)
		if !ok {
			continue
		}
		at := func(v float64, k int) int {
			return int(math.Max(0, math.Min(float64(t.n-1), math.Floor((v-t.origin[k])/t.cell))))
		}
		x0, x1, y0, y1 := at(box.Min[0], 0), at(box.Max[0], 0), at(box.Min[1], 1), at(box.Max[1], 1)
		share := int64(math.Round(1e4 * math.Min(area, 1e8) / float64((x1-x0+1)*(y1-y0+1))))
		for y := y0; y <= y1; y++ {
			for x := x0; x <= x1; x++ {
				t.built[y*t.n+x] += share
			}
		}
		t.counted++
	}
}

// footprint is the box and the area of a polygon in the plan; ok is false where it has none.
func (t *Town) footprint(poly orb.Polygon) (box orb.Bound, area float64, ok bool) {
	for i, r := range poly {
		var first, last orb.Point
		twice := 0.0
		for k, p := range r {
			if !(math.Abs(p[0]) <= 360 && math.Abs(p[1]) <= 90) {
				return box, 0, false
			}
			x, y := t.in.Frame.Plan(p[0], p[1])
			q := orb.Point{x, y}
			if k == 0 {
				first = q
			}
			if i == 0 && k == 0 {
				box = orb.Bound{Min: q, Max: q}
			}
			if i == 0 {
				box.Min = orb.Point{min(box.Min[0], x), min(box.Min[1], y)}
				box.Max = orb.Point{max(box.Max[0], x), max(box.Max[1], y)}
			}
			q = orb.Point{x - first[0], y - first[1]}
			twice += float64(last[0]*q[1]) - float64(q[0]*last[1])
			last = q
		}
		if i == 0 {
			area = math.Abs(twice) / 2
		} else {
			area -= math.Abs(twice) / 2
		}
	}
	return box, area, area > 0
}

// Merge adds another sum over the same square.
func (t *Town) Merge(o *Town) {
	for k, v := range o.built {
		t.built[k] += v
	}
	t.counted += o.counted
}

// Append adds the sum as bytes: where it is the same, Patches are.
func (t *Town) Append(b []byte) []byte {
	for _, v := range [...]float64{t.origin[0], t.origin[1], t.cell} {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
	}
	b = binary.LittleEndian.AppendUint64(b, uint64(min(t.counted, 10)))
	for _, v := range t.built {
		b = binary.LittleEndian.AppendUint64(b, uint64(v))
	}
	return b
}

// Patches are the town's ground for a layer, below all other areas.
func (t *Town) Patches(layer string) []Patch {
	if t.counted < 10 {
		return nil
	}
	n := t.n
	density := make([]float32, n*n)
	for k, v := range t.built {
		density[k] = float32(float64(v) / 1e4 / (t.cell * t.cell))
	}
	for range 2 {
		boxBlur(density, n, n, townReach)
	}
	built := make([]bool, n*n)
	for k, d := range density {
		built[k] = d >= townCover
	}
	least := int(math.Ceil(townArea / (t.cell * t.cell)))
	dropSmall(built, n, n, true, least)
	dropSmall(built, n, n, false, least)
	// Part by part, so that a house more changes the ground around it only.
	var out []Patch
	for y := 0; y < n; y += townPart {
		for x := 0; x < n; x += townPart {
			nx, ny := min(townPart, n-x), min(townPart, n-y)
			part := make([]bool, nx*ny)
			for j := range ny {
				copy(part[j*nx:(j+1)*nx], built[(y+j)*n+x:])
			}
			out = append(out, t.part(part, nx, ny, float64(x), float64(y), layer)...)
		}
	}
	return out
}

// part is the ground of a part of the sum's cells from column x and row y on.
func (t *Town) part(built []bool, nx, ny int, x, y float64, layer string) (out []Patch) {
	for _, poly := range bodies(built, nx, ny, func(c [2]float64) [2]float64 {
		return [2]float64{t.origin[0] + (x+c[0])*t.cell, t.origin[1] + (y+c[1])*t.cell}
	}, func([2]float64) bool { return false }) {
		rings := toRings(poly)
		points, indices, ok := triangulate(rings)
		if !ok {
			continue
		}
		a := newArea(rings, points, indices)
		a.Layer, a.Material, a.Color, a.Class, a.Feature, a.Bias = layer, geo.Ground, townColor, townClass, -1, townBias
		a.Width = max(a.Width, townPart/2*t.cell) // a corner of a part is no narrow patch
		out = append(out, a.Patch)
	}
	return out
}

// isBuilding tells whether a feature covers ground with a building: by its tags, or as a
// footprint with a height.
func isBuilding(f *geo.Feature) bool {
	if b := f.Tags["building"]; b != "" {
		return b != "no"
	}
	return f.Surfaces == nil && f.Tags["height"] != "" && f.Tags["building:part"] == "" && len(geo.Polygons(f.Geometry)) > 0
}

// boxBlur replaces each value by the mean of those up to r cells away in x, then in y.
func boxBlur(v []float32, nx, ny, r int) {
	line := make([]float32, max(nx, ny))
	pass := func(n, from, step int) {
		for i := range n {
			line[i] = v[from+i*step]
		}
		var sum float32
		for i := -r; i < n; i++ {
			if i+r < n {
				sum += line[i+r]
			}
			if i-r-1 >= 0 {
				sum -= line[i-r-1]
			}
			if i >= 0 {
				v[from+i*step] = sum / float32(2*r+1)
			}
		}
	}
	for y := range ny {
		pass(nx, y*nx, 1)
	}
	for x := range nx {
		pass(ny, x, nx)
	}
}

// dropSmall turns bodies (4-neighbours) of one state that have fewer cells than least.
func dropSmall(v []bool, nx, ny int, state bool, least int) {
	seen := make([]bool, len(v))
	var body []int
	for root := range v {
		if v[root] != state || seen[root] {
			continue
		}
		seen[root] = true
		body = append(body[:0], root)
		for i := 0; i < len(body); i++ {
			x, y := body[i]%nx, body[i]/nx
			for _, d := range [4][2]int{{1, 0}, {-1, 0}, {0, 1}, {0, -1}} {
				u, w := x+d[0], y+d[1]
				if k := w*nx + u; u >= 0 && w >= 0 && u < nx && w < ny && v[k] == state && !seen[k] {
					seen[k] = true
					body = append(body, k)
				}
			}
		}
		if len(body) < least {
			for _, k := range body {
				v[k] = !state
			}
		}
	}
}

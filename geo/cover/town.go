package cover

import (
	"math"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
)

// Figures of built-up ground.
const (
	townCell   = 12.0 // metres, at least; the mask has at most townCells cells a side
	townCells  = 1024
	townReach  = 3     // cells that a building's ground reaches, twice
	townCover  = 0.17  // share of built ground around a place from which it is town
	townArea   = 12000 // square metres; smaller patches of town, and of green in it, are none
	townRank   = -1    // below all zoning
	townClass  = "landuse=built_up"
	townBuffer = 8 // cells around the buildings, so that no outline is cut
)

var townColor = rgb(126, 123, 114)

// Town is the ground between buildings that stand close together: yards, paving and what
// else nobody maps, without which a city stands on a meadow. It is Areas's lowest layer;
// this is for scenes that have buildings and no areas.
func Town(in Input, layer string) []Patch {
	var out []Patch
	for _, a := range in.town(layer) {
		a.Bias = 1
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
	return f.Surfaces == nil && f.Tags["height"] != "" && f.Tags["building:part"] == "" && len(polygonsOf(f.Geometry)) > 0
}

func (in *Input) town(layer string) []area {
	type footprint struct {
		box  orb.Bound
		area float64
	}
	var all []footprint
	whole := orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
	for i := range in.Features {
		f := &in.Features[i]
		if !isBuilding(f) {
			continue
		}
		for _, poly := range polygonsOf(f.Geometry) {
			rings, ok := in.planRings(poly)
			if !ok || len(rings) == 0 {
				continue
			}
			p := Patch{Points: rings[0]}
			b := footprint{p.Bound(), math.Abs(area2(rings[0])) / 2}
			for _, hole := range rings[1:] {
				b.area -= math.Abs(area2(hole)) / 2
			}
			if m := b.box.Center(); b.area > 0 && in.near(m) {
				all = append(all, b)
				whole = whole.Union(b.box)
			}
		}
	}
	if len(all) < 10 {
		return nil
	}
	cell := math.Max(townCell, math.Max(whole.Max[0]-whole.Min[0], whole.Max[1]-whole.Min[1])/(townCells-2*townBuffer))
	origin := [2]float64{whole.Min[0] - townBuffer*cell, whole.Min[1] - townBuffer*cell}
	nx := int((whole.Max[0]-origin[0])/cell) + townBuffer
	ny := int((whole.Max[1]-origin[1])/cell) + townBuffer
	density := make([]float32, nx*ny)
	for _, b := range all {
		x0, x1 := int((b.box.Min[0]-origin[0])/cell), int((b.box.Max[0]-origin[0])/cell)
		y0, y1 := int((b.box.Min[1]-origin[1])/cell), int((b.box.Max[1]-origin[1])/cell)
		share := float32(b.area / float64((x1-x0+1)*(y1-y0+1)) / (cell * cell))
		for y := y0; y <= y1; y++ {
			for x := x0; x <= x1; x++ {
				density[y*nx+x] += share
			}
		}
	}
	for range 2 {
		boxBlur(density, nx, ny, townReach)
	}
	built := make([]bool, nx*ny)
	for k, d := range density {
		built[k] = d >= townCover
	}
	least := int(math.Ceil(townArea / (cell * cell)))
	dropSmall(built, nx, ny, true, least)
	dropSmall(built, nx, ny, false, least)
	var out []area
	for _, poly := range bodies(built, nx, ny, func(c [2]float64) [2]float64 {
		return [2]float64{origin[0] + c[0]*cell, origin[1] + c[1]*cell}
	}, func([2]float64) bool { return false }) {
		rings := toRings(poly)
		points, indices, ok := triangulate(rings)
		if !ok {
			continue
		}
		a := newArea(rings, points, indices)
		a.Layer, a.Material, a.Color, a.Class, a.Feature, a.rank = layer, geo.Ground, townColor, townClass, -1, townRank
		out = append(out, a)
	}
	return out
}

// maxTown is how far from the frame's middle town is looked for, in metres.
const maxTown = 60e3

func (in *Input) near(p orb.Point) bool { return math.Hypot(p[0], p[1]) < maxTown }

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
	for root := range v {
		if v[root] != state || seen[root] {
			continue
		}
		seen[root] = true
		body := []int{root}
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

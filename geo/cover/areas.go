package cover

import (
	"math"
	"runtime"
	"sort"

	"github.com/paulmach/orb"
	"golang.org/x/sync/errgroup"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/clean"
)

// topArea is the highest bias of ordinary areas; overWater is that of beaches and piers.
const (
	topArea   = 6
	seaBias   = 7
	waterBias = 8
	overWater = 9
)

// area is a filled patch with what its order depends on.
type area struct {
	Patch
	rings [][][2]float64
	size  float64
	rank  int
	box   orb.Bound
}

// Areas builds land use, natural areas, parks, parking, squares and the like. Areas
// that overlap get rising biases, so that none flickers through another: by kind first,
// then bigger below smaller. Below all lies the ground of towns, see Town.
func Areas(in Input, layer string) []Patch {
	var all []area
	for _, part := range parallel(len(in.Features), func(i int) []area { return in.areasOf(i, layer) }) {
		all = append(all, part...)
	}
	stack(all)
	var out []Patch
	for i := range all {
		if in.owns(all[i].Feature) {
			out = append(out, all[i].Patch)
		}
	}
	in.Report.Made("area", len(out))
	for i := range in.Features {
		if in.owns(i) {
			out = append(out, in.markings(i, layer)...)
		}
	}
	return out
}

func (in *Input) areasOf(i int, layer string) []area {
	in = in.on(i)
	f := &in.Features[i]
	style, class, ok := styleOf(f.Tags, isPolygon(f.Geometry))
	if !ok || underground(f.Tags) {
		return nil
	}
	style = look(style, class, f.ID, f.Tags)
	var out []area
	for _, poly := range geo.Polygons(f.Geometry) {
		for _, a := range in.fill(poly, f.ID) {
			a.Layer, a.Material, a.Color, a.Class, a.Feature = layer, style.material, style.color, class, i
			a.rank = style.rank
			if standsInWater[class] {
				a.Bias = overWater
			}
			out = append(out, a)
		}
	}
	return out
}

// fill triangulates a polygon given in degrees. One that ear clipping can't fill is
// repaired, which may make several of it; one that can't be repaired is skipped under
// the id.
func (in *Input) fill(poly orb.Polygon, id string) []area {
	rings, ok := in.planRings(poly)
	if !ok {
		in.Report.Skip(id, "area without extent or far outside")
		return nil
	}
	if points, indices, ok := triangulate(rings); ok {
		return []area{newArea(rings, points, indices)}
	}
	fixed, _ := clean.Polygon(fromRings(rings), clean.Plan)
	var out []area
	for _, p := range fixed {
		rings := toRings(p)
		if points, indices, ok := triangulate(rings); ok {
			out = append(out, newArea(rings, points, indices))
		}
	}
	if len(out) == 0 {
		in.Report.Skip(id, "area cannot be filled")
	} else {
		in.Report.Note("area repaired before filling")
	}
	return out
}

func newArea(rings [][][2]float64, points [][2]float64, indices []uint32) area {
	a := area{Patch: Patch{Points: points, Indices: indices, UV: metresUV(points)}, rings: rings}
	a.size, a.box = a.Area(), a.Bound()
	a.Width = width(rings, a.size)
	return a
}

// metresUV are plan metres. They wrap at 4096 m of the first point's cell, so that
// float32 keeps a millimetre wherever the patch lies.
func metresUV(points [][2]float64) [][2]float32 {
	uv := make([][2]float32, len(points))
	if len(points) == 0 {
		return uv
	}
	const cell = 4096
	ox, oy := math.Floor(points[0][0]/cell)*cell, math.Floor(points[0][1]/cell)*cell
	for i, p := range points {
		uv[i] = [2]float32{float32(p[0] - ox), float32(p[1] - oy)}
	}
	return uv
}

// underground tells whether a feature is out of sight from above.
func underground(tags map[string]string) bool {
	switch tags["location"] {
	case "underground", "indoor":
		return true
	}
	if l := tags["layer"]; len(l) > 1 && l[0] == '-' {
		return true
	}
	return tags["parking"] == "underground" || tags["parking"] == "multi-storey" || tags["indoor"] == "yes" || tags["building"] != "" && tags["building"] != "no"
}

// stack gives each area without one the lowest bias above all areas that it overlaps
// and that come before it.
func stack(all []area) {
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool {
		a, b := &all[order[i]], &all[order[j]]
		if a.rank != b.rank {
			return a.rank < b.rank
		}
		return a.size > b.size
	})
	grid := newBinGrid(len(all), func(i int) orb.Bound { return all[i].box })
	placed := make([]bool, len(all))
	for _, i := range order {
		a := &all[i]
		if a.Bias == 0 {
			level := townBias + 1
			grid.each(a.box, func(j int) {
				b := &all[j]
				if placed[j] && b.Bias >= level && b.Bias < topArea+1 && b.box.Intersects(a.box) && overlap(a, b) {
					level = b.Bias + 1
				}
			})
			a.Bias = min(level, topArea)
		}
		placed[i] = true
	}
}

// overlap tells whether the interiors of two areas meet, by points just inside the
// corners and at the middle of the smaller one's triangles.
func overlap(a, b *area) bool {
	if a.size > b.size {
		a, b = b, a
	}
	for i := 0; i+2 < len(a.Indices); i += 3 {
		p, q, r := a.Points[a.Indices[i]], a.Points[a.Indices[i+1]], a.Points[a.Indices[i+2]]
		m := [2]float64{(p[0] + q[0] + r[0]) / 3, (p[1] + q[1] + r[1]) / 3}
		for _, c := range [4][2]float64{m, mix(p, m, 0.1), mix(q, m, 0.1), mix(r, m, 0.1)} {
			if b.box.Contains(c) && contains(b.rings, c) {
				return true
			}
		}
	}
	return false
}

func mix(a, b [2]float64, t float64) [2]float64 {
	return [2]float64{a[0] + (b[0]-a[0])*t, a[1] + (b[1]-a[1])*t}
}

// parallel runs fn for 0..n-1 on all processors; results keep their order.
func parallel[T any](n int, fn func(i int) T) []T {
	out := make([]T, n)
	var g errgroup.Group
	const chunk = 64
	g.SetLimit(runtime.GOMAXPROCS(0))
	for lo := 0; lo < n; lo += chunk {
		g.Go(func() error {
			for i := lo; i < min(lo+chunk, n); i++ {
				out[i] = fn(i)
			}
			return nil
		})
	}
	_ = g.Wait() // no task returns an error
	return out
}

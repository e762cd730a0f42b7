package aggregate

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
)

// circleSides are those of the polygon that stands for a circle.
const circleSides = 48

// Voronoi are the closed rings of the places that are nearer to each point than to any
// other, and no further from it than reach metres (0 ends them a tenth of the extent beyond
// all points). Points without a place have nil, as have all but the first of equal ones.
//
// Each cell is cut out of a circle or box by the bisectors with the points around it, nearest
// first, until no other can reach it: the cells are exact whatever the points are.
func Voronoi(lng, lat []float64, plan Plan, reach float64) []orb.Ring {
	out := make([]orb.Ring, len(lng))
	var x, y []float64
	var rows []int
	xy := plan.forward()
	lo, hi := [2]float64{math.Inf(1), math.Inf(1)}, [2]float64{math.Inf(-1), math.Inf(-1)}
	for i := range lng {
		if !placed(lng[i], lat[i]) {
			continue
		}
		px, py := xy(lng[i], lat[i])
		x, y, rows = append(x, px), append(y, py), append(rows, i)
		lo[0], lo[1], hi[0], hi[1] = math.Min(lo[0], px), math.Min(lo[1], py), math.Max(hi[0], px), math.Max(hi[1], py)
	}
	margin := math.Max(math.Max(hi[0]-lo[0], hi[1]-lo[1])/10, 1)
	frame := [][2]float64{{lo[0] - margin, lo[1] - margin}, {hi[0] + margin, lo[1] - margin}, {hi[0] + margin, hi[1] + margin}, {lo[0] - margin, hi[1] + margin}}
	near := buckets(x, y, 0)
	parallel(len(x)*100, func(from, to int) {
		for i := from / 100; i < to/100; i++ {
			cell := slices.Clone(frame)
			if reach > 0 {
				cell = around(x[i], y[i], reach)
			}
			cell = near.cell(i, cell)
			if len(cell) < 3 {
				continue
			}
			ring := make(orb.Ring, 0, len(cell)+1)
			for _, p := range cell {
				a, b := plan.LngLat(p[0], p[1])
				ring = append(ring, orb.Point{a, b})
			}
			out[rows[i]] = append(ring, ring[0])
		}
	})
	return out
}

// cell cuts the cell of a point out of a convex polygon.
func (b *bucketed) cell(i int, cell [][2]float64) [][2]float64 {
	x, y := b.x[i], b.y[i]
	done := 0
	for n := 16; ; n *= 4 {
		found := b.nearest(x, y, n, nil)
		for _, j := range found[min(done, len(found)):] {
			dx, dy := b.x[j]-x, b.y[j]-y
			if int(j) == i {
				continue
			}
			if dx == 0 && dy == 0 {
				if int(j) < i {
					return nil
				}
				continue
			}
			far := 0.0
			for _, p := range cell {
				far = math.Max(far, math.Hypot(p[0]-x, p[1]-y))
			}
			if math.Hypot(dx, dy) > 2*far {
				return cell
			}
			cell = cut(cell, x+dx/2, y+dy/2, dx, dy)
		}
		if done = n; len(found) < n {
			return cell
		}
	}
}

// cut keeps what lies behind a line through a point, seen along its normal.
func cut(poly [][2]float64, px, py, nx, ny float64) (out [][2]float64) {
	side := func(p [2]float64) float64 { return (p[0]-px)*nx + (p[1]-py)*ny }
	for k, a := range poly {
		b := poly[(k+1)%len(poly)]
		s, t := side(a), side(b)
		if s <= 0 {
			out = append(out, a)
		}
		if s < 0 && t > 0 || s > 0 && t < 0 {
			u := s / (s - t)
			out = append(out, [2]float64{a[0] + (b[0]-a[0])*u, a[1] + (b[1]-a[1])*u})
		}
	}
	return out
}

func around(x, y, radius float64) [][2]float64 {
	out := make([][2]float64, circleSides)
	for i := range out {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / circleSides)
		out[i] = [2]float64{x + radius*cos, y + radius*sin}
	}
	return out
}

// Circle is the closed ring of the places at a distance in metres from one, along great
// circles of a sphere.
func Circle(lng, lat, metres float64) orb.Ring {
	v := unit(lng, lat)
	sinLng, cosLng := math.Sincos(earth.Radians(lng))
	east := vec3{-sinLng, cosLng, 0}
	north := v.Cross(east)
	sin, cos := math.Sincos(min(metres/radius, math.Pi))
	corners := make([]vec3, circleSides)
	for i := range corners {
		s, c := math.Sincos(2 * math.Pi * float64(i) / circleSides)
		corners[i] = v.Mul(cos).Add(east.Mul(sin * c)).Add(north.Mul(sin * s))
	}
	return ringOf(corners)
}

// Hull is the closed ring of the convex hull of points (Andrew 1979), counter-clockwise; nil
// where they lie on a line.
func Hull(lng, lat []float64, plan Plan) orb.Ring {
	type point struct {
		x, y float64
		row  int
	}
	var all []point
	xy := plan.forward()
	for i := range lng {
		if placed(lng[i], lat[i]) {
			x, y := xy(lng[i], lat[i])
			all = append(all, point{x, y, i})
		}
	}
	slices.SortFunc(all, func(a, b point) int {
		return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(a.y, b.y), cmp.Compare(a.row, b.row))
	})
	var hull []point
	for pass := range 2 {
		base := len(hull)
		for _, p := range all {
			for n := len(hull); n >= base+2; n = len(hull) {
				a, b := hull[n-2], hull[n-1]
				if (b.x-a.x)*(p.y-a.y)-(b.y-a.y)*(p.x-a.x) > 0 {
					break
				}
				hull = hull[:n-1]
			}
			hull = append(hull, p)
		}
		if len(hull) > 0 {
			hull = hull[:len(hull)-1]
		}
		if pass == 0 {
			slices.Reverse(all)
		}
	}
	if len(hull) < 3 {
		return nil
	}
	out := make(orb.Ring, 0, len(hull)+1)
	for _, p := range hull {
		a, b := plan.LngLat(p.x, p.y)
		out = append(out, orb.Point{a, b})
	}
	return append(out, out[0])
}

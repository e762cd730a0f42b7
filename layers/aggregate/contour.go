package aggregate

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// Isoline is where a field has one value; what is higher lies to its left.
type Isoline struct {
	Level float64
	Line  orb.LineString // in degrees; the last point is the first of closed ones
}

// Isoband is the area in which a field is at least Low and less than High.
type Isoband struct {
	Low, High float64
	Area      orb.MultiPolygon // in degrees
}

// Isolines are those of some levels, by marching squares (Maple 2003, Geometric design and
// space planning using the marching squares and marching cube algorithms), in the order of
// the levels. Saddles are cut into four triangles around the mean of their corners, so that
// lines never cross. Squares with an unknown corner have none.
func (f *Field) Isolines(levels []float64) []Isoline {
	var out []Isoline
	for _, level := range levels {
		t := f.trace(level, math.Inf(1), false)
		for _, path := range t.paths() {
			line := make(orb.LineString, len(path))
			for i, v := range path {
				line[i] = f.Point(t.at[v][0], t.at[v][1])
			}
			out = append(out, Isoline{Level: level, Line: line})
		}
	}
	return out
}

// Isobands are the areas between each two of the limits, which rise. Bands without an area
// are left out; the last one has its upper limit in it.
func (f *Field) Isobands(limits []float64) []Isoband {
	var out []Isoband
	for i := 0; i+1 < len(limits); i++ {
		high := limits[i+1]
		if i+2 == len(limits) {
			high = math.Nextafter(high, math.Inf(1))
		}
		t := f.trace(limits[i], high, true)
		var rings [][][2]float64
		for _, path := range t.paths() {
			ring := make([][2]float64, len(path))
			for k, v := range path {
				ring[k] = t.at[v]
			}
			rings = append(rings, ring)
		}
		band := Isoband{Low: limits[i], High: limits[i+1]}
		for _, poly := range nest(rings) {
			var p orb.Polygon
			for _, ring := range poly {
				r := make(orb.Ring, len(ring))
				for k, v := range ring {
					r[k] = f.Point(v[0], v[1])
				}
				p = append(p, r)
			}
			band.Area = append(band.Area, p)
		}
		if len(band.Area) > 0 {
			out = append(out, band)
		}
	}
	return out
}

// Levels are about n round numbers between the ends: 1, 2 or 5 times a power of ten apart.
func Levels(lo, hi float64, n int) []float64 {
	if !(hi > lo) || n < 1 || math.IsInf(hi-lo, 0) {
		return nil
	}
	rough := (hi - lo) / float64(n)
	step := math.Pow(10, math.Floor(math.Log10(rough)))
	for _, k := range []float64{5, 2} {
		if rough >= k*step {
			step *= k
			break
		}
	}
	return Every(lo, hi, step)
}

// Every are the multiples of a step from lo to hi.
func Every(lo, hi, step float64) (out []float64) {
	if !(step > 0) || (hi-lo)/step > 10000 {
		return nil
	}
	for k := math.Ceil(lo / step); k*step <= hi; k++ {
		out = append(out, k*step)
	}
	return out
}

// nest puts holes, which run clockwise, into the smallest area around them.
func nest(rings [][][2]float64) [][][][2]float64 {
	type area struct {
		size float64
		box  [4]float64
		ring [][2]float64
	}
	var outer, holes []area
	for _, r := range rings {
		a := area{ring: r, box: [4]float64{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}}
		for i, p := range r {
			a.box = [4]float64{math.Min(a.box[0], p[0]), math.Min(a.box[1], p[1]), math.Max(a.box[2], p[0]), math.Max(a.box[3], p[1])}
			if i > 0 {
				a.size += (r[i-1][0]*p[1] - p[0]*r[i-1][1]) / 2
			}
		}
		switch {
		case a.size > 1e-12:
			outer = append(outer, a)
		case a.size < -1e-12:
			holes = append(holes, a)
		}
	}
	out := make([][][][2]float64, len(outer))
	for i, a := range outer {
		out[i] = [][][2]float64{a.ring}
	}
	bySize := make([]int, len(outer))
	for i := range bySize {
		bySize[i] = i
	}
	slices.SortStableFunc(bySize, func(a, b int) int {
		switch {
		case outer[a].size < outer[b].size:
			return -1
		case outer[a].size > outer[b].size:
			return 1
		}
		return 0
	})
	for _, h := range holes {
		for _, i := range bySize {
			o := &outer[i]
			if o.size >= -h.size && h.box[0] >= o.box[0] && h.box[1] >= o.box[1] && h.box[2] <= o.box[2] && h.box[3] <= o.box[3] && within(o.ring, h.ring) {
				out[i] = append(out[i], h.ring)
				break
			}
		}
	}
	return out
}

// within tells whether a ring lies in another that it may touch but does not cross: most of
// its corners do.
func within(outer, ring [][2]float64) bool {
	votes := 0
	for i := 0; i < len(ring); i += 1 + len(ring)/32 {
		if contains(outer, ring[i]) {
			votes++
		} else {
			votes--
		}
	}
	return votes > 0
}

// contains tells whether a point lies in a closed ring.
func contains(ring [][2]float64, p [2]float64) (in bool) {
	for i := 1; i < len(ring); i++ {
		a, b := ring[i-1], ring[i]
		if (a[1] > p[1]) != (b[1] > p[1]) && p[0] < a[0]+(p[1]-a[1])/(b[1]-a[1])*(b[0]-a[0]) {
			in = !in
		}
	}
	return in
}

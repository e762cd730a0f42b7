package generate

import (
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/scene"
)

const (
	rimSteps = 1440 // headings at which the rim is looked at
	// A sea or a land that is narrower along the rim, in degrees, does not go on to the
	// horizon: rivers and inlets, and islands and spits, which are seen to end more often.
	leastSea  = 6.0
	leastLand = 25.0
	mostSeas  = 4 // of a coast, see scene.Coast
)

// horizon tells the globe what goes on beyond the square: what its rim is, but where the
// document has a coast of its own.
func (g *generation) horizon(sea orb.MultiPolygon) {
	globe := &g.out.Environment.Globe
	if g.rim = nil; len(sea) > 0 {
		g.rim = newRim(g.site, sea)
	}
	if globe.Coast != nil {
		return
	}
	globe.Sea, globe.Coast = g.wet > seaShare*g.site.size*g.site.size, nil
	if len(sea) == 0 {
		return
	}
	seas := rimSeas(g.rim.wet)
	if len(seas) == 0 {
		globe.Sea = false
		return
	}
	if seas[0] == [2]float64{0, 360} {
		globe.Sea = true
		return
	}
	// The frame's north is that of its origin, about which the square lies.
	mid := g.site.square().Center()
	lng, lat := g.site.frame.Unplan(mid[0], mid[1])
	globe.Coast = &scene.Coast{Lng: lng, Lat: lat, Radius: math.Round(g.site.size * 0.75), Sea: seas}
}

// rim is where a sea lies along the sides of the square, from within.
type rim struct {
	mid  orb.Point
	half float64
	wets [2][2][][2]float64 // by the axis that a side is across, and its end: along it, from and to
}

func newRim(s *site, sea orb.MultiPolygon) *rim {
	const within = 1.0 // metre
	r := &rim{mid: s.square().Center(), half: s.size/2 - within}
	for axis := range 2 {
		for end, at := range [2]float64{r.mid[axis] - r.half, r.mid[axis] + r.half} {
			for _, polygon := range sea {
				r.wets[axis][end] = append(r.wets[axis][end], alongLine(polygon, axis, at)...)
			}
		}
	}
	return r
}

// alongLine are the stretches of a line across an axis that lie in a polygon.
func alongLine(polygon orb.Polygon, axis int, at float64) (in [][2]float64) {
	var shores []float64
	for _, ring := range polygon {
		for i, b := range ring {
			a := ring[(i+len(ring)-1)%len(ring)]
			if (a[axis] <= at) != (b[axis] <= at) {
				shores = append(shores, a[1-axis]+(b[1-axis]-a[1-axis])*(at-a[axis])/(b[axis]-a[axis]))
			}
		}
	}
	slices.Sort(shores)
	for i := 0; i+1 < len(shores); i += 2 {
		in = append(in, [2]float64{shores[i], shores[i+1]})
	}
	return in
}

// wet tells whether the sea is where a heading from the middle meets the rim.
func (r *rim) wet(heading float64) bool {
	var d [2]float64 // east, north
	d[0], d[1] = math.Sincos(heading * math.Pi / 180)
	axis, end := 0, 0
	if math.Abs(d[1]) > math.Abs(d[0]) {
		axis = 1
	}
	if d[axis] > 0 {
		end = 1
	}
	at := r.mid[1-axis] + d[1-axis]*r.half/math.Abs(d[axis])
	return slices.ContainsFunc(r.wets[axis][end], func(w [2]float64) bool { return w[0] <= at && at <= w[1] })
}

// near tells whether the sea lies at the side that is nearest to a place of the plan.
func (r *rim) near(p [2]float64) bool {
	if r == nil {
		return false
	}
	axis, end := 0, 0
	if math.Abs(p[1]-r.mid[1]) > math.Abs(p[0]-r.mid[0]) {
		axis = 1
	}
	if p[axis] > r.mid[axis] {
		end = 1
	}
	at := p[1-axis]
	return slices.ContainsFunc(r.wets[axis][end], func(w [2]float64) bool { return w[0] <= at && at <= w[1] })
}

// rimSeas are the headings between which the sea goes on, at most mostSeas of them: none,
// all round (0 to 360), or pairs clockwise.
func rimSeas(wet func(heading float64) bool) [][2]float64 {
	const step = 360.0 / rimSteps
	was := wet(0)
	var shores []float64 // where land and sea meet, in order
	for i := range rimSteps {
		lo := float64(i) * step
		is := wet(lo + step)
		if i == rimSteps-1 {
			is = wet(0)
		}
		if is != was {
			hi := lo + step
			for range 8 {
				if m := (lo + hi) / 2; wet(m) == was {
					lo = m
				} else {
					hi = m
				}
			}
			shores = append(shores, math.Round((lo+hi)/2*100)/100)
		}
		was = is
	}
	if len(shores) == 0 {
		if was {
			return [][2]float64{{0, 360}}
		}
		return nil
	}
	if was { // the first shore ends a sea
		shores = append(shores[1:], shores[0])
	}
	// The most narrow goes first, until all are wide: measured by what each has to have.
	wide := func(i int) float64 {
		w := math.Mod(shores[(i+1)%len(shores)]-shores[i]+360, 360)
		if i%2 == 0 {
			return w / leastSea
		}
		return w / leastLand
	}
	for {
		least := 0
		for i := range shores {
			if wide(i) < wide(least) {
				least = i
			}
		}
		if wide(least) >= 1 && len(shores) <= 2*mostSeas {
			break
		}
		if len(shores) == 2 {
			if least == 0 {
				return nil
			}
			return [][2]float64{{0, 360}}
		}
		if least == len(shores)-1 { // the land between the last sea and the first
			shores = append([]float64{shores[least-1]}, shores[1:least-1]...)
		} else {
			shores = append(shores[:least], shores[least+2:]...)
		}
	}
	var seas [][2]float64
	for i := 0; i < len(shores); i += 2 {
		seas = append(seas, [2]float64{shores[i], shores[i+1]})
	}
	return seas
}

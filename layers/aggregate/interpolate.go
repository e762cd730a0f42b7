package aggregate

import (
	"fmt"
	"math"
)

// sites are points of a field's grid, in steps from its first node, with a known value.
type sites struct{ x, y, values []float64 }

func (f *Field) sites(lng, lat, values []float64) (s sites, err error) {
	if len(lng) != len(lat) || len(values) != len(lng) {
		return s, fmt.Errorf("%d values at %d longitudes and %d latitudes", len(values), len(lng), len(lat))
	}
	xy := f.Plan.forward()
	for i, v := range values {
		if !placed(lng[i], lat[i]) || math.IsNaN(v) || math.IsInf(v, 0) {
			continue
		}
		x, y := xy(lng[i], lat[i])
		s.x, s.y, s.values = append(s.x, (x-f.X)/f.Step), append(s.y, (y-f.Y)/f.Step), append(s.values, v)
	}
	return s, nil
}

// InverseDistance fills a field by the mean of the nearest values, weighed by a power of
// their distance (Shepard 1968). Nodes further than reach metres from all of them stay
// unknown; 0 has no limit.
func (f *Field) InverseDistance(lng, lat, values []float64, power float64, nearest int, reach float64) error {
	if !(power > 0) || nearest < 1 || nearest > 1000 || reach < 0 {
		return fmt.Errorf("inverse distance to the power %g of %d values within %g m: a power above 0 and 1 to 1000 values are allowed", power, nearest, reach)
	}
	s, err := f.sites(lng, lat, values)
	if err != nil || len(s.x) == 0 {
		return err
	}
	near := buckets(s.x, s.y, 0)
	parallelLines(f.H, func(from, to int) {
		var found []int32
		for r := from; r < to; r++ {
			for c := range f.W {
				found = near.nearest(float64(c), float64(r), nearest, found[:0])
				f.Values[r*f.W+c] = s.weighed(float64(c), float64(r), found, power, reach/f.Step)
			}
		}
	})
	return nil
}

func (s *sites) weighed(x, y float64, found []int32, power, reach float64) float64 {
	var sum, total float64
	for k, i := range found {
		d := math.Hypot(s.x[i]-x, s.y[i]-y)
		if k == 0 && reach > 0 && d > reach {
			return math.NaN()
		}
		if d < 1e-9 {
			return s.values[i]
		}
		w := math.Pow(d, -power)
		sum, total = sum+w*s.values[i], total+w
	}
	return sum / total
}

// NaturalNeighbour fills a field by Sibson's interpolation in its discrete form (Park et al.
// 2006): a node's value is the mean over the nodes that would be nearer to it than to any of
// the points. It passes through the points and makes no rings around them. Nodes further than
// reach metres from all points stay unknown; 0 has no limit.
func (f *Field) NaturalNeighbour(lng, lat, values []float64, reach float64) error {
	s, err := f.sites(lng, lat, values)
	if err != nil || len(s.x) == 0 {
		return err
	}
	near := buckets(s.x, s.y, 0)
	own, distance := make([]int32, f.W*f.H), make([]float64, f.W*f.H)
	parallelLines(f.H, func(from, to int) {
		var found []int32
		for r := from; r < to; r++ {
			for c := range f.W {
				found = near.nearest(float64(c), float64(r), 1, found[:0])
				i := found[0]
				own[r*f.W+c], distance[r*f.W+c] = i, math.Hypot(s.x[i]-float64(c), s.y[i]-float64(r))
			}
		}
	})
	// Each node gives its point's value to all nodes nearer to it than that point is: a disc,
	// of which every row is noted by where it begins and ends.
	w := f.W + 1
	sum, count := make([]float64, w*f.H), make([]int32, w*f.H)
	for at, i := range own {
		c, r, d := at%f.W, at/f.W, distance[at]
		reach := int(d)
		for row := max(r-reach, 0); row <= min(r+reach, f.H-1); row++ {
			dy := float64(row - r)
			half := int(math.Sqrt(math.Max(d*d-dy*dy, 0)))
			from, to := row*w+max(c-half, 0), row*w+min(c+half+1, f.W)
			sum[from], sum[to] = sum[from]+s.values[i], sum[to]-s.values[i]
			count[from]++
			count[to]--
		}
	}
	for r := range f.H {
		var total float64
		var n int32
		for c := range f.W {
			total, n = total+sum[r*w+c], n+count[r*w+c]
			f.Values[r*f.W+c] = total / float64(n)
			if reach > 0 && distance[r*f.W+c]*f.Step > reach {
				f.Values[r*f.W+c] = math.NaN()
			}
		}
	}
	return nil
}

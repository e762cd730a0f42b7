package aggregate

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"
)

// Field is values at the nodes of a grid of a plan, rows from the south. NaN is not known.
type Field struct {
	Plan   Plan
	X, Y   float64 // metres of the south-western node
	Step   float64 // metres between nodes
	W, H   int     // nodes
	Values []float64
}

// mostNodes bounds fields: 128 MB.
const mostNodes = 1 << 24

// NewField is a field of NaN over all points and a margin around them. It refuses one of more
// than 16 million nodes.
func NewField(lng, lat []float64, plan Plan, step, margin float64) (*Field, error) {
	if !(step > 0) || !(margin >= 0) || len(lng) != len(lat) {
		return nil, fmt.Errorf("a grid of %g m with a margin of %g m around %d longitudes and %d latitudes", step, margin, len(lng), len(lat))
	}
	xy := plan.forward()
	lo, hi := [2]float64{math.Inf(1), math.Inf(1)}, [2]float64{math.Inf(-1), math.Inf(-1)}
	for i := range lng {
		if !placed(lng[i], lat[i]) {
			continue
		}
		x, y := xy(lng[i], lat[i])
		lo[0], lo[1], hi[0], hi[1] = math.Min(lo[0], x), math.Min(lo[1], y), math.Max(hi[0], x), math.Max(hi[1], y)
	}
	if lo[0] > hi[0] {
		return &Field{Plan: plan, Step: step}, nil
	}
	w, h := math.Ceil((hi[0]-lo[0]+2*margin)/step)+1, math.Ceil((hi[1]-lo[1]+2*margin)/step)+1
	if w*h > mostNodes {
		return nil, fmt.Errorf("a grid of %.0f × %.0f nodes is too large: a step of %.2g m or more is allowed", w, h, step*math.Sqrt(w*h/mostNodes))
	}
	f := &Field{Plan: plan, Step: step, W: int(w), H: int(h), Values: make([]float64, int(w)*int(h))}
	f.X, f.Y = (lo[0]+hi[0])/2-step*(w-1)/2, (lo[1]+hi[1])/2-step*(h-1)/2
	for i := range f.Values {
		f.Values[i] = math.NaN()
	}
	return f, nil
}

// Point is the place of a node, or of a position between nodes.
func (f *Field) Point(column, row float64) orb.Point {
	lng, lat := f.Plan.LngLat(f.X+column*f.Step, f.Y+row*f.Step)
	return orb.Point{lng, lat}
}

// At is the value at a place, bilinear between the four nodes around it; NaN where one of
// them is not known.
func (f *Field) At(lng, lat float64) float64 {
	return f.AtXY(f.Plan.XY(lng, lat))
}

// AtXY is At for metres of the plan.
func (f *Field) AtXY(x, y float64) float64 {
	c, r := (x-f.X)/f.Step, (y-f.Y)/f.Step
	if !(c >= 0 && r >= 0 && c <= float64(f.W-1) && r <= float64(f.H-1)) {
		return math.NaN()
	}
	i, j := min(int(c), max(f.W-2, 0)), min(int(r), max(f.H-2, 0))
	u, v := c-float64(i), r-float64(j)
	get := func(i, j int) float64 { return f.Values[min(j, f.H-1)*f.W+min(i, f.W-1)] }
	return (get(i, j)*(1-u)+get(i+1, j)*u)*(1-v) + (get(i, j+1)*(1-u)+get(i+1, j+1)*u)*v
}

// Range is the least and the greatest known value; false where none is known.
func (f *Field) Range() (lo, hi float64, ok bool) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, v := range f.Values {
		if !math.IsNaN(v) {
			lo, hi = math.Min(lo, v), math.Max(hi, v)
		}
	}
	return lo, hi, lo <= hi
}

package near

import (
	"math"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/clean"
	"github.com/longtake/longtake/geo/earth"
)

// Pier is a deck over the water: its outline, or one stretch of a line as wide as its tags
// say.
type Pier struct {
	Rings  [][]Point // open, outer first
	Narrow bool      // for boats and feet; it lies low
	Floats bool      // and lower still
}

// Figures of piers in metres.
const (
	pontoon   = 2.4  // width of a line without one
	narrow    = 6.0  // from which width on lorries drive on it
	pierFloat = 0.6  // a floating deck above the water
	pierLow   = 0.95 // a narrow one: over the banks that it comes from
	pierLeast = 1.2  // a wide one
	pierMost  = 3.5
)

// Piers are the decks of a feature; none where it is no pier.
func Piers(frame earth.Frame, f *geo.Feature) (out []Pier) {
	if f.Tags["man_made"] != "pier" || f.Geometry == nil || f.Tags["bridge"] != "" && f.Tags["bridge"] != "no" {
		return nil
	}
	floats := f.Tags["floating"] == "yes"
	if areas := Areas(frame, f.Geometry); len(areas) > 0 {
		for _, rings := range areas {
			_, along, across := Box(rings[0], Axis(rings[0]))
			out = append(out, Pier{rings, 2*math.Min(along, across) < narrow, floats})
		}
		return out
	}
	wide, ok := clean.Length(f.Tags["width"])
	if !ok || !(wide > 0.8 && wide < 60) {
		wide = pontoon
	}
	for _, line := range Lines(frame, f.Geometry) {
		for k := 1; k < len(line); k++ {
			a, b := line[k-1], line[k]
			l := Distance(a, b)
			if l < 0.1 {
				continue
			}
			dx, dy := (b[0]-a[0])/l*wide/2, (b[1]-a[1])/l*wide/2
			out = append(out, Pier{[][]Point{{{a[0] - dx + dy, a[1] - dy - dx}, {b[0] + dx + dy, b[1] + dy - dx}, {b[0] + dx - dy, b[1] + dy + dx}, {a[0] - dx - dy, a[1] - dy + dx}}}, wide < narrow, floats})
		}
	}
	return out
}

// Top is the height of a pier's deck over water of a level: that of the land it comes
// from, within bounds. ground may know nothing.
func (p *Pier) Top(level float64, ground func(q Point) (float64, bool)) float64 {
	switch {
	case p.Narrow && p.Floats:
		return level + pierFloat
	case p.Narrow:
		return level + pierLow
	}
	top := level + pierLeast
	for _, q := range p.Rings[0] {
		if h, ok := ground(q); ok {
			top = math.Max(top, math.Min(h, level+pierMost))
		}
	}
	return top + 0.05 // over the land that it goes on to
}

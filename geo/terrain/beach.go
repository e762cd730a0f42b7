package terrain

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// Figures of beaches.
const (
	beachNear  = 6.0  // metres from a shore up to which it is a beach's: outlines differ by that
	beachEnd   = 24.0 // at which it is none: a beach ends in a slope, too
	mouthFall  = 1.5  // metres that other water may stand over the sea and flows into it level
	beachSlope = 0.07 // rise over run, between those of fine and of coarse sand
)

// banks shapes the land beside flat surfaces with a freeboard, within the reach of nodes of
// their beds: it stands so far above them, and from half of the reach on goes over into what
// is behind. Beside beaches it rises from the water by their slope instead, also where it is
// higher. Other water that meets them has no bank. owner is 1 + the flat surface that a node is the bed of.
func (l *lattice) banks(flats []*outline, owner []int32, reach int, kind []uint8, heights, floor []float32) {
	var near []beside
	for j := range l.h {
		for i := range l.w {
			at := j*l.w + i
			if owner[at] == 0 || flats[owner[at]-1].Freeboard == 0 || l.interior(owner, i, j) {
				continue
			}
			if near == nil {
				near = make([]beside, len(owner))
			}
			f := flats[owner[at]-1]
			b := beside{height: f.Height, freeboard: float32(f.Freeboard), beach: f.beachAt(l.at(i, j))}
			for y := max(j-reach, 0); y <= min(j+reach, l.h-1); y++ {
				for x := max(i-reach, 0); x <= min(i+reach, l.w-1); x++ {
					n := &near[y*l.w+x]
					b.squares = uint32((x-i)*(x-i) + (y-j)*(y-j))
					if owner[y*l.w+x] == 0 && (n.squares == 0 || b.squares < n.squares) {
						*n = b
					}
				}
			}
		}
	}
	var open []bool
	if near != nil {
		open = l.mouths(flats)
	}
	for at, b := range near {
		if b.squares == 0 {
			continue
		}
		d := math.Sqrt(float64(b.squares))
		full := 1 - ramp(d, float64(reach)/2, float64(reach)+1)
		lift := float64(full * float64(b.freeboard))
		if open != nil && open[at] {
			lift = 0
			if over := float64(heights[at]) - b.height; over > 0 && over < mouthFall {
				heights[at] -= float32(full * over)
			}
		}
		if b.beach > 0 {
			if b.beach > 0.5 {
				kind[at] = strand
			}
			rise := float64(beachSlope * (d - 1) * l.step)
			if over := float64(heights[at]) - b.height - rise; over > 0 {
				heights[at] -= float32(full * float64(b.beach) * over)
			}
			lift -= float64(float64(b.beach) * max(lift-rise, 0))
		}
		floor[at] = max(floor[at], up32(b.height+lift))
	}
}

// beside is what is nearest to a node of a shore: a bed, whose surface has a freeboard.
type beside struct {
	height    float64
	freeboard float32
	squares   uint32  // of its distance in steps; 0 is none
	beach     float32 // how much of a beach's the shore is, 0 to 1
}

// beachAt is how much of a beach's the shore at a place is.
func (o *outline) beachAt(p orb.Point) float32 {
	near := math.Inf(1)
	for i, b := range o.beaches {
		if !b.Contains(p) {
			continue
		}
		if planar.PolygonContains(o.Beaches[i], p) {
			return 1
		}
		near = min(near, squared(o.Beaches[i], p))
	}
	return float32(1 - ramp(math.Sqrt(near), beachNear, beachEnd))
}

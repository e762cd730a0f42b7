package mark

import (
	"math"

	"github.com/longtake/longtake/layers/drawable"
)

// Moving places copies by the time alone: at adds what a copy is at so many seconds.
func Moving(d *drawable.Instances, at func(seconds float64, it drawable.Instance, out []drawable.Instance) []drawable.Instance) *drawable.Moving {
	return &drawable.Moving{Frame: d.Frame, At: func(now drawable.Instant) drawable.Copies {
		items := make([]drawable.Instance, 0, len(d.Items))
		for _, it := range d.Items {
			items = at(now.Time, it, items)
		}
		if len(items) == 0 {
			return drawable.Copies{}
		}
		return drawable.Copies{Draws: []drawable.Drawable{(&drawable.Instances{Mesh: d.Mesh, Frame: d.Frame, Items: items, Brief: true}).Bound()}}
	}}
}

// Phase is how much of a cycle is over, 0 to 1, for a feature's own beginning: features are
// spread evenly by the golden ratio.
func Phase(cycles float64, feature uint32) float64 {
	f := cycles + float64(feature)*0.6180339887498949
	return f - math.Floor(f)
}

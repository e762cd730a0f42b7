package scale

import (
	"fmt"

	"github.com/longtake/longtake/scene"
)

// warn tells of colours of classes that some readers cannot tell apart.
func (s *ColorScale) warn(v *scene.Value) {
	if s.Scale != "categorical" && !s.discrete() {
		return
	}
	colors, kind := s.colors()
	if kind.Ordered() {
		return
	}
	n := len(s.Domain.Texts)
	switch {
	case len(s.Range) > 0:
	case n > 1: // more than there are colours of begin again
		colors = colors[:min(n, len(colors))]
	default:
		return // how many classes there are, the data will tell
	}
	if seen, pair, apart := Confusable(colors); apart < LeastApart {
		v.Warn(fmt.Sprintf("%s and %s look alike to people with %s (%.1f apart, %v is the least that is told apart)",
			colors[pair[0]], colors[pair[1]], seen, apart, LeastApart))
	}
}

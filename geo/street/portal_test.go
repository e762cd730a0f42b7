package street_test

import (
	"math"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/street"
)

// slope rises north of y = 0 by so many metres for each, up to 12 m.
type slope float64

func (s slope) HeightAt(lng, lat float64) (float64, bool) {
	_, y := home.Plan(lng, lat)
	return 100 + min(max(y*float64(s), 0), 12), true
}

// TestPortals: behind its front a tunnel's mouth goes on to where the hill covers it; into a
// hill that is lower than a road's opening leads a lower one; and where a street lies on the
// ground over the tunnel, lower than its roof, there is no mouth to stand in it.
func TestPortals(t *testing.T) {
	for _, c := range []struct {
		name  string
		slope slope
		other []geo.Feature
		made  bool
	}{
		{"steep", 0.6, nil, true},
		{"gentle", 0.25, nil, true},
		{"low", 0.13, nil, true},
		{"flat", 0.02, nil, false},
		{"below its own street", 0.25, []geo.Feature{line("way/3", [][2]float64{{0, 0}, {3, 80}}, "highway", "primary")}, false},
		{"below another street", 0.25, []geo.Feature{line("way/3", [][2]float64{{-50, 3}, {50, 3}}, "highway", "primary")}, false},
	} {
		b := block(append([]geo.Feature{
			line("way/1", [][2]float64{{0, -100}, {0, 0}}, "highway", "primary"),
			line("way/2", [][2]float64{{0, 0}, {0, 200}}, "highway", "primary", "tunnel", "yes"),
		}, c.other...)...)
		b.Elevation = c.slope
		top, far, found := math.Inf(-1), 0.0, false
		made := street.Build(b, nil, layers)
		for i := range made.Solids {
			if s := &made.Solids[i]; s.Feature == 1 {
				found = true
				for _, p := range s.Positions {
					top, far = max(top, p[2]), max(far, p[1])
				}
			}
		}
		if found != c.made {
			t.Errorf("%s: a portal is %v; %v", c.name, found, b.Report.Summary().Notes)
			continue
		}
		if !found {
			continue
		}
		h, _ := c.slope.HeightAt(home.Unplan(0, far))
		if h < top-0.8 {
			t.Errorf("%s: the mouth ends %.1f m in at a height of %.1f m, where the hill is at %.1f m", c.name, far, top, h)
		}
		if top < 103 || top > 107 {
			t.Errorf("%s: its top is at %.1f m", c.name, top)
		}
	}
}

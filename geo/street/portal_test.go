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
		{"below a bridge", 0.25, []geo.Feature{line("way/3", [][2]float64{{-80, 60}, {-40, 3}, {40, 3}, {80, 60}}, "highway", "primary", "bridge", "yes")}, true},
		{"beside a path that goes in further back", 0.25, []geo.Feature{
			line("way/3", [][2]float64{{4, -100}, {4, 3}}, "highway", "footway"),
			line("way/4", [][2]float64{{4, 3}, {4, 200}}, "highway", "footway", "tunnel", "yes")}, true},
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

// TestPortalEndsAtStreet: where a street crosses over a tunnel before the hill covers it, what
// is built ends before the street.
func TestPortalEndsAtStreet(t *testing.T) {
	for y := 14.0; y < 44; y += 0.7 {
		tags := []string{"highway", "primary"}
		if y > 30 { // its line is its northern edge
			tags = append(tags, "oneway", "yes", "lanes", "4", "placement", "left_of:1")
		}
		b := block(
			line("way/1", [][2]float64{{0, -100}, {0, 0}}, "highway", "primary"),
			line("way/2", [][2]float64{{0, 0}, {0, 200}}, "highway", "primary", "tunnel", "yes"),
			line("way/3", [][2]float64{{-60, y - 2}, {60, y + 2}}, tags...),
		)
		b.Elevation = slope(0.13)
		made := street.Build(b, nil, layers)
		edge := func(x float64) float64 { // of the street, southwards
			south := math.Inf(1)
			for i := range made.Patches {
				if p := &made.Patches[i]; p.Feature == 2 {
					for _, q := range p.Points {
						south = min(south, q[1]-(q[0]-x)/30)
					}
				}
			}
			return south
		}
		found, into := false, math.Inf(-1)
		for i := range made.Solids {
			if s := &made.Solids[i]; s.Feature == 1 {
				found = true
				for _, p := range s.Positions {
					into = max(into, p[1]-edge(p[0]))
				}
			}
		}
		if !found || into > 0.01 || into < -4 {
			t.Errorf("street at %.1f m: a portal is %v and ends %.2f m within the street", y, found, into)
		}
	}
}

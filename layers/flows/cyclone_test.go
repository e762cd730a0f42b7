package flows

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geo"
	"github.com/paulmach/orb/planar"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/layer/layertest"
	"github.com/longtake/longtake/layers/table"
)

// TestSectors: each quadrant reaches as far as its wind, and those without wind have none.
func TestSectors(t *testing.T) {
	at := orb.Point{140, 20}
	ring := sectors(at, [4]float64{200e3, 100e3, 0, 50e3})
	for _, c := range []struct {
		bearing, distance float64
		in                bool
	}{{45, 190e3, true}, {45, 210e3, false}, {135, 90e3, true}, {135, 110e3, false}, {225, 5e3, false}, {315, 45e3, true}, {315, 55e3, false}} {
		if got := planar.RingContains(ring, around(at, c.bearing, c.distance)); got != c.in {
			t.Errorf("at %g°, %g m: %v", c.bearing, c.distance, got)
		}
	}
	if ring.Orientation() != orb.CCW || sectors(at, [4]float64{}) != nil {
		t.Error("the ring runs clockwise, or there is one without wind")
	}
}

// TestConeHoldsItsCircles: the cone of a forecast holds the circles of its places and nothing
// far beyond, across the antimeridian, too.
func TestConeHoldsItsCircles(t *testing.T) {
	way := []fix{{at: orb.Point{178, 20}}, {at: orb.Point{180.5, 23}, spread: 120e3}, {at: orb.Point{184, 25}, spread: 300e3}}
	ring := coneOf(way)
	for _, f := range way[1:] {
		for b := 0.0; b < 360; b += 10 {
			if !planar.RingContains(ring, around(f.at, b, 0.97*f.spread)) {
				t.Errorf("%v at %g° of its circle is outside", f.at, b)
			}
		}
	}
	for _, q := range ring {
		near := math.Inf(1)
		for i := 1; i < len(way); i++ {
			for u := 0.0; u <= 1; u += 0.02 {
				at := orb.Point{way[i-1].at[0] + u*(way[i].at[0]-way[i-1].at[0]), way[i-1].at[1] + u*(way[i].at[1]-way[i-1].at[1])}
				near = min(near, geo.Distance(at, q)-(way[i-1].spread+u*(way[i].spread-way[i-1].spread)))
			}
		}
		if near > 12e3 {
			t.Errorf("%v is %.0f m outside of all circles", q, near)
		}
	}
	if coneOf(way[:1]) != nil {
		t.Error("a cone of nothing")
	}
}

// TestCyclone: fixes follow each other by the field, forecasts are dashed, and the wind stands about
// the last fix that is known.
func TestCyclone(t *testing.T) {
	c, skipped := layertest.Context(t, "longtake: 1\nsources: {s: {path: x}}\nlayers: [{id: a, source: s, type: cyclone, sequence: hour, radii: [[r]], spread: err, unit: 1000}]\n")
	nan := math.NaN()
	c.Table = &table.Table{IDs: []string{"c", "a", "b", "d", "nowhere"}, Geometry: []orb.Geometry{orb.Point{-50, 22}, orb.Point{-40, 20}, orb.Point{-45, 21}, orb.Point{-55, 25}, nil},
		Columns: []table.Column{{Name: "err", Numbers: []float64{nan, nan, nan, 200, nan}}, {Name: "hour", Numbers: []float64{12, 0, 6, 18, 24}}, {Name: "r", Numbers: []float64{150, 90, 100, 10, 5}}}}
	draws, err := layer.Draw(c)
	if err != nil || skipped["no place or time"] != 1 {
		t.Fatal(err, skipped)
	}
	var solid, dashed, dots int
	for _, d := range draws {
		layertest.Finite(t, "cyclone", d.What)
		switch d := d.What.(type) {
		case *drawable.Lines:
			if d.Rhythm.Kind == drawable.Dashes {
				dashed += len(d.Starts)
				if d.Vertices[len(d.Vertices)-1].Along <= 0 {
					t.Error("dashes need to know how far along they are")
				}
			} else {
				solid += len(d.Starts)
			}
		case *drawable.Points:
			dots = len(d.Vertices)
			if d.Vertices[2].Size <= d.Vertices[1].Size || d.Vertices[2].Feature != 0 {
				t.Errorf("the fix of 12 o'clock is not the one of now: %+v", d.Vertices)
			}
		}
	}
	if dots != 4 || dashed != 1 || solid != 2+2 { // track, and the rims of cone and wind
		t.Errorf("%d dots, %d dashed, %d solid lines", dots, dashed, solid)
	}
}

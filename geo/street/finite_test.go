package street_test

import (
	"math"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/street"
	"github.com/longtake/longtake/internal/realdata"
)

// TestCoordinatesAreNumbers: what is built of real extracts has no position and no
// texture coordinate that is not a number.
func TestCoordinatesAreNumbers(t *testing.T) {
	for _, path := range [][]string{{"city-monaco", "monaco-planetiler.osm.pbf"}, {"city-monaco", "monaco-osrm.osm.pbf"}, {"city-andorra", "andorra.osm.pbf"}} {
		b := wholeBlock(readOSM(t, realdata.Path(t, path...)), geo.FlatElevation(10))
		out := street.Build(b, nil, layers)
		finite := func(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
		for i := range out.Patches {
			p := &out.Patches[i]
			for k := range p.Points {
				if !finite(p.Points[k][0]) || !finite(p.Points[k][1]) || !finite(float64(p.UV[k][0])) || !finite(float64(p.UV[k][1])) {
					t.Errorf("%s, %s: point %v, texture coordinate %v", b.Features[p.Feature].ID, p.Class, p.Points[k], p.UV[k])
					break
				}
			}
		}
		for i := range out.Solids {
			s := &out.Solids[i]
			for k := range s.Positions {
				v := s.Positions[k]
				if !finite(v[0]) || !finite(v[1]) || !finite(v[2]) || !finite(float64(s.UV[k][0])) || !finite(float64(s.UV[k][1])) {
					t.Errorf("%s, %s: position %v, texture coordinate %v", b.Features[s.Feature].ID, s.Class, v, s.UV[k])
					break
				}
			}
		}
	}
}

// TestCrossingWay: a way that crosses a street is painted where its point says nothing.
func TestCrossingWay(t *testing.T) {
	zebras := func(tags ...string) (n int) {
		b := block(line("way/1", [][2]float64{{-80, 0}, {0, 0}, {80, 0}}, "highway", "residential"),
			line("way/2", [][2]float64{{0, -8}, {0, 0}, {0, 8}}, append([]string{"highway", "footway"}, tags...)...))
		out := street.Build(b, nil, layers)
		for i := range out.Patches {
			if p := &out.Patches[i]; p.Bias == 20 && p.Feature == 0 {
				n++
			}
		}
		return n
	}
	plain := zebras()
	if got := zebras("footway", "crossing"); got <= plain {
		t.Errorf("%d painted surfaces with a crossing, %d without", got, plain)
	}
	if got := zebras("footway", "crossing", "crossing", "unmarked"); got != plain {
		t.Errorf("%d painted surfaces on an unmarked crossing, %d without", got, plain)
	}
}

package cover

import (
	"math"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
)

// hillside rises 40 % to the east of its frame's origin.
type hillside struct{ frame earth.Frame }

func (h hillside) HeightAt(lng, lat float64) (float64, bool) {
	x, _ := h.frame.Plan(lng, lat)
	return 1000 + 0.4*x, x < 5000
}

func TestEarthworks(t *testing.T) {
	frame := earth.FrameAt(earth.Place{Lng: 1.5, Lat: 42.5})
	at := func(x, y float64) orb.Point { lng, lat := frame.Unplan(x, y); return orb.Point{lng, lat} }
	square := func(x, y, s float64) orb.Polygon {
		return orb.Polygon{{at(x, y), at(x+s, y), at(x+s, y+s), at(x, y+s), at(x, y)}}
	}
	line := orb.LineString{at(100, 0), at(0, 50), at(-100, 0)}
	feature := func(g orb.Geometry, tags ...string) geo.Feature {
		f := geo.Feature{ID: "way/1", Geometry: g, Tags: map[string]string{}}
		for i := 0; i < len(tags); i += 2 {
			f.Tags[tags[i]] = tags[i+1]
		}
		return f
	}
	for _, c := range []struct {
		name            string
		f               geo.Feature
		pads, corridors int
	}{
		{"river", feature(line, "waterway", "river"), 0, 1},
		{"brook", feature(line, "waterway", "ditch"), 0, 0},
		{"culvert", feature(line, "waterway", "river", "tunnel", "culvert"), 0, 0},
		{"unknown ground", feature(orb.LineString{at(4900, 0), at(5200, 0)}, "waterway", "river"), 0, 0},
		{"house", feature(square(0, 0, 6), "building", "house"), 1, 0},
		{"too steep for a pad", feature(square(0, 0, 60), "building", "yes"), 0, 0},
		{"on columns", feature(square(0, 0, 6), "building", "yes", "min_height", "4"), 0, 0},
		{"broken", feature(orb.Polygon{{at(0, 0), at(math.NaN(), 0)}}, "building", "yes"), 0, 0},
		{"nothing", feature(nil, "waterway", "river"), 0, 0},
	} {
		in := Input{Features: []geo.Feature{c.f}, Frame: frame, Elevation: hillside{frame}, Report: geo.NewReport()}
		pads, beds := Pads(in, false), Beds(in)
		if len(pads) != c.pads || len(beds) != c.corridors {
			t.Errorf("%s: %d pads, %d corridors", c.name, len(pads), len(beds))
		}
		for _, p := range pads {
			if math.Abs(p.Height-1001.2) > 0.1 {
				t.Errorf("%s: at %v", c.name, p.Height)
			}
		}
		for _, k := range beds {
			for i, p := range k.Line {
				if want := 1000 + 0.4*p[0]; math.Abs(k.Heights[i]-want) > 0.1 {
					t.Errorf("%s: %v at %v", c.name, k.Heights[i], p)
				}
			}
		}
	}
	in := Input{Features: []geo.Feature{feature(line, "waterway", "river"), feature(square(0, 0, 6), "building", "house")}, Frame: frame, Report: geo.NewReport()}
	if len(Beds(in))+len(Pads(in, true)) != 0 {
		t.Error("earthworks where no ground is known")
	}
}

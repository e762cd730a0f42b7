package cover_test

import (
	"math"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/cover"
	"github.com/longtake/longtake/geo/earth"
)

// shore is land that rises northwards from the sea, whose bed falls to the south.
type shore struct{ frame earth.Frame }

func (s shore) HeightAt(lng, lat float64) (float64, bool) {
	_, y := s.frame.Plan(lng, lat)
	return y / 10, true
}

// TestPiers: a deck lies over the water at the height of its land, a jetty over the bank, a pontoon low; all look
// up, and their sides outwards and down into the water.
func TestPiers(t *testing.T) {
	f := earth.FrameAt(earth.Place{Lng: 7.4, Lat: 43.7})
	at := func(x, y float64) orb.Point { lng, lat := f.Unplan(x, y); return orb.Point{lng, lat} }
	in := cover.Input{Frame: f, Elevation: shore{f}, Report: geo.NewReport(), Features: []geo.Feature{
		{ID: "way/1", Geometry: orb.Polygon{{at(0, 25), at(0, -80), at(20, -80), at(20, 25), at(0, 25)}}, Tags: map[string]string{"man_made": "pier"}},
		{ID: "way/2", Geometry: orb.LineString{at(20, -50), at(60, -50), at(60, -90)}, Tags: map[string]string{"man_made": "pier", "floating": "yes"}},
		{ID: "way/4", Geometry: orb.LineString{at(-40, 5), at(-40, -50)}, Tags: map[string]string{"man_made": "pier"}},
		{ID: "way/3", Geometry: orb.LineString{at(20, -60), at(60, -60)}, Tags: map[string]string{"man_made": "pier", "bridge": "yes"}},
	}}
	piers := cover.Piers(in, "areas", 0, true)
	if len(piers) != 4 {
		t.Fatalf("%d decks, want one, two stretches of a pontoon and a jetty", len(piers))
	}
	for i, p := range piers {
		top, foot, area := math.Inf(-1), math.Inf(1), 0.0
		for k := 0; k < len(p.Indices); k += 3 {
			a, b, c := p.Positions[p.Indices[k]], p.Positions[p.Indices[k+1]], p.Positions[p.Indices[k+2]]
			area += ((b[0]-a[0])*(c[1]-a[1]) - (b[1]-a[1])*(c[0]-a[0])) / 2
			for _, v := range [3][3]float64{a, b, c} {
				top, foot = math.Max(top, v[2]), math.Min(foot, v[2])
			}
			u, w, n := [3]float64{b[0] - a[0], b[1] - a[1], b[2] - a[2]}, [3]float64{c[0] - a[0], c[1] - a[1], c[2] - a[2]}, p.Normals[p.Indices[k]]
			if d := (u[1]*w[2]-u[2]*w[1])*float64(n[0]) + (u[2]*w[0]-u[0]*w[2])*float64(n[1]) + (u[0]*w[1]-u[1]*w[0])*float64(n[2]); d <= 0 {
				t.Errorf("pier %d: a triangle is turned away from its normal", i)
			}
		}
		want := [4]float64{2.55, 0.6, 0.6, 0.95}[i]
		if math.Abs(top-want) > 0.01 || foot > -1 {
			t.Errorf("pier %d from %.2f to %.2f, want its deck at %.2f", i, foot, top, want)
		}
		if least := [4]float64{2099, 90, 90, 130}[i]; area < least {
			t.Errorf("pier %d covers %.1f m²", i, area)
		}
	}
}

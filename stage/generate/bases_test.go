package generate

import (
	"math"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
)

// A city model without elevation stands on ground through the feet of its buildings,
// also where they climb a hill.
func TestBases(t *testing.T) {
	var features []geo.Feature
	for i := range 20 {
		for j := range 20 {
			lng, lat := 8.5+float64(i)*0.001, 47.3+float64(j)*0.001
			h := 400 + 6*float64(i)
			ring := [][3]float64{{lng, lat, h}, {lng + 1e-4, lat, h}, {lng + 1e-4, lat + 1e-4, h + 12}}
			features = append(features, geo.Feature{ID: "b", Geometry: orb.Point{lng, lat},
				Surfaces: []geo.Surface{{Rings: [][][3]float64{ring}}}})
		}
	}
	var feet []orb.Point
	for i := range features {
		feet = append(feet, features[i].Geometry.(orb.Point))
	}
	s, err := locate(feet, nil, geo.Bound{}, 2000)
	if err != nil {
		t.Fatal(err)
	}
	b := newBases(features, s)
	if b == nil {
		t.Fatal("no ground")
	}
	for _, f := range features {
		p := f.Surfaces[0].Rings[0][0]
		if h, ok := b.HeightAt(p[0], p[1]); !ok || math.Abs(h-p[2]) > 8 {
			t.Errorf("ground at %v is %.1f", p, h)
		}
	}
	if h, ok := b.HeightAt(9, 48); !ok || h < 399 || h > 515 {
		t.Errorf("far away the ground is %.1f", h)
	}
	if newBases([]geo.Feature{{Geometry: orb.Point{8.5, 47.3}}}, s) != nil {
		t.Error("ground from features without surfaces")
	}
}

// TestBasesUnderDormers: what stands on a building is no ground, however much of it there is.
func TestBasesUnderDormers(t *testing.T) {
	solid := func(lng, lat, side, low, high float64) geo.Feature {
		ring := [][3]float64{{lng, lat, low}, {lng + side, lat, low}, {lng + side, lat + side, high}, {lng, lat + side, high}}
		return geo.Feature{ID: "b", Geometry: orb.Point{lng, lat}, Surfaces: []geo.Surface{{Rings: [][][3]float64{ring}}}}
	}
	features := []geo.Feature{solid(8.5, 47.3, 3e-4, 420, 446), solid(8.51, 47.31, 3e-4, 430, 440)}
	for i := range 12 {
		features = append(features, solid(8.5+2e-5*float64(i), 47.3001, 1e-5, 442, 444))
	}
	var feet []orb.Point
	for i := range features {
		feet = append(feet, features[i].Geometry.(orb.Point))
	}
	s, err := locate(feet, nil, geo.Bound{}, 2000)
	if err != nil {
		t.Fatal(err)
	}
	b := newBases(features, s)
	if h, ok := b.HeightAt(8.50015, 47.30015); !ok || math.Abs(h-420) > 1.5 {
		t.Errorf("the ground under the house is %.1f", h)
	}
}

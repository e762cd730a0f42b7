package heights

import (
	"bytes"
	"math"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
)

var _ geo.Elevation = &Grid{}

func hill(x, y float64) float64 { return 100 + 0.05*x - 0.02*y }

func TestRoundTrip(t *testing.T) {
	for _, at := range []earth.Place{{Lng: 7.4, Lat: 43.7}, {Lng: 179.9999, Lat: -17}, {Lng: 0, Lat: 90}} {
		g := Sample(earth.FrameAt(at), [2]float64{-500, -400}, 1000, 33, hill)
		var b bytes.Buffer
		if err := g.Write(&b); err != nil {
			t.Fatal(err)
		}
		r, err := Read(bytes.NewReader(b.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range [][2]float64{{0, 0}, {-499, 599}, {123, -77}} {
			lng, lat := g.Frame.Unplan(p[0], p[1])
			h, ok := r.HeightAt(lng, lat)
			if !ok || math.Abs(h-hill(p[0], p[1])) > 0.02 {
				t.Errorf("%v %v: %v %v", at, p, h, ok)
			}
		}
		if _, ok := r.HeightAt(at.Lng+180, -at.Lat); ok {
			t.Error("the antipode has a height")
		}
	}
}

func FuzzRead(f *testing.F) {
	var b bytes.Buffer
	if err := Sample(earth.FrameAt(earth.Place{}), [2]float64{}, 10, 3, hill).Write(&b); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add(b.Bytes()[:20])
	f.Fuzz(func(t *testing.T, data []byte) {
		if g, err := Read(bytes.NewReader(data)); err == nil && len(g.H) != g.N*g.N {
			t.Error("a grid without all its nodes")
		}
	})
}

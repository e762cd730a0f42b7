package read

import (
	"math"
	"testing"

	"github.com/longtake/longtake/geo"
)

// TestGCJ02 compares with the vectors that eviltransform publishes (Shanghai, Shenzhen,
// Beijing).
func TestGCJ02(t *testing.T) {
	for _, c := range [][4]float64{ // WGS84 longitude and latitude, GCJ-02
		{121.5272106, 31.1774276, 121.531541859215, 31.17530398364597},
		{113.912316, 22.543847, 113.9171764808363, 22.540796131694766},
		{116.377817, 39.911954, 116.38404722455657, 39.91334545536069},
	} {
		x, y := toGCJ02(c[0], c[1])
		if math.Abs(x-c[2]) > 1e-9 || math.Abs(y-c[3]) > 1e-9 {
			t.Errorf("%v: %.8f %.8f", c, x, y)
		}
	}
}

// TestChinaRoundTrip inverts both displacements to a ten-thousandth of a millimetre all
// over China, and leaves the rest of the world where it is.
func TestChinaRoundTrip(t *testing.T) {
	for lng := 73.5; lng < 136; lng += 1.37 {
		for lat := 3.1; lat < 55; lat += 1.13 {
			x, y := toGCJ02(lng, lat)
			if math.Hypot(x-lng, y-lat) < 1e-5 {
				t.Errorf("%v %v is not displaced", lng, lat)
			}
			if a, b := fromGCJ02(x, y); math.Abs(a-lng) > 1e-9 || math.Abs(b-lat) > 1e-9 {
				t.Errorf("GCJ-02 of %v %v: off by %g %g", lng, lat, a-lng, b-lat)
			}
			x, y = toBD09(x, y)
			if a, b := fromBD09(x, y); math.Abs(a-lng) > 1e-9 || math.Abs(b-lat) > 1e-9 {
				t.Errorf("BD-09 of %v %v: off by %g %g", lng, lat, a-lng, b-lat)
			}
		}
	}
	for _, p := range [][2]float64{{13.4, 52.5}, {-74, 40.7}, {151.2, -33.9}, {139.7, 35.7}, {0, 0}, {180, 0}} {
		if x, y := fromBD09(p[0], p[1]); x != p[0] || y != p[1] {
			t.Errorf("%v is moved to %v %v", p, x, y)
		}
	}
}

// TestCoordinates reads a displaced file.
func TestCoordinates(t *testing.T) {
	x, y := toGCJ02(116.4, 39.9)
	path := file(t, `[{"lng":`+text2(x)+`,"lat":`+text2(y)+`}]`)
	features, _, err := collect(t, path, Options{Coordinates: "gcj02", BBox: &geo.Bound{West: 116.399, South: 39.899, East: 116.401, North: 39.901}})
	if err != nil || len(features) != 1 {
		t.Fatal(len(features), err)
	}
	if p := features[0].Geometry.Bound().Min; math.Hypot(p[0]-116.4, p[1]-39.9) > 1e-9 {
		t.Errorf("%v", p)
	}
	if _, _, err := collect(t, path, Options{Coordinates: "mars"}); err == nil {
		t.Error("an unknown system is taken")
	}
}

// TestDisplacedHint: data in China that does not tell its coordinates is asked about; what
// lies elsewhere, tells them, or has them by its format is not.
func TestDisplacedHint(t *testing.T) {
	rows := func(lng, lat float64) string {
		return file(t, `[{"lng":`+text2(lng)+`,"lat":`+text2(lat)+`}]`)
	}
	osm := file(t, `<osm version="0.6"><node id="1" lat="39.9" lon="116.4"><tag k="amenity" v="bench"/></node></osm>`)
	for _, c := range []struct {
		path string
		o    Options
		want int
	}{
		{rows(116.4, 39.9), Options{}, 1}, {rows(121.47, 31.23), Options{Coordinates: "auto"}, 1}, {rows(104.06, 30.67), Options{}, 1}, {rows(113.26, 23.13), Options{}, 1}, {rows(87.6, 43.8), Options{}, 1},
		{rows(114.17, 22.3), Options{}, 0}, {rows(121.56, 25.04), Options{}, 0}, {rows(126.98, 37.57), Options{}, 0}, {rows(85.32, 27.7), Options{}, 0}, {rows(105.85, 21.03), Options{}, 0}, {rows(106.9, 47.9), Options{}, 0},
		{rows(116.4, 39.9), Options{Coordinates: "gcj02"}, 0}, {rows(116.4, 39.9), Options{Coordinates: "wgs84"}, 0}, {osm, Options{}, 0},
	} {
		_, s, err := collect(t, c.path, c.o)
		if err != nil || s.Notes[noteDisplaced] != c.want {
			t.Errorf("%s %+v: %v %v", c.path, c.o, s.Notes, err)
		}
	}
}

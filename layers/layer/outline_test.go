package layer

import (
	"slices"
	"testing"

	"github.com/paulmach/orb"
)

func TestOutlineLeavesOutTheSeamOfTheMap(t *testing.T) {
	east := orb.Ring{{170, 60}, {180, 60}, {180, 70}, {170, 70}, {170, 60}}
	west := orb.Ring{{-180, 60}, {-170, 60}, {-170, 70}, {-180, 70}, {-180, 60}}
	south := orb.Ring{{-180, -80}, {0, -70}, {180, -80}, {180, -90}, {-180, -90}, {-180, -80}}
	near := orb.Ring{{-180, -80}, {0, -70}, {180, -80}, {180, -89.999}, {0, -89.999}, {-180, -89.999}, {-180, -80}}
	beyond := orb.Ring{{180, 60}, {190, 60}, {190, 70}, {180, 70}, {180, 60}} // not folded to -170
	for name, c := range map[string]struct {
		areas []orb.Polygon
		ring  orb.Ring
		want  [][2]int
	}{
		"both sides, east":    {[]orb.Polygon{{east}, {west}}, east, [][2]int{{0, 2}, {2, 5}}},
		"both sides, west":    {[]orb.Polygon{{east}, {west}}, west, [][2]int{{0, 4}}},
		"a border at 190°":    {[]orb.Polygon{{east}, {west}, {beyond}}, beyond, [][2]int{{0, 4}}},
		"a zone that ends":    {[]orb.Polygon{{east}}, east, [][2]int{{0, 5}}},
		"around the pole":     {[]orb.Polygon{{south}}, south, [][2]int{{0, 3}}},
		"not quite the pole":  {[]orb.Polygon{{near}}, near, [][2]int{{0, 3}}},
		"far from the seam":   {[]orb.Polygon{{{{1, 1}, {2, 1}, {2, 2}, {1, 1}}}}, orb.Ring{{1, 1}, {2, 1}, {2, 2}, {1, 1}}, [][2]int{{0, 4}}},
		"the whole world":     {[]orb.Polygon{{{{-180, -90}, {180, -90}, {180, 90}, {-180, 90}, {-180, -90}}}}, orb.Ring{{-180, -90}, {180, -90}, {180, 90}, {-180, 90}, {-180, -90}}, nil},
		"nothing, or a point": {nil, orb.Ring{{1, 1}}, nil},
	} {
		if got := OutlineOf(c.areas).Runs(c.ring); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

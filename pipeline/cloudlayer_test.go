package pipeline

import (
	"math"
	"slices"
	"testing"

	"github.com/longtake/longtake/geo/earth"
)

// The share of the sky that clouds hide is the cover that was asked for.
func TestCloudCover(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	r := newTestRenderer(t, Options{Width: 32, Height: 18, Quality: tier(t, "draft")})
	f := &Frame{View: look(home, 0, 0, 2, 0, 20), Env: Environment{Sun: sunOver(home, 40, 90), Haze: 1, Exposure: 14, Clouds: 0.5}}
	draw(t, r, f)
	tile := make([]byte, layerTexels*layerTexels)
	if err := r.air.layer.Read(0, tile); err != nil {
		t.Fatal(err)
	}
	at := func(u, v float64) float64 {
		i, j := int(math.Floor(u*layerTexels))&(layerTexels-1), int(math.Floor(v*layerTexels))&(layerTexels-1)
		return float64(tile[j*layerTexels+i]) / 255
	}
	var field []float64
	for y := range 256 {
		for x := range 256 {
			u, v := (float64(x)+0.3)/256, (float64(y)+0.7)/256
			field = append(field, 0.62*at(u, v)+0.27*at(2.9*u-2.1*v+0.37, 2.1*u+2.9*v+0.37)+0.11*at(-7.9*u-9.7*v+0.71, 9.7*u-7.9*v+0.71))
		}
	}
	slices.Sort(field)
	for _, cover := range []float64{0.05, 0.25, 0.5, 0.75, 0.95} {
		mean := 0.0
		for _, v := range field {
			x := math.Max((v-layerCut(cover))/0.24, 0)
			if x < 1 {
				x = x * x * (3 - 2*x)
			}
			mean += (1 - math.Exp(-5*x*x)) / float64(len(field))
		}
		t.Logf("cover %.2f hides %.3f", cover, mean)
		if math.Abs(mean-cover) > 0.04 {
			t.Errorf("cover %.2f hides %.3f of the sky", cover, mean)
		}
	}
}

// Clouds stay where they are while the eye moves, and the field's coordinates are metres.
func TestCloudsStayInPlace(t *testing.T) {
	e := &Environment{Clouds: 0.5}
	for _, home := range []earth.Place{{Lng: 7, Lat: 43}, {Lng: -100, Lat: 70}, {Lng: 179.99, Lat: -10}, {Lng: 0, Lat: 90}} {
		va, vb := look(home, 0, 0, 10, 0, 0), look(home, 300, 400, 200, 70, 3)
		a, b := newCamera(&va, 0, 32, 18), newCamera(&vb, 0, 32, 18)
		la, lb := layerOf(&a, e, 5), layerOf(&b, e, 5)
		cloud := a.frame.FromLocal([3]float64{2000, -1500, 1490})
		field := func(l layerBlock, c *camera) [2]float64 {
			p := c.frame.ToLocal(cloud)
			var out [2]float64
			for k := range 3 {
				out[0] += float64(l.u[k]) * p[k]
				out[1] += float64(l.v[k]) * p[k]
			}
			return [2]float64{out[0] + float64(l.at[0]), out[1] + float64(l.at[1])}
		}
		fa, fb := field(la, &a), field(lb, &b)
		for k := range fa {
			d := fa[k] - fb[k]
			d -= math.Round(d)
			if metres := math.Abs(d) * layerPeriod; metres > 3 {
				t.Errorf("%v: a cloud moves by %.1f m when the eye moves by 500", home, metres)
			}
		}
	}
}

package pipeline

import (
	"math"
	"slices"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/pipeline/sky"
)

// The share of the globe that its clouds hide is the cover that was asked for: by the map that
// they are cut from, and in pictures from the layer near the ground up to orbit.
func TestGlobeCover(t *testing.T) {
	r := newTestRenderer(t, Options{Width: 48, Height: 27, Quality: tier(t, "draft"), Keep: []string{"light"}})
	light := func(at earth.Place, km, cover float64) []float32 {
		f := &Frame{View: look(at, 0, 0, km*1000, 0, -90), Env: Environment{Sun: sunOver(at, 50, 90), Haze: 1, Exposure: 14, GlobeSea: true, Stars: []sky.Star{}, Clouds: cover}}
		draw(t, r, f)
		return slices.Clone(readFloats(t, r.scene.Tex(r.kept["light"])))
	}
	covers := []float64{0.3, 0.5, 0.7}
	for _, km := range []float64{50, 100, 200, 400, 2000} {
		added := make([][]float64, len(covers)) // what clouds add to the light of the sea
		const places = 16                       // spread evenly, but for the poles
		for k := range places {
			at := earth.Place{Lng: math.Mod(float64(k)*222.4922, 360) - 180, Lat: math.Asin(1.9*(float64(k)+0.5)/places-0.95) * 180 / math.Pi}
			fair := light(at, km, 0)
			for i, cover := range covers {
				for j, v := range light(at, km, cover) {
					if j%4 == 0 {
						added[i] = append(added[i], float64(v-fair[j]))
					}
				}
			}
		}
		for i, cover := range covers {
			slices.Sort(added[i])
			whole, hidden := 0.8*added[i][len(added[i])*98/100], 0.0
			for _, v := range added[i] {
				hidden += min(max(v/whole, 0), 1) / float64(len(added[i]))
			}
			t.Logf("from %.0f km a cover of %.1f hides %.3f", km, cover, hidden)
			if math.Abs(hidden-cover) > 0.1 {
				t.Errorf("from %.0f km a cover of %.1f hides %.3f of the sea", km, cover, hidden)
			}
		}
	}
	field := make([]byte, cloudsW*cloudsH)
	if err := r.air.clouds.Read(0, field); err != nil {
		t.Fatal(err)
	}
	for _, cover := range []float64{0.05, 0.25, 0.5, 0.75, 0.95} {
		var hidden, area float64
		for y := range cloudsH {
			lat := math.Cos(((float64(y)+0.5)/cloudsH - 0.5) * math.Pi)
			for _, v := range field[y*cloudsW : (y+1)*cloudsW] {
				x := min(max((float64(v)/255-globeCut(cover))/0.17, 0), 1)
				density := x * x * (3 - 2*x)
				hidden, area = hidden+lat*density*(1-0.25*(1-density)), area+lat
			}
		}
		t.Logf("by the map a cover of %.2f hides %.3f", cover, hidden/area)
		if math.Abs(hidden/area-cover) > 0.03 {
			t.Errorf("by the map a cover of %.2f hides %.3f of the globe", cover, hidden/area)
		}
	}
}

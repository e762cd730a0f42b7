package stage

import (
	"fmt"
	"math"
	"path/filepath"
	"testing"
	"time"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/internal/golden"
	"github.com/longtake/longtake/scene"
)

// TestFromGalaxyToGround: going away from the Earth never makes a jump, from the
// Earth to beyond the Galaxy: where one way to draw it takes over from another, and between.
// There is light at every height.
func TestFromGalaxyToGround(t *testing.T) {
	info := screen(t)
	p := player(t, samplePackage(t))
	p.options.NoCredits, p.options.NoCaptions = true, true
	at, date := scene.Seconds(0), time.Date(2026, 6, 21, 17, 0, 0, 0, time.UTC)
	p.Doc.Environment.Time, p.Doc.Environment.Speed = &date, 0
	dir := t.TempDir()
	picture := func(h float64) (light float64, pixels []uint8) {
		screen(t)
		out := filepath.Join(dir, fmt.Sprint(h, ".png"))
		renderTo(t, p, RenderOptions{Output: out, Size: scene.Size{Width: 240, Height: 135}, Quality: "low", At: &at, Camera: ptr(scene.NewCamera(earth.Place{Lng: -16.2, Lat: 27.1, Height: h}, 0, -90))})
		m := readPNG(t, out)
		for i, v := range m.Pix {
			if i%4 < 3 {
				light += float64(v) / float64(len(m.Pix)*3/4)
			}
		}
		if h == 8e20 {
			golden.Check(t, "testdata/golden", "galaxy-final", golden.Driver(info.Version, info.Renderer), m)
		}
		return light, m.Pix
	}
	for _, h := range []float64{1e8, 2e10 - 6.374e6, 9.2e13, 9e18, 8e20, 1e22} {
		light, a := picture(h)
		_, b := picture(h * 1.002)
		change := 0.0
		for i := range a {
			change += math.Abs(float64(a[i])-float64(b[i])) / float64(len(a))
		}
		if light < 0.02 || math.IsNaN(light) {
			t.Errorf("%.3g m: mean light %.3f", h, light)
		}
		if change > 0.6 {
			t.Errorf("%.3g m: two thousandths further the picture is another by %.2f levels", h, change)
		}
		t.Logf("%.3g m: light %.3f, change %.3f", h, light, change)
	}
}

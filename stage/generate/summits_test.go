package generate

import (
	"fmt"
	"math"
	"path/filepath"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

// A scene without a camera is seen with the tops of its columns and prisms, near and from above,
// and from where it always was while they fit.
func TestFramesWhatStands(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "near.csv"), "lng,lat\n-9.14,38.71\n-9.1,38.75\n-9.2,38.72\n-9.16,38.76\n-9.12,38.68\n")
	write(t, filepath.Join(dir, "wide.csv"), "lng,lat\n-20,38\n-9,50\n5,45\n20,38\n0,30\n")
	camera := func(source string, height float64, more string) scene.Camera {
		t.Helper()
		doc, err := scene.Parse(filepath.Join(dir, "s.yaml"), fmt.Appendf(nil, "longtake: 1\nsources: {s: {path: %s.csv}}\nlayers: [{id: c, type: column, source: s, height: %g, radius: 300%s}]\n", source, height, more), layers.Types())
		if err != nil {
			t.Fatal(err)
		}
		out := filepath.Join(t.TempDir(), "package")
		if _, err := Run(t.Context(), doc, out, Options{}); err != nil {
			t.Fatal(err)
		}
		made, err := scene.Load(filepath.Join(out, "scene.json"), layers.Types())
		if err != nil {
			t.Fatal(err)
		}
		return *made.Camera
	}
	for _, c := range []struct {
		source   string
		lng, lat float64
		height   float64
	}{{"near", -9.12, 38.68, 20e3}, {"near", -9.16, 38.76, 20e3}, {"near", -9.14, 38.71, 60e3}, {"wide", -9, 50, 4e6}, {"wide", 0, 30, 4e6}} {
		seen := func(at scene.Camera) bool {
			pose := at.Pose(func(_, _ float64) float64 { return 0 })
			to := earth.Place{Lng: c.lng, Lat: c.lat, Height: c.height}.ECEF().Sub(pose.Eye)
			k := math.Tan(pose.FovY/2) * to.Dot(pose.Forward)
			return k > 0 && math.Abs(to.Dot(pose.Up)) < k && math.Abs(to.Dot(pose.Right)) < k*16/9
		}
		plain := camera(c.source, 50, "")
		if seen(plain) {
			t.Errorf("%+v: shows without counting it", c)
		}
		if got := camera(c.source, c.height, ""); !seen(got) {
			t.Errorf("%+v is not in the picture from %+v", c, got)
		}
		if got := camera(c.source, c.height, ", visible: false"); fmt.Sprint(got.Lng, got.Lat, got.Height) != fmt.Sprint(plain.Lng, plain.Lat, plain.Height) {
			t.Errorf("%+v: a hidden layer counts: %+v", c, got)
		}
	}
}

package stage

import (
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/scene"
)

// TestCompare holds a street of the sample city against the ray tracer: both see the same,
// and an effect that is taken away is missed.
func TestCompare(t *testing.T) {
	screen(t)
	p := player(t, samplePackage(t))
	camera := ptr(scene.NewCamera(earth.Place{Lng: -30.4985, Lat: 36.5135, Height: 150}, 318, -14))
	maps := t.TempDir()
	measure := func(o CompareOptions) *Comparison {
		o.Size, o.Quality, o.Camera, o.Samples = scene.Size{Width: 128, Height: 72}, "high", camera, 36
		c, err := Compare(t.Context(), p, o)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	c := measure(CompareOptions{Mirror: true, Paths: 4, Maps: maps})
	if c.Depth == nil || c.Depth.Same < 0.95 || c.Depth.Normal > 2 {
		t.Errorf("surfaces: %+v", c.Depth)
	}
	if c.AO == nil || !(c.AO.RMSE > 0 && c.AO.RMSE < 0.3) || c.AO.FullRMSE == c.AO.RMSE {
		t.Errorf("ambient occlusion: %+v", c.AO)
	}
	if c.SSR == nil || c.SSR.Pixels < 600 || c.SSR.Precision < 0.6 || c.SSR.Recall < 0.5 || c.SSR.MedianPX > 3 {
		t.Errorf("reflections: %+v", c.SSR)
	}
	if c.Shadow == nil || c.Shadow.Wrong > 0.2 || c.Shadow.Beyond > c.Shadow.Wrong || c.Shadow.Texel <= 0 {
		t.Errorf("shadows: %+v", c.Shadow)
	}
	if c.Image == nil || c.Image.FLIP <= 0 || c.Image.FLIP > 0.4 || c.Image.PSNR == nil {
		t.Errorf("picture: %+v", c.Image)
	}
	files, err := os.ReadDir(maps)
	if err != nil || len(files) != len(c.Files) || len(files) < 6 {
		t.Errorf("%d maps written, %d told: %v", len(files), len(c.Files), err)
	}
	for _, f := range c.Files {
		if plain(readPNG(t, f)) && filepath.Base(f) != "camera-ssr-hits.png" {
			t.Errorf("%s is of one colour", f)
		}
	}
	// The scene's named views stay as close as docs/truth.md says, but for the pixels' size.
	for name, most := range map[string]float64{"canyon": 0.035, "interior": 0.06, "courtyard": 0.06} {
		v, err := Compare(t.Context(), p, CompareOptions{Size: scene.Size{Width: 256, Height: 144}, Quality: "high", Views: []string{name}, Samples: 16, Part: 4, Mirror: true})
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %+v, %+v", name, v.AO, v.SSR)
		if v.AO == nil || v.AO.RMSE > most || math.Abs(v.AO.Bias) > 0.02 {
			t.Errorf("%s: occlusion: %+v", name, v.AO)
		}
		if v.SSR == nil || v.SSR.Precision < 0.93 || v.SSR.Recall < 0.98 || v.SSR.MedianPX > 0.5 {
			t.Errorf("%s: reflections: %+v", name, v.SSR)
		}
	}
	// Without a second step a side, occlusion is worse; without any it is not measured.
	worse := measure(CompareOptions{Override: func(q *pipeline.Quality) { q.AOSlices, q.AOSteps, q.SubFrames = 1, 1, 1 }})
	if !(worse.AO.RMSE > c.AO.RMSE) {
		t.Errorf("one slice of one step has an error of %v, the tier %v", worse.AO.RMSE, c.AO.RMSE)
	}
	none := measure(CompareOptions{Override: func(q *pipeline.Quality) { q.AOSlices, q.SSRSteps, q.ShadowCascades = 0, 0, 0 }})
	if none.AO != nil || none.SSR != nil || none.Shadow != nil || none.Image != nil {
		t.Errorf("measured what there is not: %+v", none.Scores)
	}
	if _, err := Compare(t.Context(), p, CompareOptions{Views: []string{"nowhere"}}); err == nil {
		t.Error("a view that there is not was compared")
	}
}

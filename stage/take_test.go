package stage

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/longtake/longtake/assets"
	"github.com/longtake/longtake/layers/city"
	"github.com/longtake/longtake/scene"
)

// TestTakeEndsInARoom films the take of the sample from outside the Galaxy to a table: there
// is light in every picture, and going through the window is no cut, while it is one where
// windows stay shut.
func TestTakeEndsInARoom(t *testing.T) {
	screen(t)
	dir := filepath.Dir(sampleScene(t))
	text := bytes.Replace(assets.SampleTake, []byte("path: city.osm,"), []byte("path: city.osm, bbox: [-30.508, 36.505, -30.504, 36.508],"), 1)
	text = bytes.Replace(text, []byte("margin: 5000"), []byte("margin: 500"), 1)
	file := filepath.Join(dir, "take.yaml")
	if err := os.WriteFile(file, text, 0o666); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "package")
	if err := generateFrom(out, file); err != nil {
		t.Fatal(err)
	}
	p := player(t, out)
	p.options.NoCredits = true
	picture := func(seconds float64) []uint8 {
		at := scene.Seconds(seconds)
		path := filepath.Join(t.TempDir(), "x.png")
		renderTo(t, p, RenderOptions{Output: path, Size: scene.Size{Width: 128, Height: 72}, Quality: "low", At: &at})
		return readPNG(t, path).Pix
	}
	for _, at := range []float64{0, 4, 8, 12, 16, 19, 21, 24, 28, 35} {
		light := 0.0
		pix := picture(at)
		for i := 0; i < len(pix); i += 4 {
			light += float64(pix[i+1]) / float64(len(pix)/4)
		}
		if light < 1 {
			t.Errorf("after %v s the picture is black: %.2f", at, light)
		}
	}
	// The greatest change within four frames while the camera goes through.
	leap := func() (most float64) {
		before := picture(30.4)
		for i := 4; i <= 96; i += 4 {
			a := picture(30.4 + float64(i)/30)
			change := 0.0
			for k := range a {
				change += math.Abs(float64(a[k])-float64(before[k])) / float64(len(a)*3/4)
			}
			most, before = max(most, change), a
		}
		return most
	}
	open := leap()
	for i := range p.Doc.Layers {
		if b, ok := p.Doc.Layers[i].Props.(*city.Buildings); ok {
			b.Windows.Open = 0
		}
	}
	shut := leap()
	t.Logf("greatest change of four frames: %.1f levels with open windows, %.1f with shut ones", open, shut)
	if open > 0.6*shut {
		t.Errorf("the camera's way through the window changes the picture by %.1f levels within four frames, %.1f where it stays shut", open, shut)
	}
}

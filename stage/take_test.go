package stage

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/longtake/longtake/assets"
	"github.com/longtake/longtake/scene"
)

// TestTakeEndsInARoom films the take of the sample from outside the Galaxy to a table: there
// is light in every picture, and before the camera goes through the window it sees the room.
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
	// A metre before the window: what is seen of the room, and of what would be seen if there
	// were no shell at all.
	const before = 32.0
	open := picture(before)
	other := func(change func(layer map[string]any)) []uint8 {
		document := filepath.Join(out, "scene.json")
		data, err := os.ReadFile(document)
		if err != nil {
			t.Fatal(err)
		}
		var doc map[string]any
		if err := json.Unmarshal(data, &doc); err != nil {
			t.Fatal(err)
		}
		for _, l := range doc["layers"].([]any) {
			if l := l.(map[string]any); l["id"] == "buildings" {
				change(l)
			}
		}
		if data, err = json.Marshal(doc); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(document, data, 0o666); err != nil {
			t.Fatal(err)
		}
		p = player(t, out)
		p.options.NoCredits = true
		return picture(before)
	}
	shut := other(func(l map[string]any) { l["windows"] = map[string]any{"open": 0} })
	none := other(func(l map[string]any) { l["visible"] = false })
	same := func(a []uint8) float64 {
		n := 0
		for i := 0; i < len(a); i += 4 {
			d := 0
			for k := i; k < i+3; k++ {
				d = max(d, max(int(a[k]), int(none[k]))-min(int(a[k]), int(none[k])))
			}
			if d <= 9 { // the shell shades what is before it a little
				n++
			}
		}
		return float64(n) / float64(len(a)/4)
	}
	t.Logf("as without a shell: %.0f %% of the picture with open windows, %.0f %% with shut ones", 100*same(open), 100*same(shut))
	if same(open) < 0.5 || same(shut) > 0.3 {
		t.Errorf("the room fills %.2f of the picture where windows open, %.2f where they are shut", same(open), same(shut))
	}
}

package verify_test

import (
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
	"github.com/longtake/longtake/tools/engines"
)

// Pictures of the engines are held against ours at this size.
const (
	engineWidth  = 640
	engineHeight = 360
)

// sameShape is the least share of the pixels that one engine or the other covers which
// both must cover. Engines choose tiles and antialias in their own ways.
const sameShape = 0.97

// loadInEngines loads a package into every engine, from its own first camera: once all of
// it, once its buildings alone. The engine must load without an error, and cover the
// pixels that ours covers. It returns by engine what it found;
// its pictures go to out, beside one of ours.
func loadInEngines(t *testing.T, bin, dir, out string) map[string]string {
	if testing.Short() {
		return map[string]string{"cesium": "not run", "three": "not run"}
	}
	here := enginesAt(t)
	longtake(t, bin, "render", dir, "--quiet", "--at", "0s", "--quality", "high", "--size", fmt.Sprintf("%dx%d", engineWidth, engineHeight), "-o", filepath.Join(out, "longtake.png"))
	found := map[string]string{}
	for _, only := range []string{"", "buildings"} {
		shot := shotOf(t, dir, only)
		if len(shot.Tilesets) == 0 {
			continue
		}
		ours := ourCover(t, bin, dir, only, out)
		for _, engine := range engines.Names {
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
			img, report, err := engines.Load(ctx, here, engine, shot)
			cancel()
			if err != nil {
				t.Error(err)
				continue
			}
			savePNG(t, filepath.Join(out, strings.TrimSuffix(engine+"-"+only, "-")+".png"), img)
			for _, e := range report.Errors {
				t.Errorf("%s: %s: %s", dir, engine, e)
			}
			for _, w := range slices.Compact(report.Warnings) {
				t.Logf("%s: %s warns: %s", dir, engine, w)
			}
			both := overlap(ours, img)
			if report.Tiles == 0 || both < sameShape {
				t.Errorf("%s: %s loads %d tiles and covers %.1f %% of the same pixels", dir, engine, report.Tiles, both*100)
			}
			if found[engine] == "" {
				found[engine] = fmt.Sprintf("%d tiles, %d errors, %.1f %%", report.Tiles, len(report.Errors), both*100)
			} else {
				found[engine] += fmt.Sprintf(", %s %.1f %%", only, both*100)
			}
		}
	}
	return found
}

// enginesAt is the folder of the engines' pages.
func enginesAt(t *testing.T) string {
	here, err := filepath.Abs("../engines")
	if err == nil {
		err = engines.Available(here)
	}
	if err != nil {
		t.Fatal(err)
	}
	return here
}

// shotOf is the first camera of a package's story with its tilesets, or those of one type.
func shotOf(t *testing.T, dir, only string) engines.Shot {
	doc, err := scene.Load(filepath.Join(dir, "scene.json"), layers.Types())
	if err != nil {
		t.Fatal(err)
	}
	pose := doc.At(scene.Time{}).Camera.Pose(func(lng, lat float64) float64 { return 0 })
	s := engines.Shot{Package: dir, Eye: pose.Eye, Forward: pose.Forward, Up: pose.Up, FovY: pose.FovY, Width: engineWidth, Height: engineHeight}
	for i := range doc.Layers {
		if l := &doc.Layers[i]; l.Tiles != "" && (only == "" || l.Type == only) && !slices.Contains(s.Tilesets, l.Tiles) {
			s.Tilesets = append(s.Tilesets, l.Tiles)
		}
	}
	return s
}

// ourCover draws the package, or its layers of one type, and tells which pixels have an
// object: the colours of the picture of ids.
func ourCover(t *testing.T, bin, dir, only, out string) image.Image {
	if only != "" {
		dir = withOnly(t, dir, only)
	}
	path := filepath.Join(out, strings.TrimSuffix("ours-"+only, "-")+".png")
	longtake(t, bin, "render", dir, "--quiet", "--at", "0s", "--quality", "high", "--no-credits", "--size", fmt.Sprintf("%dx%d", engineWidth, engineHeight), "--buffers", "id", "-o", path)
	f, err := os.Open(strings.TrimSuffix(path, ".png") + ".id.png")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// withOnly is the package with the layers of other types taken out of its document.
func withOnly(t *testing.T, dir, only string) string {
	twin := t.TempDir()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		from, err := filepath.Abs(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if e.Name() != "scene.json" {
			if err := os.Symlink(from, filepath.Join(twin, e.Name())); err != nil {
				t.Fatal(err)
			}
			continue
		}
		data, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		var doc map[string]any
		if err := json.Unmarshal(data, &doc); err != nil {
			t.Fatal(err)
		}
		doc["layers"] = slices.DeleteFunc(doc["layers"].([]any), func(l any) bool { return l.(map[string]any)["type"] != only })
		if data, err = json.Marshal(doc); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(twin, "scene.json"), data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return twin
}

// overlap is the number of pixels that both pictures cover by that which either covers,
// leaving out edges, which belong to neither: ours covers what has an id, an engine what
// is not magenta.
func overlap(ours, theirs image.Image) float64 {
	covered := func(x, y int) (a, b bool) {
		r, g, bl, _ := ours.At(x, y).RGBA()
		p, q, s, _ := theirs.At(x, y).RGBA()
		return r|g|bl != 0, mgl64.Vec3{float64(p) - 0xffff, float64(q), float64(s) - 0xffff}.Len() > 0x400
	}
	both, either := 0, 0
	for y := 1; y < engineHeight-1; y++ {
		for x := 1; x < engineWidth-1; x++ {
			a, b := covered(x, y)
			if a != b {
				edge := false
				for _, d := range [][2]int{{1, 0}, {-1, 0}, {0, 1}, {0, -1}} {
					c, e := covered(x+d[0], y+d[1])
					edge = edge || c != a || e != b
				}
				if edge {
					continue
				}
			}
			if a || b {
				either++
			}
			if a && b {
				both++
			}
		}
	}
	return float64(both) / float64(max(either, 1))
}

func savePNG(t *testing.T, path string, img image.Image) {
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

package verify_test

import (
	"context"
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

// engineError is the error in pixels that the engines may load a package for: a city is
// all there, and a software GL draws it.
const engineError = 2

// loadInEngines loads a package into every engine, seen as its story begins, and takes a
// picture of all of it and one of its buildings alone. The engine must load without an
// error, and cover the pixels that ours covers. It returns by engine what it found; its
// pictures go to out, beside ours.
func loadInEngines(t *testing.T, bin, dir, out string) map[string]string {
	if testing.Short() {
		return map[string]string{"cesium": "not run", "three": "not run"}
	}
	here := enginesAt(t)
	shot := shotOf(t, dir)
	kinds := []string{""} // ends of file names
	covers := []image.Image{ourCover(t, bin, dir, filepath.Join(out, "longtake"))}
	if len(shot.Only) > 0 {
		kinds = append(kinds, "-buildings")
		covers = append(covers, ourCover(t, bin, withOnly(t, dir, "buildings"), filepath.Join(out, "longtake-buildings")))
	}
	found := map[string]string{}
	for _, engine := range engines.Names {
		found[engine] = "**failed**"
		began := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Minute)
		pictures, report, err := engines.Load(ctx, here, engine, shot)
		cancel()
		if err != nil {
			t.Errorf("%s: %v after %v", dir, err, time.Since(began).Round(time.Second))
			continue
		}
		for _, e := range report.Errors {
			t.Errorf("%s: %s: %s", dir, engine, e)
		}
		for _, w := range slices.Compact(report.Warnings) {
			t.Logf("%s: %s warns: %s", dir, engine, w)
		}
		cell := fmt.Sprintf("%d tiles, %d errors", report.Tiles, len(report.Errors))
		for i, img := range pictures {
			savePNG(t, filepath.Join(out, engine+kinds[i]+".png"), img)
			both := overlap(covers[i], img)
			if report.Tiles == 0 || both < sameShape {
				t.Errorf("%s: %s loads %d tiles and %s.png covers %.1f %% of the same pixels", dir, engine, report.Tiles, engine+kinds[i], both*100)
			}
			cell += fmt.Sprintf(",%s %.1f %%", strings.Replace(kinds[i], "-", " ", 1), both*100)
		}
		found[engine] = cell
		t.Logf("%s: %s in %v: %s", dir, engine, time.Since(began).Round(time.Second), cell)
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

// shotOf is the first camera of a package's story with its tilesets, those of its
// buildings told apart where there are others.
func shotOf(t *testing.T, dir string) engines.Shot {
	doc, err := scene.Load(filepath.Join(dir, "scene.json"), layers.Types())
	if err != nil {
		t.Fatal(err)
	}
	ground := groundOf(t, dir)
	pose := doc.At(scene.Time{}).Camera.Pose(func(lng, lat float64) float64 {
		h, _ := ground.HeightAt(lng, lat)
		return h
	})
	s := engines.Shot{Package: dir, MaxError: engineError, Eye: pose.Eye, Forward: pose.Forward, Up: pose.Up, FovY: pose.FovY, Width: engineWidth, Height: engineHeight}
	for i := range doc.Layers {
		if l := &doc.Layers[i]; l.Tiles != "" && !slices.Contains(s.Tilesets, l.Tiles) {
			s.Tilesets = append(s.Tilesets, l.Tiles)
			if l.Type == "buildings" {
				s.Only = append(s.Only, l.Tiles)
			}
		}
	}
	if len(s.Only) == len(s.Tilesets) {
		s.Only = nil
	}
	return s
}

// ourCover draws a package, its picture and that of its ids to files that begin with
// name, and returns the latter, whose colours tell which pixels have an object.
func ourCover(t *testing.T, bin, dir, name string) image.Image {
	longtake(t, bin, "render", dir, "--quiet", "--at", "0s", "--quality", "high", "--no-credits", "--size", fmt.Sprintf("%dx%d", engineWidth, engineHeight), "--buffers", "id", "-o", name+".png")
	f, err := os.Open(name + ".id.png")
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
	return altered(t, dir, func(doc map[string]any) {
		if story, ok := doc["story"].(map[string]any); ok { // sets properties of the others
			delete(story, "chapters")
		}
		doc["layers"] = slices.DeleteFunc(doc["layers"].([]any), func(l any) bool { return l.(map[string]any)["type"] != only })
	})
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

package gallery

import (
	"cmp"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

// TestGallery makes the pages of two types that need no city: every link and every picture of a page is there.
func TestGallery(t *testing.T) {
	if testing.Short() {
		t.Skip("renders pictures")
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	dir := t.TempDir()
	r, err := Write(t.Context(), dir, Options{Only: regexp.MustCompile("^(graticule|radar-volume)$"), Size: scene.Size{Width: 64, Height: 36}, Quality: "draft",
		Properties: func(scene.Type) [][]string { return [][]string{{"size", "number", "8", "yes", "<diameter>"}} }})
	if err != nil {
		t.Fatal(err)
	}
	if r.Components != 2 || len(r.Failures) > 0 {
		t.Errorf("%+v", r)
	}
	for _, name := range []string{"index.html", "graticule.html", "radar-volume.html"} {
		page, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?:href|src|srcset)="([^"#]+)`).FindAllSubmatch(page, -1) {
			if info, err := os.Stat(filepath.Join(dir, string(m[1]))); err != nil || info.Size() == 0 {
				t.Errorf("%s: %s: %v", name, m[1], err)
			}
		}
		if strings.Contains(string(page), "<diameter>") || strings.Contains(string(page), "http") {
			t.Errorf("%s has text as tags, or needs the network", name)
		}
	}
}

// TestExampleCameras: every example has a camera.
func TestExampleCameras(t *testing.T) {
	types := layers.Types()
	for _, name := range types.Names() {
		for _, e := range types[name].Examples {
			c := component{Type: types[name], Example: e, ID: layers.ExampleID(types[name], e)}
			if camera, err := c.camera(); err != nil || camera == nil {
				t.Errorf("%s: its camera: %v", c.ID, err)
			}
		}
	}
}

// The second picture of a component is by night, or by day where its own is by night; what a
// telescope shows is at its own date both times, or the sky would be empty.
func TestOtherDate(t *testing.T) {
	types := layers.Types()
	for id, want := range map[string]string{"column": layers.Night, "column-square": layers.Day, "planets": layers.Night, "planets-saturn": "2026-10-04T22:00:00Z"} {
		name, part, _ := strings.Cut(id, "-")
		for _, e := range types[name].Examples {
			if e.Name != part {
				continue
			}
			c := component{Type: types[name], Example: e, ID: id}
			camera, err := c.camera()
			if err != nil {
				t.Fatal(err)
			}
			if got := otherDate(cmp.Or(e.Time, layers.Day), camera); got != want {
				t.Errorf("%s: %s, want %s", id, got, want)
			}
		}
	}
}

package stage

import (
	"image"
	"path/filepath"
	"testing"
	"time"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/internal/golden"
	"github.com/longtake/longtake/scene"
)

// TestGoldenPictures compares the sample city with the accepted pictures: the finished
// picture and the buffers that it was made of. go test ./stage -run Golden -update
// accepts this run's.
func TestGoldenPictures(t *testing.T) {
	info := screen(t)
	driver := golden.Driver(info.Version, info.Renderer)
	dir := samplePackage(t)
	for _, c := range []struct {
		name, at string
		time     time.Time
		buffers  []string
	}{
		{"day", "9.8s", time.Date(2026, 6, 21, 14, 30, 0, 0, time.UTC), []string{"depth", "normal", "albedo", "ao", "ssr"}},
		{"night", "12s", time.Date(2026, 6, 21, 23, 30, 0, 0, time.UTC), []string{"depth", "normal", "albedo", "ao", "ssr"}},
		{"space", "0.4s", time.Date(2026, 6, 21, 17, 0, 0, 0, time.UTC), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			screen(t)
			p := player(t, dir)
			p.Doc.Environment.Time, p.Doc.Environment.Speed = &c.time, 0
			at, err := scene.ParseTime(c.at)
			if err != nil {
				t.Fatal(err)
			}
			var camera *scene.Camera // the story's from space
			if c.buffers != nil {
				// Inland: the glitter of waves is too fine to be alike on two processors.
				camera = ptr(scene.NewCamera(earth.Place{Lng: -30.4985, Lat: 36.5135, Height: 150}, 318, -14))
			}
			out := filepath.Join(t.TempDir(), c.name+".png")
			r := renderTo(t, p, RenderOptions{Output: out, Size: scene.Size{Width: 320, Height: 180}, Quality: "high", At: &at, Buffers: c.buffers, Camera: camera})
			if len(r.Files) != 1+len(c.buffers) {
				t.Fatalf("got %v", r.Files)
			}
			for i, path := range r.Files {
				name := "final"
				if i > 0 {
					name = c.buffers[i-1]
				}
				picture := readPNG(t, path)
				if plain(picture) {
					t.Errorf("%s of %s is of one colour", name, c.name)
				}
				golden.Check(t, "testdata/golden", c.name+"-"+name, driver, picture)
			}
		})
	}
}

func ptr[T any](v T) *T { return &v }

// plain tells whether a picture is of one colour only: a golden of it would prove little.
func plain(m *image.NRGBA) bool {
	for i := 4; i < len(m.Pix); i += 4 {
		if [4]byte(m.Pix[i:i+4]) != [4]byte(m.Pix[:4]) {
			return false
		}
	}
	return true
}

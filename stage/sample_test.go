package stage

import (
	"context"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"github.com/longtake/longtake/assets"
	"github.com/longtake/longtake/geo/sample"
	"github.com/longtake/longtake/pipeline/surface"
)

var scratch string // of all tests, removed at the end

func TestMain(m *testing.M) {
	var err error
	if scratch, err = os.MkdirTemp("", "longtake-stage-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	if err := os.RemoveAll(scratch); err != nil && code == 0 {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// sampleScene writes the sample city once for all tests and returns its scene.yaml.
func sampleScene(t testing.TB) string {
	t.Helper()
	path, err := writtenSample()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

var writtenSample = sync.OnceValues(func() (string, error) {
	files, err := sample.Files(1)
	if err != nil {
		return "", err
	}
	dir := filepath.Join(scratch, "sample")
	if err := os.Mkdir(dir, 0o777); err != nil {
		return "", err
	}
	for _, f := range append(files, sample.File{Name: "scene.yaml", Data: assets.SampleScene}) {
		if err := os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o666); err != nil {
			return "", err
		}
	}
	return filepath.Join(dir, "scene.yaml"), nil
})

// samplePackage generates the sample city's package once for all tests, which must leave
// it as it is.
func samplePackage(t testing.TB) string {
	t.Helper()
	sampleScene(t)
	dir, err := generatedSample()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

var generatedSample = sync.OnceValues(func() (string, error) {
	path, err := writtenSample()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(scratch, "package")
	return dir, generateFrom(dir, path)
})

// generateFrom makes a package of files, as the command does with its cache off.
func generateFrom(dir string, paths ...string) error {
	doc, err := Load(context.Background(), paths)
	if err != nil {
		return err
	}
	_, err = Generate(context.Background(), doc, dir, GenerateOptions{})
	return err
}

// player opens a package; each test has its own, as some change the document.
func player(t testing.TB, dir string) *Player {
	t.Helper()
	p, err := Open(dir, PlayOptions{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p
}

// screen locks the test to its thread, skips it where nothing can draw, and describes
// what draws.
func screen(t testing.TB) surface.Info {
	t.Helper()
	runtime.LockOSThread()
	t.Cleanup(runtime.UnlockOSThread)
	s, err := surface.NewOffscreen(surface.Options{})
	if err != nil {
		t.Skip("nothing draws here: ", err)
	}
	defer s.Release()
	if err := s.MakeCurrent(); err != nil {
		t.Fatal(err)
	}
	return s.Describe()
}

// renderTo renders and fails the test where that fails.
func renderTo(t testing.TB, p *Player, o RenderOptions) *RenderResult {
	t.Helper()
	r, err := Render(t.Context(), p, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// readPNG returns a picture's pixels.
func readPNG(t testing.TB, path string) *image.NRGBA {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	out := image.NewNRGBA(image.Rectangle{Max: m.Bounds().Size()})
	draw.Draw(out, out.Rect, m, m.Bounds().Min, draw.Src)
	return out
}

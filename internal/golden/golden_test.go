package golden

import (
	"fmt"
	"image"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestCompare(t *testing.T) {
	a, b := image.NewNRGBA(image.Rect(0, 0, 100, 20)), image.NewNRGBA(image.Rect(0, 0, 100, 20))
	if d := Compare(a, b); d.Different != 0 || d.Share() != 0 {
		t.Errorf("equal pictures: %v", d)
	}
	b.Pix[4], b.Pix[8] = 5, 6
	if d := Compare(a, b); d.Different != 2 || d.Beyond != 1 || d.Largest != 6 || d.Share() != 1.0/2000 {
		t.Errorf("got %v", d)
	}
	if d := Compare(a, image.NewNRGBA(image.Rect(0, 0, 9, 9))); d.Size == "" {
		t.Error("sizes were not compared")
	}
	part := b.SubImage(image.Rect(1, 0, 3, 1))
	if d := Compare(part, part); d.Pixels != 2 || d.Different != 0 {
		t.Errorf("a part of a picture: %v", d)
	}
}

func TestDriver(t *testing.T) {
	d := Driver("4.5 (Core Profile) Mesa 22.3.6", "llvmpipe (LLVM 15.0.6, 256 bits)")
	if !strings.HasPrefix(d, "4.5 (Core Profile) Mesa 22.3.6, llvmpipe (LLVM 15.0.6, 256 bits), ") || strings.Contains(d, "\n") {
		t.Errorf("got %q", d)
	}
	if got := features(" fpu sse4_1 avx avx2 fma lahf"); !slices.Equal(got, []string{"sse4_1", "avx", "avx2", "fma"}) {
		t.Errorf("got %v", got)
	}
}

// A Check that fails leaves the picture expected, the one got and their difference.
func TestCheckFails(t *testing.T) {
	dir, out := t.TempDir(), t.TempDir()
	t.Setenv("LONGTAKE_FAILURES", out)
	a, b := image.NewNRGBA(image.Rect(0, 0, 100, 20)), image.NewNRGBA(image.Rect(0, 0, 100, 20))
	write(t, filepath.Join(dir, "a.png"), a)
	if err := os.WriteFile(filepath.Join(dir, "driver.txt"), []byte("here\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		driver string
		step   uint8 // of one pixel
		pixels int   // that differ by 200
		fails  bool
	}{{"here", Rounding, 0, false}, {"here", Rounding + 1, 0, true}, {"there", 5, 0, false}, {"there", 5, 2, false}, {"there", 5, 3, true}} {
		b.Pix[4] = c.step
		for i := range c.pixels {
			b.Pix[40+4*i] = 200
		}
		r := &recorder{TB: t}
		Check(r, dir, "a", c.driver, b)
		if r.failed != c.fails {
			t.Errorf("%+v: failed %v: %s", c, r.failed, r.said)
		}
		for _, kind := range []string{"want", "got", "diff"} {
			path := filepath.Join(out, "a."+kind+".png")
			if _, err := os.Stat(path); (err == nil) != c.fails {
				t.Errorf("%+v: %s: %v", c, path, err)
			}
			_ = os.Remove(path)
		}
	}
}

// recorder is a test whose failures are only written down.
type recorder struct {
	testing.TB
	failed bool
	said   string
}

func (r *recorder) Errorf(format string, args ...any) {
	r.failed, r.said = true, fmt.Sprintf(format, args...)
}

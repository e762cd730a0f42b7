// Package golden compares pictures with those that were accepted before. On the driver
// that made the accepted ones they must be equal but for what kinds of processors round
// differently, as a software rasteriser compiles for the one that it finds; on another, at
// most 0.1 % of the pixels may differ by more than 5/255.
package golden

import (
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "accept the pictures of this run as golden")

// Limits of a comparison.
const (
	Rounding = 2     // of 255, in any channel, on the same driver
	MaxStep  = 5     // of 255, in any channel, on others
	MaxShare = 0.001 // of pixels beyond MaxStep
)

// Check compares img with dir/name.png; driver is the version string of OpenGL, which
// dir/driver.txt holds for the accepted pictures. On failure the picture expected, the
// one got and their difference are written to $LONGTAKE_FAILURES, or a folder of the
// temporary directory that the message names. With -update it accepts img.
func Check(t testing.TB, dir, name, driver string, img image.Image) {
	t.Helper()
	path, made := filepath.Join(dir, name+".png"), filepath.Join(dir, "driver.txt")
	if *update {
		write(t, path, img)
		if err := os.WriteFile(made, []byte(driver+"\n"), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatalf("no golden picture (go test -update accepts this run's): %v", err)
	}
	defer f.Close()
	want, err := png.Decode(f)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	by, _ := os.ReadFile(made)
	same := strings.TrimSpace(string(by)) == driver
	d := Compare(want, img)
	if d.Size != "" || (same && d.Largest > Rounding) || d.Share() > MaxShare {
		out := os.Getenv("LONGTAKE_FAILURES")
		if out == "" {
			out = filepath.Join(os.TempDir(), "longtake-failures")
		}
		write(t, filepath.Join(out, name+".want.png"), want)
		write(t, filepath.Join(out, name+".got.png"), img)
		if d.Image != nil {
			write(t, filepath.Join(out, name+".diff.png"), d.Image)
		}
		t.Errorf("%s: %s (same driver: %v); expected, got and difference are in %s", name, d, same, out)
	}
}

// Difference of two pictures.
type Difference struct {
	Size      string // set where the sizes differ
	Pixels    int
	Different int // pixels that are not equal
	Beyond    int // pixels that differ by more than MaxStep
	Largest   int // step, of 255
	Image     *image.NRGBA
}

// Share returns the share of pixels beyond MaxStep.
func (d Difference) Share() float64 { return float64(d.Beyond) / float64(max(d.Pixels, 1)) }

func (d Difference) String() string {
	if d.Size != "" {
		return d.Size
	}
	return fmt.Sprintf("%d of %d pixels differ, %d by more than %d/255, at most %d", d.Different, d.Pixels, d.Beyond, MaxStep, d.Largest)
}

// Compare compares two pictures of 8 bits a channel. The difference's picture is ten
// times the step, white where it is beyond MaxStep.
func Compare(a, b image.Image) (d Difference) {
	if a.Bounds().Size() != b.Bounds().Size() {
		d.Size = fmt.Sprintf("expected %v, got %v", a.Bounds().Size(), b.Bounds().Size())
		return d
	}
	x, y := nrgba(a), nrgba(b)
	d.Pixels = len(x.Pix) / 4
	d.Image = image.NewNRGBA(x.Rect)
	for i := 0; i < len(x.Pix); i += 4 {
		step := 0
		for k := range 4 {
			s := int(x.Pix[i+k]) - int(y.Pix[i+k])
			step = max(step, s, -s)
		}
		c := color.NRGBA{A: 255}
		if step > 0 {
			d.Different++
			c.R = uint8(min(10*step, 255))
		}
		if step > MaxStep {
			d.Beyond++
			c.G, c.B = 255, 255
		}
		d.Largest = max(d.Largest, step)
		d.Image.Pix[i], d.Image.Pix[i+1], d.Image.Pix[i+2], d.Image.Pix[i+3] = c.R, c.G, c.B, c.A
	}
	return d
}

func nrgba(m image.Image) *image.NRGBA {
	if n, ok := m.(*image.NRGBA); ok && n.Stride == 4*n.Rect.Dx() && n.Rect.Min == (image.Point{}) {
		return n
	}
	out := image.NewNRGBA(image.Rectangle{Max: m.Bounds().Size()})
	draw.Draw(out, out.Rect, m, m.Bounds().Min, draw.Src)
	return out
}

func write(t testing.TB, path string, m image.Image) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, m); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

package pipeline

import (
	"testing"

	"github.com/longtake/longtake/layers/drawable"
)

// checked is a sheet of opaque and half transparent squares.
func checked(width, height int) *drawable.Image {
	i := &drawable.Image{Name: "sheet", Width: width, Height: height, Channels: 4}
	for y := range height {
		for x := range width {
			p := [4]byte{uint8(x * 7), 90, uint8(y * 11), 255}
			if (x/4+y/4)%2 == 1 {
				p = [4]byte{60, 30, 10, 128}
			}
			i.Pixels = append(i.Pixels, p[:]...)
		}
	}
	return i
}

// A sheet comes out texel by pixel in exactly its colours over the finished picture, and half
// as much where it fades; what lies outside the picture is cut.
func TestSheetsAreExact(t *testing.T) {
	const w, h = 96, 54
	r := newTestRenderer(t, Options{Width: w, Height: h, Quality: tier(t, "low")})
	f := cityFrame(4)
	shoot := func() []byte {
		draw(t, r, f)
		px := make([]byte, w*h*4)
		if err := r.ReadRGBA(px); err != nil {
			t.Fatal(err)
		}
		return px
	}
	before := shoot()
	img := checked(24, 16)
	at := func(x, y int, fade float32) []byte {
		f.Draws = append(f.Draws, drawable.Draw{What: &drawable.Sheet{Image: img, X: x, Y: y}, Fade: fade})
		defer func() { f.Draws = f.Draws[:len(f.Draws)-1] }()
		return shoot()
	}
	for _, c := range []struct {
		x, y int
		fade float32
	}{{10, 20, 0}, {-7, -5, 0}, {90, 50, 0}, {40, 9, 0.5}} {
		got := at(c.x, c.y, c.fade)
		for y := range h {
			for x := range w {
				k := 4 * (y*w + x)
				for ch := range 3 {
					want := float64(before[k+ch])
					if u, v := x-c.x, y-c.y; u >= 0 && v >= 0 && u < img.Width && v < img.Height {
						share := 1 - float64(c.fade)
						s := img.Pixels[4*(v*img.Width+u):]
						want = float64(s[ch])*share + want*(1-float64(s[3])/255*share)
					}
					if d := float64(got[k+ch]) - want; d > 1 || d < -1 {
						t.Fatalf("%+v: pixel %d, %d, channel %d: %d, want %.1f", c, x, y, ch, got[k+ch], want)
					}
				}
			}
		}
	}
	if got := at(200, 0, 0); string(got) != string(before) {
		t.Error("a sheet outside the picture is seen")
	}
}

func TestSteadySheetAllocatesNothing(t *testing.T) {
	r := newTestRenderer(t, Options{Width: 96, Height: 54, Quality: tier(t, "low"), Live: true})
	f := cityFrame(4)
	f.Draws = append(f.Draws, drawable.Draw{What: &drawable.Sheet{Image: checked(24, 16), X: 3, Y: 4}})
	for range 5 {
		draw(t, r, f)
	}
	f.Previous = &View{}
	*f.Previous = f.View
	if n := testing.AllocsPerRun(5, func() { draw(t, r, f) }); n > 0 {
		t.Errorf("%v allocations a frame", n)
	}
	resident := r.res.bytes()
	f.Draws = f.Draws[:len(f.Draws)-1]
	draw(t, r, f)
	draw(t, r, f)
	if gone := resident - r.res.bytes(); gone != 24*16*4 {
		t.Errorf("%d bytes of a sheet are left or too many gone", 24*16*4-gone)
	}
	f.Draws = append(f.Draws, drawable.Draw{What: &drawable.Sheet{Image: &drawable.Image{Width: 1, Height: 1, Channels: 1, Pixels: []byte{0}}}})
	if err := r.Draw(f); err == nil {
		t.Error("a sheet of one channel is drawn")
	}
}

package pipeline

import (
	"image"
	"math"
	"strings"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/internal/srgb"
	"github.com/longtake/longtake/layers/drawable"
)

// Depth and normals say what the geometry is: a wall at a known distance.
func TestDepthNormalAndPickOfAWall(t *testing.T) {
	r := newTestRenderer(t, Options{Width: 64, Height: 64, Quality: tier(t, "draft"), Keep: []string{"depth", "normal", "albedo"}})
	wall := &drawable.Mesh{Frame: earth.FrameAt(andorra).Matrix(), Material: drawable.DefaultMaterial()}
	quad(wall, [4][3]float32{{-50, 100, -50}, {50, 100, -50}, {50, 100, 50}, {-50, 100, 50}}, [4][2]float32{}, [4]uint8{200, 100, 50, 255}, 41)
	f := &Frame{View: look(andorra, 0, 0, 0, 0, 0), Draws: []drawable.Draw{{What: wall.Bound(), IDBase: 1}}, Env: daylight(andorra, 180, 40)}
	draw(t, r, f)
	middle := 32*64 + 32
	p, err := r.Buffer("depth")
	if err != nil {
		t.Fatal(err)
	}
	if d := p.Data[middle]; math.Abs(float64(d)-100) > 1e-3 {
		t.Errorf("depth %v", d)
	}
	if p.Data[0] < 99 || p.Data[0] > 101 {
		t.Errorf("depth along the axis at the corner: %v", p.Data[0])
	}
	if p, err = r.Buffer("normal"); err != nil {
		t.Fatal(err)
	}
	if n := p.Data[3*middle : 3*middle+3]; math.Abs(float64(n[1])+1) > 1e-4 {
		t.Errorf("normal %v", n)
	}
	if p, err = r.Buffer("albedo"); err != nil {
		t.Fatal(err)
	}
	if c := p.Data[3*middle]; math.Abs(float64(c)-srgb.Light(200.0/255)) > 0.01 {
		t.Errorf("base colour %v", c)
	}
	id, err := r.Pick(32, 32)
	if err != nil || id != 42 {
		t.Errorf("picked %d, %v", id, err)
	}
	if _, err := r.Pick(64, 0); err == nil {
		t.Error("picked outside the picture")
	}
	if _, err := r.Buffer("ao2"); err == nil {
		t.Error("an unknown buffer was read")
	}
	f.Draws[0].Fade = 1
	draw(t, r, f)
	if id, _ := r.Pick(32, 32); id != 0 {
		t.Errorf("picked %d of what has faded", id)
	}
}

func TestPickLinesPointsAndInstances(t *testing.T) {
	r := newTestRenderer(t, Options{Width: 640, Height: 360, Quality: tier(t, "draft"), Keep: []string{"id"}})
	f := &Frame{View: look(andorra, -100, -700, 160, 10, -12), Draws: forwardDraws(), Env: daylight(andorra, 230, 25)}
	draw(t, r, f)
	p, err := r.Buffer("id")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[uint32]bool{}
	for i := range p.Data {
		seen[math.Float32bits(p.Data[i])] = true
	}
	for what, id := range map[string]uint32{"line": 102, "point": 510, "glass": 8, "instance": 1050, "overlay": 9} {
		if !seen[id] {
			t.Errorf("no pixel of the %s %d", what, id)
		}
	}
	// What is drawn for one pixel alone is what all of the picture has there.
	alone := newTestRenderer(t, Options{Width: 640, Height: 360, Quality: tier(t, "draft")})
	draw(t, alone, f)
	for y := 3; y < 360; y += 24 {
		for x := 5; x < 640; x += 24 {
			if id, err := alone.Pick(x, y); err != nil || id != math.Float32bits(p.Data[y*640+x]) {
				t.Errorf("at %d, %d: %d, %v, want %d", x, y, id, err, math.Float32bits(p.Data[y*640+x]))
			}
		}
	}
	if _, ok := alone.TakePick(true); ok {
		t.Error("took what nobody asked for")
	}
	if err := alone.BeginPick(5, 3); err != nil {
		t.Fatal(err)
	}
	pick := func() {
		if err := alone.BeginPick(320, 180); err != nil { // in place of the other
			t.Fatal(err)
		}
		if id, ok := alone.TakePick(true); !ok || id != math.Float32bits(p.Data[180*640+320]) {
			t.Errorf("picked %d, %v", id, ok)
		}
	}
	if n := testing.AllocsPerRun(5, pick); n > 0 {
		t.Errorf("a pick makes %v allocations", n)
	}
}

func TestCaptureKeepsOrderAndColours(t *testing.T) {
	r := newTestRenderer(t, Options{Width: 64, Height: 48, Quality: tier(t, "draft")})
	if err := r.BeginCapture(); err == nil {
		t.Error("captured before anything was drawn")
	}
	f := cityFrame(4)
	var want [][]byte
	for i := range 3 {
		f.View = look(andorra, 0, -60, 30, float64(i)*25, -20)
		draw(t, r, f)
		want = append(want, toNV12(readImage(t, r)))
		if err := r.BeginCapture(); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.BeginCapture(); err == nil {
		t.Error("a fourth capture began")
	}
	for i := range 3 {
		got, ok := r.TakeCapture(true)
		if !ok || len(got) != len(want[i]) {
			t.Fatalf("capture %d: %v, %d bytes", i, ok, len(got))
		}
		for k := range got {
			if d := int(got[k]) - int(want[i][k]); d < -1 || d > 1 {
				t.Fatalf("capture %d, byte %d: %d, want %d", i, k, got[k], want[i][k])
			}
		}
	}
	if _, ok := r.TakeCapture(true); ok {
		t.Error("a fourth capture came")
	}
	if err := r.Resize(63, 48); err != nil {
		t.Fatal(err)
	}
	draw(t, r, f)
	if err := r.BeginCapture(); err == nil || !strings.Contains(err.Error(), "even") {
		t.Errorf("odd size: %v", err)
	}
}

// toNV12 is the conversion in float64 (BT.709, limited range).
func toNV12(m *image.NRGBA) []byte {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	out := make([]byte, w*h*3/2)
	at := func(x, y, c int) float64 { return float64(m.Pix[y*m.Stride+4*x+c]) / 255 }
	luma := func(r, g, b float64) float64 { return 0.2126*r + 0.7152*g + 0.0722*b }
	for y := range h {
		for x := range w {
			out[y*w+x] = byte(16.5 + 219*luma(at(x, y, 0), at(x, y, 1), at(x, y, 2)))
		}
	}
	for y := 0; y < h; y += 2 {
		for x := 0; x < w; x += 2 {
			var c [3]float64
			for k := range c {
				c[k] = (at(x, y, k) + at(x+1, y, k) + at(x, y+1, k) + at(x+1, y+1, k)) / 4
			}
			l := luma(c[0], c[1], c[2])
			out[w*h+y/2*w+x] = byte(128.5 + 224*(c[2]-l)/1.8556)
			out[w*h+y/2*w+x+1] = byte(128.5 + 224*(c[0]-l)/1.5748)
		}
	}
	return out
}

func TestDeepPicture(t *testing.T) {
	r := newTestRenderer(t, Options{Width: 64, Height: 36, Quality: tier(t, "draft"), Deep: true})
	f := cityFrame(4)
	draw(t, r, f)
	deep := make([]byte, 64*36*8)
	if err := r.ReadRGBA16(deep); err != nil {
		t.Fatal(err)
	}
	if err := r.ReadRGBA(make([]byte, 64*36*4)); err == nil {
		t.Error("8 bits were read of 16")
	}
	fine := 0
	for i := 0; i < len(deep); i += 2 {
		if v := int(deep[i])<<8 | int(deep[i+1]); v%257 != 0 {
			fine++
		}
	}
	if fine < len(deep)/8 {
		t.Errorf("only %d of %d values need 16 bits", fine, len(deep)/2)
	}
}

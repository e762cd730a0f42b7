package pipeline

import (
	"bytes"
	"image"
	"math"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
)

var effectHome = earth.Place{Lng: 7, Lat: 43}

// effectDisc is a disc of 10 m on the ground, or a box that projects one onto it.
func effectDisc(e drawable.Effect) *drawable.Instances {
	e.Emission = 1
	m := &drawable.Material{Name: "effect", Model: drawable.Unlit, Blend: drawable.Alpha, Color: [4]float32{1, 1, 1, 1}, Effect: e}
	mesh := &drawable.Mesh{Material: m, Bias: 30}
	corners := [][3]float32{{-1, -1, 0}, {1, -1, 0}, {1, 1, 0}, {-1, 1, 0}}
	mesh.Indices = []uint32{0, 1, 2, 0, 2, 3}
	if e.Projected {
		corners = [][3]float32{{-2, -2, -1}, {2, -2, -1}, {2, 2, -1}, {-2, 2, -1}} // what is seen of a box from above
	}
	for _, p := range corners {
		mesh.Vertices = append(mesh.Vertices, drawable.Vertex{Position: p, Normal: drawable.EncodeNormal([3]float32{0, 0, 1}), Color: [4]uint8{255, 255, 255, 255}, UV: [2]float32{p[0], p[1]}})
	}
	d := &drawable.Instances{Mesh: mesh.Bound(), Frame: earth.FrameAt(effectHome).Matrix(), Items: []drawable.Instance{{Scale: [2]float32{10, 10}, Yaw: 0.3, Color: [4]uint8{230, 60, 20, 255}}}}
	return d.Bound()
}

func effectPicture(t *testing.T, r *Renderer, what drawable.Drawable, seconds, height float64) *image.NRGBA {
	t.Helper()
	f := &Frame{View: look(effectHome, 0, 0, height, 0, -90), Draws: []drawable.Draw{{What: plane(effectHome, 4000, drawable.DefaultMaterial())}, {What: what, Time: seconds}},
		Env: Environment{Sun: sunOver(effectHome, 50, 90), Haze: 1, Exposure: 14, GlobeHeight: -50}}
	draw(t, r, f)
	return readImage(t, r)
}

// Every pattern is a function of time that repeats, moves in between, and goes with every tier.
func TestEffectsRepeat(t *testing.T) {
	for _, name := range []string{"draft", "low", "high"} {
		r := newTestRenderer(t, Options{Width: 96, Height: 54, Quality: tier(t, name)})
		for p := drawable.Disc; p <= drawable.Sparks; p++ {
			d := effectDisc(drawable.Effect{Pattern: p, Period: 3, Repeat: 3, Width: 0.3, Softness: 0.7, Fill: 0.3})
			a, b, c := effectPicture(t, r, d, 0.75, 20), effectPicture(t, r, d, 300.75, 20), effectPicture(t, r, d, 1.95, 20)
			if !bytes.Equal(a.Pix, b.Pix) {
				t.Errorf("%s: pattern %d differs after 100 cycles", name, p)
			}
			if bytes.Equal(a.Pix, c.Pix) != (p == drawable.Disc) {
				t.Errorf("%s: pattern %d moves: %v", name, p, p == drawable.Disc)
			}
		}
	}
}

// A full disc has the colour that was given, also where it is projected.
func TestEffectColoursAreExact(t *testing.T) {
	r := newTestRenderer(t, Options{Width: 96, Height: 54, Quality: tier(t, "low")})
	for _, projected := range []bool{false, true} {
		img := effectPicture(t, r, effectDisc(drawable.Effect{Pattern: drawable.Disc, Fill: 1, Projected: projected}), 0, 12)
		if got := mid(img); far(got, [3]uint8{230, 60, 20}) > 1 {
			t.Errorf("projected %v: %v", projected, got)
		}
	}
}

// Projected onto level ground a pattern is where it would lie flat.
func TestEffectProjection(t *testing.T) {
	r := newTestRenderer(t, Options{Width: 192, Height: 108, Quality: tier(t, "low")})
	e := drawable.Effect{Pattern: drawable.Turntable, Period: 5, Repeat: 12, Width: 0.5, Fill: 0.5}
	flat := effectPicture(t, r, effectDisc(e), 1, 25)
	e.Projected = true
	laid := effectPicture(t, r, effectDisc(e), 1, 25)
	sum := 0.0
	for i := range flat.Pix {
		sum += math.Abs(float64(flat.Pix[i]) - float64(laid.Pix[i]))
	}
	if mean := sum / float64(len(flat.Pix)); mean > 1.5 {
		t.Errorf("they differ by %.2f on average", mean)
	}
}

// From far away stripes are their mean, without any pattern of the pixels.
func TestEffectFarAway(t *testing.T) {
	q := tier(t, "low")
	q.SubFrames = 1
	r := newTestRenderer(t, Options{Width: 96, Height: 54, Quality: q})
	for _, p := range []drawable.Pattern{drawable.Stripes, drawable.Bands, drawable.Grid, drawable.Hexagons} {
		img := effectPicture(t, r, effectDisc(drawable.Effect{Pattern: p, Repeat: 300, Width: 0.3}), 0, 14)
		lo, hi := uint8(255), uint8(0)
		for y := 20; y < 34; y++ {
			for x := 40; x < 56; x++ {
				g := img.NRGBAAt(x, y).G
				lo, hi = min(lo, g), max(hi, g)
			}
		}
		if hi-lo > 24 {
			t.Errorf("pattern %d: green from %d to %d", p, lo, hi)
		}
	}
}

func TestCycles(t *testing.T) {
	for _, c := range []struct {
		period float32
		at     float64
		want   uint32
	}{{0, 5, 0}, {2, 1, 32768}, {2, 5, 2<<16 + 32768}, {-2, 0.5, ^uint32(16383)}, {4, 4*65536 + 1, 16384}} {
		if got := cyclesAt(c.period, c.at); got != c.want {
			t.Errorf("%v s of %v: %#x, want %#x", c.at, c.period, got, c.want)
		}
	}
}

// TestIDsOfADisc: what points at a disc and what is drawn around one is within its circle,
// not in the corners of the square that it is drawn on; a band fills its square.
func TestIDsOfADisc(t *testing.T) {
	r := newTestRenderer(t, Options{Width: 96, Height: 96, Quality: tier(t, "draft"), Keep: []string{"id"}})
	count := func(e drawable.Effect) (n int) {
		d := effectDisc(e)
		d.Items[0].Yaw, d.Items[0].Feature = 0, 7
		effectPicture(t, r, d, 0.5, 30)
		p, err := r.Buffer("id")
		if err != nil {
			t.Fatal(err)
		}
		for i := range p.Data {
			if math.Float32bits(p.Data[i]) == 7 {
				n++
			}
		}
		return n
	}
	square := count(drawable.Effect{Pattern: drawable.Stripes, Repeat: 4, Width: 0.5, Fill: 1})
	disc := count(drawable.Effect{Pattern: drawable.Disc, Fill: 1})
	if share := float64(disc) / float64(square); square < 500 || math.Abs(share-math.Pi/4) > 0.03 {
		t.Errorf("%d pixels of a disc, %d of its square: %.3f", disc, square, share)
	}
}

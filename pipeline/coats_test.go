package pipeline

import (
	"image"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
)

// A coat goes by heights above what each feature stands on, so that a hill shifts nothing, to a
// height or to each one's own top, and by its share.
func TestCoatsGoByHeightsAboveTheFoot(t *testing.T) {
	r := newTestRenderer(t, Options{Width: 96, Height: 96, Quality: tier(t, "draft")})
	m := &drawable.Mesh{Frame: earth.FrameAt(andorra).Matrix(), Material: drawable.DefaultMaterial()}
	grey := [4]uint8{128, 128, 128, 255}
	box(m, m, -8, 30, 0, 6, 6, 20, grey, 0)
	box(m, m, 2, 30, -15, 6, 6, 10, grey, 1)
	m.Bound()
	stands := &drawable.Stands{Of: [][2]float32{{0, 20}, {-15, -5}}}
	red, blue := [4]float32{1, 0, 0, 1}, [4]float32{0, 0, 1, 1}
	shot := func(c *drawable.Coat, s *drawable.Stands) *image.NRGBA {
		f := &Frame{View: look(andorra, 0, -20, 3, 0, 0), Draws: []drawable.Draw{{What: m, Coat: c, Stands: s, NoShadow: true}}, Env: daylight(andorra, 180, 40)}
		draw(t, r, f)
		return readImage(t, r)
	}
	// redness of a wall near its top and near its foot
	ends := func(p *image.NRGBA, x int) (top, foot int) {
		first, last := -1, 0
		for y := range 96 {
			if c := p.NRGBAAt(x, y); int(c.R)+int(c.B)-2*int(c.G) > 60 {
				if first < 0 {
					first = y
				}
				last = y
			}
		}
		if first < 0 || last-first < 8 {
			t.Fatalf("no wall at %d: %d to %d", x, first, last)
		}
		at := func(y int) int { c := p.NRGBAAt(x, y); return int(c.R) - int(c.B) }
		return at(first + 2), at(last - 2)
	}
	left, right := 37, 58
	p := shot(&drawable.Coat{From: red, To: blue, Bend: 1}, stands)
	for _, x := range []int{left, right} {
		if top, foot := ends(p, x); top > -60 || foot < 60 {
			t.Errorf("own height, column %d: red beyond blue by %d at the top and %d at the foot", x, top, foot)
		}
	}
	p = shot(&drawable.Coat{From: red, To: blue, Bend: 1, Height: 20}, stands)
	if top, _ := ends(p, left); top > -60 {
		t.Errorf("20 m: the top of 20 m is red beyond blue by %d", top)
	}
	if top, foot := ends(p, right); top < -60 || foot < 60 {
		t.Errorf("20 m: the top of 10 m is red beyond blue by %d, its foot by %d", top, foot)
	}
	p = shot(&drawable.Coat{From: red, To: blue, Bend: 1, Height: 20}, nil) // all stand at 0
	if top, _ := ends(p, right); top < 60 {
		t.Errorf("without stands what lies below 0 is red beyond blue by %d", top)
	}
	none, plain := red, shot(nil, nil)
	none[3] = 0
	if p := shot(&drawable.Coat{From: none, To: none, Bend: 1}, stands); string(p.Pix) != string(plain.Pix) {
		t.Error("a coat without any share changes the picture")
	}
	none[3] = 1
	f := &Frame{View: look(andorra, 0, -20, 3, 0, 0), Draws: []drawable.Draw{{What: m, Coat: &drawable.Coat{From: none, To: none, Bend: 1, Emission: 1}}}, Env: daylight(andorra, 0, -40)}
	draw(t, r, f)
	if c := readImage(t, r).NRGBAAt(left, 48); c.R < 120 {
		t.Errorf("by night what gives light is %v", c)
	}
}

// A line's width in pixels is bounded by metres: it grows fainter as it goes away, and as wide as
// it was near by.
func TestEdgesGrowFainterFarAway(t *testing.T) {
	r := newTestRenderer(t, Options{Width: 96, Height: 96, Quality: tier(t, "draft")})
	light := func(distance, thickest, widen float32) (sum int) {
		l := &drawable.Lines{Frame: earth.FrameAt(andorra).Matrix(), Edging: true, Thickest: thickest, Blend: drawable.Alpha, Emission: 2, Cap: drawable.CapButt, Starts: []uint32{0}}
		for _, z := range []float32{-1, 1} {
			l.Vertices = append(l.Vertices, drawable.LineVertex{Position: [3]float32{0, distance, z * distance}, Width: 12, Color: [4]uint8{255, 255, 255, 255}})
		}
		f := &Frame{View: look(andorra, 0, 0, 0, 0, 0), Draws: []drawable.Draw{{What: l.Bound(), Widen: widen, Tint: [4]float32{1, 0, 0, 1}}}, Env: daylight(andorra, 0, -40)}
		draw(t, r, f)
		p := readImage(t, r)
		for x := range 96 {
			sum += max(int(p.NRGBAAt(x, 48).R)-int(p.NRGBAAt(x, 48).B), 40) - 40 // the sky is less red
		}
		return sum
	}
	if near, far := light(20, 0, 0), light(2000, 0, 0); far < near*9/10 {
		t.Errorf("without a bound it is %d near by and %d far away", near, far)
	}
	near, mid, far := light(20, 1, 0), light(400, 1, 0), light(2000, 1, 0)
	if near < light(20, 0, 0)*9/10 || mid >= near || far >= mid*2/3 || far <= 0 {
		t.Errorf("at most 1 m wide it is %d near by, %d further on and %d far away", near, mid, far)
	}
	if one, five := light(20, 0, 1), light(20, 0, 5); five < 2*one {
		t.Errorf("five times as wide it is %d after %d", five, one)
	}
}

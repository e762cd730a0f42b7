package pipeline

import (
	"image"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
)

// A drape after a flat area in the order lies over it, in its own colour and by what it covers;
// one before it lies under it; and the ground beside the area looks as it does without one.
func TestDrapeOverFlatAreas(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	red := &drawable.Image{Name: "red", Width: 1, Height: 1, Channels: 4, Pixels: []byte{255, 0, 0, 255}}
	drape := func(alpha float32) drawable.Draw {
		return drawable.Draw{What: &drawable.Drape{Over: drawable.OverGround, Color: [4]float32{1, 1, 1, alpha}, Tiles: []drawable.DrapeTile{{
			Region: drawable.Region{West: home.Lng - 0.1, East: home.Lng + 0.1, South: home.Lat - 0.1, North: home.Lat + 0.1}, Image: red, UV: [4]float32{0, 0, 1, 1}, Low: -100, High: 100}}}}
	}
	area := func(size float32, blend drawable.Blend, c [4]float32) drawable.Draw {
		m := drawable.DefaultMaterial()
		m.Model, m.Blend, m.Color, m.Data = drawable.Unlit, blend, c, true
		p := plane(home, size, m)
		p.Bias = 30
		return drawable.Draw{What: p}
	}
	lit := area(100, drawable.Alpha, [4]float32{1, 1, 1, 1})
	lit.What.(*drawable.Mesh).Material.Model = drawable.Standard
	white, blue := area(100, drawable.Alpha, [4]float32{1, 1, 1, 1}), area(60, drawable.Alpha, [4]float32{0, 0, 1, 1})
	r := newTestRenderer(t, Options{Width: 64, Height: 64, Quality: tier(t, "draft")})
	shoot := func(transparent bool, draws ...drawable.Draw) *image.NRGBA {
		env := daylight(home, 180, 50)
		env.Transparent = transparent
		draw(t, r, &Frame{View: look(home, 0, 0, 400, 0, -90), Env: env, Draws: draws})
		return readImage(t, r)
	}
	middle := func(m *image.NRGBA) [3]uint8 { c := m.NRGBAAt(32, 32); return [3]uint8{c.R, c.G, c.B} }
	near := func(a, b [3]uint8, within int) bool {
		for k := range a {
			if d := int(a[k]) - int(b[k]); d > within || d < -within {
				return false
			}
		}
		return true
	}
	for _, c := range []struct {
		what        string
		transparent bool
		draws       []drawable.Draw
		want        [3]uint8
	}{
		{"above", false, []drawable.Draw{white, drape(1)}, [3]uint8{255, 0, 0}},
		{"half above", false, []drawable.Draw{white, drape(0.5)}, [3]uint8{255, 137, 137}}, // half by square roots
		{"above what is lit", false, []drawable.Draw{lit, drape(1)}, [3]uint8{255, 0, 0}},
		{"below", false, []drawable.Draw{drape(1), white}, [3]uint8{255, 255, 255}},
		{"between", false, []drawable.Draw{white, drape(1), blue}, [3]uint8{0, 0, 255}},
		{"above both", false, []drawable.Draw{white, blue, drape(1)}, [3]uint8{255, 0, 0}},
	} {
		if got := middle(shoot(c.transparent, c.draws...)); !near(got, c.want, 2) {
			t.Errorf("%s: %v, want %v", c.what, got, c.want)
		}
	}
	if got := middle(shoot(true, white, drape(1))); got[0] < 150 || got[1] > 90 {
		t.Errorf("above, with a sky that is left out: %v", got)
	}
	// Beside the area.
	with, without := shoot(false, white, drape(1)), shoot(false, drape(1))
	if a, b := with.NRGBAAt(2, 32), without.NRGBAAt(2, 32); a != b || b.R < 60 {
		t.Errorf("beside the area the drape is %v, without it %v", a, b)
	}
}

// Through a pane a drape above a flat area is as beside it; through two, too.
func TestDrapeOverFlatAreasThroughGlass(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	red := &drawable.Image{Name: "red", Width: 1, Height: 1, Channels: 4, Pixels: []byte{255, 0, 0, 255}}
	lay := drawable.Draw{What: &drawable.Drape{Over: drawable.OverGround, Color: [4]float32{1, 1, 1, 1}, Tiles: []drawable.DrapeTile{{
		Region: drawable.Region{West: home.Lng - 0.1, East: home.Lng + 0.1, South: home.Lat - 0.1, North: home.Lat + 0.1}, Image: red, UV: [4]float32{0, 0, 1, 1}, Low: -100, High: 100}}}}
	m := drawable.DefaultMaterial()
	m.Model, m.Blend, m.Data = drawable.Unlit, drawable.Alpha, true
	area := plane(home, 100, m)
	area.Bias = 30
	pane := func(height float64) drawable.Draw {
		return drawable.Draw{What: plane(earth.Place{Lng: home.Lng, Lat: home.Lat, Height: height}, 20, glassMaterial(1.5, 0, 0))}
	}
	for _, name := range []string{"draft", "low"} {
		q := tier(t, name)
		q.SubFrames = 1
		r := newTestRenderer(t, Options{Width: 64, Height: 64, Quality: q})
		middle := func(draws ...drawable.Draw) (r8, g8 uint8) {
			draw(t, r, &Frame{View: look(home, 0, 0, 200, 0, -90), Env: daylight(home, 180, 50), Draws: draws})
			c := readImage(t, r).NRGBAAt(32, 32)
			return c.R, c.G
		}
		plain := drawable.Draw{What: area}
		if r8, g8 := middle(plain, pane(50)); g8 < 200 {
			t.Errorf("%s: the area itself through a pane is %d, %d", name, r8, g8)
		}
		for _, panes := range [][]drawable.Draw{{pane(50)}, {pane(50), pane(100)}} {
			if r8, g8 := middle(append([]drawable.Draw{plain, lay}, panes...)...); r8 < 200 || g8 > 90 {
				t.Errorf("%s: through %d panes what lies over the area is %d, %d", name, len(panes), r8, g8)
			}
		}
	}
}

package pipeline

import (
	"math"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
)

// What covers the ground in part looks alike on tiles, on the globe beyond them, by land and by
// sea, and over flat areas: pictures and tints are blended by square roots, as eyes see them,
// and lines by light, so that thin ones keep their strength.
func TestDrapesBlendAlike(t *testing.T) {
	const side = 32
	r := newTestRenderer(t, Options{Width: side, Height: side, Quality: tier(t, "draft"), Keep: []string{"light"}})
	at := earth.Place{Lng: 11, Lat: 47}
	f := earth.FrameAt(at)
	white := &drawable.Image{Name: "white", Width: 1, Height: 1, Channels: 4, Pixels: []byte{255, 255, 255, 255}}
	ground := drawable.DefaultMaterial()
	ground.Color = [4]float32{0.1, 0.1, 0.1, 1}
	water := drawable.DefaultMaterial()
	water.Model, water.Color = drawable.Water, [4]float32{0.0116, 0.0482, 0.0762, 1}
	data := drawable.DefaultMaterial()
	data.Model, data.Blend, data.Color, data.Data = drawable.Unlit, drawable.Alpha, [4]float32{0.1, 0.1, 0.1, 1}, true
	area := plane(at, 1e4, data)
	area.Bias = 30

	picture := func(alpha float32) drawable.Drawable {
		return &drawable.Drape{Over: drawable.OverGround | drawable.OverWater | drawable.OverSolids, Color: [4]float32{1, 1, 1, alpha}, Tiles: []drawable.DrapeTile{{
			Region: drawable.Region{West: 10, East: 12, South: 46, North: 48}, Image: white, UV: [4]float32{0, 0, 1, 1}, Low: -100, High: 100}}}
	}
	line := func(alpha float32) drawable.Drawable { // so wide that it is all of the picture
		return &drawable.Drape{Look: drawable.GroundGrid, Over: drawable.OverGround | drawable.OverWater | drawable.OverSolids, Color: [4]float32{1, 1, 1, alpha}, Step: 1e7, Width: 1e8, Place: at}
	}
	tint := func(alpha float32) drawable.Drawable {
		m := drawable.DefaultMaterial()
		m.Blend, m.Color, m.Data, m.DoubleSided = drawable.Tint, [4]float32{1, 1, 1, alpha}, true, true
		p := plane(at, 1e4, m)
		p.Bias = 30
		return p
	}
	roots := func(none, all float64) float64 { return math.Pow((math.Sqrt(none)+math.Sqrt(all))/2, 2) }
	halves := map[string]float64{}
	light := func(none, all float64) float64 { return (none + all) / 2 }
	for _, on := range []struct {
		what  string
		below []drawable.Draw
		sea   bool
	}{
		{"a tile", []drawable.Draw{{What: plane(at, 1e4, ground)}}, false},
		{"water", []drawable.Draw{{What: plane(at, 1e4, water)}}, false},
		{"the globe's land", nil, false},
		{"the globe's sea", nil, true},
		{"a flat area", []drawable.Draw{{What: area}}, false},
	} {
		for _, lay := range []struct {
			what   string
			lay    func(alpha float32) drawable.Drawable
			want   func(none, all float64) float64
			within float64
		}{{"a picture", picture, roots, 0.05}, {"a tint", tint, roots, 0.05}, {"a line", line, light, 0.12}} {
			if lay.what == "a tint" && on.what == "a flat area" {
				continue // it is below
			}
			shine := func(alpha float32) float64 {
				env := Environment{Sun: f.Up, Exposure: 14, GlobeSea: on.sea}
				draw(t, r, &Frame{View: look(at, 0, 0, 300, 0, -60), Draws: append(on.below[:len(on.below):len(on.below)], drawable.Draw{What: lay.lay(alpha)}), Env: env})
				p, err := r.Buffer("light")
				if err != nil {
					t.Fatal(err)
				}
				sum := 0.0
				for i := 1; i < len(p.Data); i += 3 {
					sum += float64(p.Data[i])
				}
				return sum / side / side
			}
			none, half, all := shine(1e-6), shine(0.5), shine(1)
			halves[lay.what+" on "+on.what] = half
			if want := lay.want(none, all); math.Abs(half/want-1) > lay.within || none > 0.4*all {
				t.Errorf("%s on %s: half is %.4g between %.4g and %.4g, not %.4g", lay.what, on.what, half, none, all, want)
			}
		}
	}
	for _, what := range []string{"a picture", "a tint", "a line"} {
		if a, b := halves[what+" on water"], halves[what+" on the globe's sea"]; math.Abs(a/b-1) > 0.04 {
			t.Errorf("%s on water is %.4g, on the globe's sea %.4g", what, a, b)
		}
	}
}

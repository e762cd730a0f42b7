package pipeline

import (
	"math"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
)

// Areas over the globe's edge show once: what lies behind it does not shine through in single
// pixels along the limb.
func TestLimbShowsAreasOnce(t *testing.T) {
	m := drawable.DefaultMaterial()
	m.Model, m.Blend, m.Color, m.Data, m.DoubleSided = drawable.Unlit, drawable.Alpha, [4]float32{1, 1, 1, 0.5}, true, true
	home := earth.Place{Lng: 20, Lat: 10}
	f := earth.FrameAt(home)
	globe := &drawable.Mesh{Name: "all land", Frame: f.Matrix(), Material: m, Bias: 30, Radius: 1.4e7}
	const across, up = 180, 90
	for j := range up + 1 {
		for i := range across + 1 {
			p := f.ToLocal(earth.Place{Lng: float64(i)*360/across - 180, Lat: float64(j)*180/up - 90, Height: 20}.ECEF())
			globe.Vertices = append(globe.Vertices, drawable.Vertex{Position: [3]float32{float32(p[0]), float32(p[1]), float32(p[2])}, Color: [4]uint8{255, 255, 255, 255}})
			if i < across && j < up {
				a := uint32(j*(across+1) + i)
				globe.Indices = append(globe.Indices, a, a+1, a+across+2, a, a+across+2, a+across+1)
			}
		}
	}
	const w, h = 320, 200
	r := newTestRenderer(t, Options{Width: w, Height: h, Quality: tier(t, "draft")})
	draw(t, r, &Frame{View: look(home, 0, 0, 1.6e7, 0, -90), Env: Environment{Sun: f.Up.Mul(-1), Exposure: 14, GlobeSea: true}, Draws: []drawable.Draw{{What: globe}}})
	img := readImage(t, r)
	once, twice := 0, 0
	for y := range h {
		for x := range w {
			switch v := img.NRGBAAt(x, y).G; {
			case v > 205:
				twice++
			case v > 150 && math.Hypot(float64(x-w/2), float64(y-h/2)) > 40:
				once++
			}
		}
	}
	if once < 5000 || twice > once/5000 {
		t.Errorf("%d pixels show an area once, %d twice", once, twice)
	}
}

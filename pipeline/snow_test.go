package pipeline

import (
	"math"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
)

// Snow lies on what faces up, the more the whiter, on no wall and in no room.
func TestSnowLiesOnWhatFacesUp(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	r := newTestRenderer(t, Options{Width: 64, Height: 36, Quality: tier(t, "draft"), Keep: []string{"albedo"}})
	wall := func(m *drawable.Material) *drawable.Mesh {
		mesh := &drawable.Mesh{Name: m.Name, Frame: earth.FrameAt(home).Matrix(), Material: m}
		quad(mesh, [4][3]float32{{-40, 12, -20}, {40, 12, -20}, {40, 12, 40}, {-40, 12, 40}}, [4][2]float32{{0, 0}, {1, 0}, {1, 1}, {0, 1}}, [4]uint8{128, 128, 128, 255}, 1)
		return mesh.Bound()
	}
	ground := func(m *drawable.Material) *drawable.Mesh {
		mesh := plane(home, 400, m)
		for i := range mesh.Vertices {
			mesh.Vertices[i].Color = [4]uint8{128, 128, 128, 255}
		}
		return mesh
	}
	albedo := func(mesh *drawable.Mesh, pitch, snow float64) (sum float64) {
		t.Helper()
		f := &Frame{View: look(home, 0, 0, 10, 0, pitch), Draws: []drawable.Draw{{What: mesh}}, Env: Environment{Sun: sunOver(home, 40, 180), Haze: 1, AutoExposure: true, GlobeHeight: -50, SnowCover: snow}}
		if err := r.Draw(f); err != nil {
			t.Fatal(err)
		}
		p, err := r.Buffer("albedo")
		if err != nil {
			t.Fatal(err)
		}
		for y := 12; y < 24; y++ {
			for x := 20; x < 44; x++ {
				sum += float64(p.Data[(y*p.Width+x)*p.Channels+1]) / (12 * 24)
			}
		}
		return sum
	}
	for _, model := range []drawable.Model{drawable.Standard, drawable.Roof, drawable.Ground} {
		m := drawable.DefaultMaterial()
		m.Model = model
		bare, some, full := albedo(ground(m), -50, 0), albedo(ground(m), -50, 0.5), albedo(ground(m), -50, 1)
		if bare > 0.35 || some < bare+0.1 || some > full-0.1 || full < 0.7 {
			t.Errorf("model %d: %.2f, %.2f and %.2f of bare ground, half and all of it white", model, bare, some, full)
		}
		if a, b := albedo(wall(m), 0, 0), albedo(wall(m), 0, 1); model != drawable.Ground && a != b {
			t.Errorf("model %d: snow on a wall: %.3f after %.3f", model, b, a)
		}
	}
	room := drawable.DefaultMaterial()
	room.Lit = 1
	if a, b := albedo(ground(room), -50, 0), albedo(ground(room), -50, 1); a != b {
		t.Errorf("snow in a room: %.3f after %.3f", b, a)
	}
}

// Weather leaves colours of data as they are, and the light of what glows by itself.
func TestWeatherLeavesData(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	r := newTestRenderer(t, Options{Width: 32, Height: 18, Quality: tier(t, "draft"), Keep: []string{"albedo", "emission"}})
	middle := func(m *drawable.Material, name string, wet, snow float64) [3]float32 {
		draw(t, r, &Frame{View: look(home, 0, 0, 10, 0, -50), Draws: []drawable.Draw{{What: plane(home, 400, m)}}, Env: Environment{
			Sun: sunOver(home, 40, 180), Haze: 1, AutoExposure: true, GlobeHeight: -50, Wetness: wet, SnowCover: snow}})
		p := buffer(t, r, name)
		at := (9*p.Width + 16) * p.Channels
		return [3]float32(p.Data[at : at+3])
	}
	for _, data := range []bool{false, true} {
		m := drawable.DefaultMaterial()
		m.Color, m.Emission, m.Data = [4]float32{0.5, 0.1, 0.05, 1}, [3]float32{0.2, 0.1, 0}, data
		dry, wet, snow := middle(m, "albedo", 0, 0), middle(m, "albedo", 1, 0), middle(m, "albedo", 0, 1)
		if (dry == wet) != data || (dry == snow) != data {
			t.Errorf("data %v: %.2f, wet %.2f, below snow %.2f", data, dry, wet, snow)
		}
		if a, b := middle(m, "emission", 0, 0), middle(m, "emission", 0, 1); a != b || a[0] == 0 {
			t.Errorf("data %v: it shines %.2f, below snow %.2f", data, a, b)
		}
	}
}

// Patches of snow lie where they lie, whatever mesh holds the ground, and as the eye moves to
// where their pattern repeats.
func TestSnowPatchesLieStill(t *testing.T) {
	r := newTestRenderer(t, Options{Width: 64, Height: 36, Quality: tier(t, "draft"), Keep: []string{"albedo"}})
	home := earth.Place{Lng: 7, Lat: 43}
	axis := earth.Place{Lng: home.Lng, Lat: home.Lat, Height: 10}.ECEF() // of the eye
	axis[2] = 0
	home.Lng = earth.Degrees(math.Asin(math.Round(axis[1]/patternPeriod) * patternPeriod / axis.Len()))
	albedo := func(m *drawable.Material, frame earth.Frame, east float64) *Plane {
		at, mesh := earth.FrameAt(home), &drawable.Mesh{Frame: frame.Matrix(), Material: m}
		var corners [4][3]float32
		for i, c := range [4]mgl64.Vec3{{-40, -40, 0}, {40, -40, 0}, {40, 40, 0}, {-40, 40, 0}} {
			p := frame.ToLocal(at.FromLocal(c))
			corners[i] = [3]float32{float32(p[0]), float32(p[1]), float32(p[2])}
		}
		quad(mesh, corners, [4][2]float32{}, [4]uint8{40, 40, 40, 255}, 1)
		draw(t, r, &Frame{View: look(home, east, 0, 10, 0, -60), Draws: []drawable.Draw{{What: mesh.Bound()}}, Env: Environment{
			Sun: sunOver(home, 40, 180), Haze: 1, AutoExposure: true, GlobeHeight: -50, SnowCover: 0.5}})
		return buffer(t, r, "albedo")
	}
	off := func(a, b *Plane) (sum float64) {
		for i, v := range a.Data {
			sum += math.Abs(float64(v-b.Data[i])) / float64(len(a.Data))
		}
		return sum
	}
	for _, model := range []drawable.Model{drawable.Standard, drawable.Ground} {
		m := drawable.DefaultMaterial()
		m.Model = model
		here := albedo(m, earth.FrameAt(home), -1e-4)
		other := albedo(m, earth.FrameAt(earth.Place{Lng: home.Lng + 0.01, Lat: home.Lat - 0.02}), -1e-4)
		if d := off(here, other); d > 0.005 {
			t.Errorf("model %d: %.4f in the frame of another mesh", model, d)
		}
		if d := off(here, albedo(m, earth.FrameAt(home), 1e-4)); d > 0.005 {
			t.Errorf("model %d: %.4f a step further", model, d)
		}
		if d := off(here, albedo(m, earth.FrameAt(home), 7)); d < 0.03 {
			t.Errorf("model %d: %.4f far away: no patches", model, d)
		}
	}
}

// Snow leaves the openings of walls that lean back, and is thinner on asphalt and on crowns.
func TestSnowByModel(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	r := newTestRenderer(t, Options{Width: 64, Height: 36, Quality: tier(t, "draft"), Keep: []string{"albedo"}})
	// whiter is what snow adds to the green of a grey ground whose texture is one spot of a pattern.
	whiter := func(model drawable.Model, u, v float32, grey uint8) float64 {
		m := drawable.DefaultMaterial()
		m.Model = model
		mesh := plane(home, 400, m)
		for i := range mesh.Vertices {
			mesh.Vertices[i].Color, mesh.Vertices[i].UV = [4]uint8{grey, grey, grey, 255}, [2]float32{u, v}
		}
		var sum float64
		for _, snow := range []float64{0, 1} {
			draw(t, r, &Frame{View: look(home, 0, 0, 10, 0, -50), Draws: []drawable.Draw{{What: mesh}}, Env: Environment{
				Sun: sunOver(home, 40, 180), Haze: 1, AutoExposure: true, GlobeHeight: -50, SnowCover: snow}})
			p := buffer(t, r, "albedo")
			for i := 1; i < len(p.Data); i += p.Channels {
				sum += float64(p.Data[i]) * (2*snow - 1) / float64(p.Width*p.Height)
			}
		}
		return sum
	}
	wall, pane := whiter(drawable.Facade, 0.02, 3.02, 80), whiter(drawable.Facade, 0.4, 3.5, 80)
	if wall < 0.3 || pane > 0.05 {
		t.Errorf("a wall is whiter by %.2f, its window by %.2f", wall, pane)
	}
	ground, asphalt, concrete := whiter(drawable.Ground, 0, 0, 80), whiter(drawable.Road, 0, 0, 80), whiter(drawable.Road, 0, 0, 160)
	if asphalt < 0.05 || asphalt > 0.6*ground || concrete < 0.35 {
		t.Errorf("ground is whiter by %.2f, asphalt by %.2f, concrete by %.2f", ground, asphalt, concrete)
	}
	if leaves := whiter(drawable.Foliage, 0, 0, 80); leaves < 0.2 || leaves > 0.9*ground {
		t.Errorf("ground is whiter by %.2f, leaves by %.2f", ground, leaves)
	}
}

// Below a deck no snow lies and nothing gets wet; beside it, on it and at the foot of a wall all
// does.
func TestDecksKeepOffWeather(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	q := tier(t, "high")
	q.SubFrames = 1
	r := newTestRenderer(t, Options{Width: 64, Height: 36, Quality: q, Keep: []string{"albedo"}})
	grey := func(model drawable.Model) *drawable.Material {
		m := drawable.DefaultMaterial()
		m.Model, m.Color = model, [4]float32{0.2, 0.2, 0.2, 1}
		return m
	}
	deck := block([3]float32{0, 0, 6}, [3]float32{60, 30, 1}, 0, grey(drawable.Standard))
	deck.Frame = earth.FrameAt(home).Matrix()
	wall := block([3]float32{0, 0, 0}, [3]float32{60, 3, 30}, 0, grey(drawable.Standard))
	wall.Frame = earth.FrameAt(home).Matrix()
	// middle is the albedo where a view looks at.
	middle := func(view View, wet, snow float64, above ...*drawable.Mesh) float32 {
		draws := []drawable.Draw{{What: plane(home, 400, grey(drawable.Standard))}}
		for _, m := range above {
			draws = append(draws, drawable.Draw{What: m})
		}
		draw(t, r, &Frame{View: view, Draws: draws, Env: Environment{Sun: sunOver(home, 40, 180), Haze: 1, AutoExposure: true, GlobeHeight: -50, Wetness: wet, SnowCover: snow}})
		p := buffer(t, r, "albedo")
		return p.Data[(18*p.Width+32)*p.Channels]
	}
	below, beside, on, foot := look(home, 0, -40, 3, 0, -4.3), look(home, 0, -60, 3, 0, -8), look(home, 0, -40, 40, 0, -40), look(home, 0, -20, 10, 0, -31)
	for _, c := range []struct {
		what  string
		view  View
		above *drawable.Mesh
		kept  bool
	}{{"below a deck", below, deck, true}, {"beside a deck", beside, deck, false}, {"on a deck", on, deck, false}, {"at the foot of a wall", foot, wall, false}} {
		dry, wet, snow := middle(c.view, 0, 0, c.above), middle(c.view, 1, 0, c.above), middle(c.view, 0, 1, c.above)
		if kept := wet == dry && snow == dry; kept != c.kept || !kept && (wet > 0.8*dry || snow < 2*dry) {
			t.Errorf("%s: %.3f in the dry, %.3f wet, %.3f with snow", c.what, dry, wet, snow)
		}
	}
}

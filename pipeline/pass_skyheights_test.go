package pipeline

import (
	"math"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
)

// What is far away hides the sky as geometry says: nothing of an open plane's; of a street
// all but the cosine of the walls' elevation, seen from its middle (the view factor of a
// strip); of a square pit all but the view factor of its opening (four rectangles above
// their corner). Steps that lie far apart take walls for further away than they are, so
// that more of the sky is left than there is, the more so the fewer they are.
func TestSkyShare(t *testing.T) {
	const half, high, deep = 15.0, 20.0, 60.0
	ground := drawable.Draw{What: plane(andorra, 2000, drawable.DefaultMaterial())}
	around := func(pit bool) drawable.Draw {
		m := &drawable.Mesh{Frame: earth.FrameAt(andorra).Matrix(), Material: drawable.DefaultMaterial()}
		grey := [4]uint8{200, 200, 200, 255}
		box(m, m, -half-deep, -400, 0, deep, 800, high, grey, 1)
		box(m, m, half, -400, 0, deep, 800, high, grey, 2)
		if pit {
			box(m, m, -half, half, 0, 2*half, deep, high, grey, 3)
			box(m, m, -half, -half-deep, 0, 2*half, deep, high, grey, 4)
		}
		return drawable.Draw{What: m.Bound()}
	}
	a := half / high
	side := a / math.Sqrt(1+a*a)
	street, pit := side, 4/math.Pi*side*math.Atan(side)
	lastStreet, lastPit := 1.0, 1.0
	for _, tested := range []struct {
		name string
		most float64 // that is left too much
	}{{"low", 0.36}, {"high", 0.23}, {"ultra", 0.21}} {
		name, most := tested.name, tested.most
		q := tier(t, name)
		q.SubFrames = 1
		r := newTestRenderer(t, Options{Width: 64, Height: 36, Quality: q, Keep: []string{"skyshare"}})
		share := func(draws ...drawable.Draw) float64 {
			draw(t, r, &Frame{View: look(andorra, 0, 0, 3, 0, -89), Draws: draws, Env: daylight(andorra, 180, 40)})
			sum := 0.0
			p := buffer(t, r, "skyshare")
			for _, x := range p.Data {
				sum += float64(x)
			}
			return sum / float64(len(p.Data))
		}
		open, between, below := share(ground), share(ground, around(false)), share(ground, around(true))
		t.Logf("%s: open %.3f; street %.3f, truly %.3f; pit %.3f, truly %.3f", name, open, between, street, below, pit)
		if open < 0.995 || between < street || between > street+most || below < pit || below > pit+most || below >= between {
			t.Errorf("%s: open %.3f; street %.3f instead of %.3f; pit %.3f instead of %.3f", name, open, between, street, below, pit)
		}
		if between >= lastStreet || below >= lastPit {
			t.Errorf("%s: %.3f and %.3f are no closer than %.3f and %.3f with fewer steps", name, between, below, lastStreet, lastPit)
		}
		lastStreet, lastPit = between, below
	}
}

// The map of live frames stays where it is on the Earth while the eye moves less than a step,
// wherever that is, and is never further from where it should be than one.
func TestSkyHeightsStayOnTheEarth(t *testing.T) {
	for _, home := range []earth.Place{{Lng: -122.4, Lat: 37.77}, {Lng: 170, Lat: -60}, andorra} {
		m, moved := skyHeights{}, 0
		for i := range 100 {
			v := look(home, 0, 3*float64(i), 200, 10, -20)
			c := newCamera(&v, home.Height, 320, 180)
			m.cover = skyCover(&c, home.Height, tier(t, "low"))
			l := &m.cover.layer[0]
			wanted, before := l.center, m.kept
			m.keep(&c)
			if m.kept != before {
				moved++
			}
			on := c.eye.Add(c.frame.DirFromLocal(l.center))
			if off, far := on.Sub(m.kept).Len(), l.center.Sub(wanted).Len(); off > 1e-6 || far > 16*l.texel*math.Sqrt(3) {
				t.Fatalf("%v, frame %d: the map is %.2g m from its place, and %.0f m from where it should be", home, i, off, far)
			}
			if at := l.clip.Mul4x1(l.center.Vec4(1)); at.Sub([4]float64{0, 0, 0.5, 1}).Len() > 1e-9 {
				t.Fatalf("its middle is drawn at %v", at)
			}
		}
		if moved < 2 || moved > 24 { // 300 m in steps of 43
			t.Errorf("%v: the map moved %d times", home, moved)
		}
	}
}

// The map of live frames follows what is shifted, meshes and copies, before a camera at rest:
// a roof hides the sky as soon as it is over the eye.
func TestSkyHeightsFollowWhatIsShifted(t *testing.T) {
	roof := &drawable.Mesh{Frame: earth.FrameAt(andorra).Matrix(), Material: drawable.DefaultMaterial()}
	box(roof, roof, -40, -40, 12, 80, 80, 2, [4]uint8{200, 200, 200, 255}, 1)
	copies := &drawable.Instances{Mesh: roof.Bound(), Frame: roof.Frame, Items: []drawable.Instance{{Scale: [2]float32{1, 1}, Color: [4]uint8{255, 255, 255, 255}}}}
	ground := drawable.Draw{What: plane(andorra, 2000, drawable.DefaultMaterial())}
	q := tier(t, "low")
	q.SubFrames = 1
	for _, what := range []drawable.Drawable{roof, copies.Bound()} {
		r := newTestRenderer(t, Options{Width: 64, Height: 36, Quality: q, Live: true, Keep: []string{"skyshare"}})
		f := &Frame{View: look(andorra, 0, 0, 3, 0, -89), Env: daylight(andorra, 180, 40)}
		share := func(r *Renderer, east float64) float64 {
			f.Draws = []drawable.Draw{ground, {What: what, Shift: mgl64.Translate3D(east, 0, 0)}}
			draw(t, r, f)
			sum := 0.0
			p := buffer(t, r, "skyshare")
			for _, x := range p.Data {
				sum += float64(x)
			}
			return sum / float64(len(p.Data))
		}
		aside, over := share(r, 85), share(r, 0)
		drawn := r.heights.drawn
		again := share(r, 0)
		alone := share(newTestRendererOn(t, r, r.options), 0)
		t.Logf("%T: %.3f of the sky aside of the roof, %.3f below it, in a picture of its own %.3f", what, aside, over, alone)
		if math.Abs(over-alone) > 0.02 || over > aside-0.2 {
			t.Errorf("%T: %.3f of the sky aside of the roof, %.3f below it, in a picture of its own %.3f", what, aside, over, alone)
		}
		if r.heights.drawn != drawn || math.Abs(again-over) > 0.02 {
			t.Errorf("%T: at rest the map is drawn again", what)
		}
	}
}

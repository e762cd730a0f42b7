package scene

import (
	"fmt"
	"math"
	"math/rand"
	"reflect"
	"testing"
	"time"

	"github.com/longtake/longtake/geo/earth"
)

func frame(at float64, ease string, c Camera) Keyframe {
	return Keyframe{At: Seconds(at), Camera: c, Ease: ease}
}

func cam(lng, lat, height, heading, pitch float64) Camera {
	return NewCamera(earth.Place{Lng: lng, Lat: lat, Height: height}, heading, pitch)
}

// flights are pairs of poses that are hard in some way.
var flights = []struct {
	name string
	a, b Camera
}{
	{"space to street", cam(1.52, 42.51, 2e7, 0, -90), cam(1.5245, 42.5078, 100, 35, -18)},
	{"half the world to a roof", cam(-100, 10, 2e7, 0, -90), cam(1.5245, 42.5078, 100, 350, -30)},
	{"identical", cam(13, 52, 500, 10, -40), cam(13, 52, 500, 10, -40)},
	{"turn on the spot", cam(13, 52, 500, 350, -40), cam(13, 52, 500, 20, -10)},
	{"straight down", cam(13, 52, 1e6, 0, -90), cam(13, 52, 100, 0, -90)},
	{"antipodes", cam(0, 0, 1e6, 0, -90), cam(180, 0, 1e6, 0, -90)},
	{"near antipodes", cam(10, 30, 5000, 20, -60), cam(-170.001, -29.999, 300, 200, -45)},
	{"across a pole", cam(20, 88, 4000, 0, -50), cam(-160, 88, 4000, 180, -50)},
	{"at a pole", cam(0, 90, 1e5, 0, -90), cam(120, 85, 2000, 30, -40)},
	{"antimeridian", cam(179.9, -17, 2000, 80, -30), cam(-179.9, -17, 2000, 100, -30)},
	{"written beyond 180", cam(179.9, -17, 2000, 80, -30), cam(180.2, -17, 2500, 100, -30)},
	{"horizon", cam(7, 46, 3000, 90, 0), cam(7.1, 46, 3200, 120, 10)},
	{"street to street", cam(7.41, 43.73, 10, 0, -5), cam(7.43, 43.74, 12, 270, -5)},
	{"to a target", cam(7, 46, 3000, 90, -20), func() Camera { c := cam(7.05, 46, 2000, 0, 0); c.Target = &Place{7.06, 46.01, 500}; return c }()},
	{"wide to long lens", func() Camera { c := cam(7, 46, 3000, 90, -20); c.FOV = 90; return c }(), func() Camera { c := cam(7.05, 46, 900, 95, -25); c.FOV = 10; return c }()},
	{"take-off", cam(1.5245, 42.5078, 2, 35, -3), cam(1.52, 42.51, 2e7, 0, -90)},
}

var eases = []string{"linear", "smooth", "in", "out", "zoom", "spline"}

// The properties that every way between two poses has: exact ends, finite numbers, and
// no jump between steps of 1/240 s.
func TestFlightsAreSmooth(t *testing.T) {
	for _, fl := range flights {
		for _, ease := range eases {
			t.Run(fl.name+"/"+ease, func(t *testing.T) {
				s := Story{Keyframes: []Keyframe{frame(0, "", fl.a), frame(10, ease, fl.b)}}
				if got := s.camera(Time{}); !reflect.DeepEqual(got, fl.a) {
					t.Errorf("starts at %+v", got)
				}
				if got := s.camera(Seconds(10)); !reflect.DeepEqual(got, fl.b) {
					t.Errorf("ends at %+v", got)
				}
				before := fl.a.Pose(nil)
				last := fl.a
				for i := int64(1); i <= 2400; i++ {
					c := s.camera(Fraction(i, 240))
					p := c.Pose(nil)
					if x := c.Lng + c.Lat + c.Height + c.Heading + c.Pitch + c.Roll + c.FOV + p.Eye.Len() + p.Up.Len(); math.IsNaN(x) || math.IsInf(x, 0) {
						t.Fatalf("at %d/240 s: %+v", i, c)
					}
					reach := math.Max(math.Max(last.Height, c.Height), 1) // linear flights cross the world low
					if ease != "zoom" {
						reach = math.Max(reach, newArc(fl.a.Lng, fl.a.Lat, fl.b.Lng, fl.b.Lat).angle*earth.A)
					} else {
						reach = math.Max(reach, math.Min(focusOf(last).distance, focusOf(c).distance))
					}
					if d := p.Eye.Sub(before.Eye).Len(); d > 0.05*reach+math.Abs(fl.a.Height-fl.b.Height)/200*indicator(ease != "zoom") {
						t.Fatalf("at %d/240 s the eye jumps %g m at %g m: %+v → %+v", i, d, reach, last, c)
					}
					if d := p.Forward.Sub(before.Forward).Len() + p.Up.Sub(before.Up).Len(); d > 0.12 && !nearPole(c) {
						t.Fatalf("at %d/240 s the view jumps by %g: %+v → %+v", i, d, last, c)
					}
					before, last = p, c
				}
			})
		}
	}
}

func indicator(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func nearPole(c Camera) bool { return math.Abs(c.Lat) > 89.9 }

func TestZoom(t *testing.T) {
	// A landing: width and height fall all the way, and the target stays in the middle.
	z := newZoom(flights[0].a, flights[0].b)
	target := z.fb.place
	h, w := math.Inf(1), math.Inf(1)
	for i := 1; i < 1000; i++ {
		f := float64(i) / 1000
		c := z.at(f)
		width, way := z.path1(f)
		if c.Height >= h || width >= w || way < 0 || way > 1 {
			t.Fatalf("at %v: height %v after %v, width %v after %v", f, c.Height, h, width, w)
		}
		h, w = c.Height, width
		p := c.Pose(nil)
		off := math.Acos(math.Min(1, p.Forward.Dot(target.ECEF().Sub(p.Eye).Normalize())))
		if f > 0.2 && off > earth.Radians(c.FOV)/2 {
			t.Fatalf("at %v the target is %v° off the middle", f, earth.Degrees(off))
		}
	}
	// It looks down while it is high and tilts as it lands.
	if c := z.at(0.3); c.Pitch > -89 {
		t.Errorf("high up it looks at pitch %v", c.Pitch)
	}
	if c := z.at(0.99); c.Pitch < -30 {
		t.Errorf("landing it looks at pitch %v", c.Pitch)
	}
	// Far and low at both ends: it rises between.
	far := newZoom(cam(2.35, 48.85, 500, 0, -45), cam(13.4, 52.5, 500, 0, -45))
	if top := far.at(0.5).Height; top < 2e5 || top > 2e6 {
		t.Errorf("between Paris and Berlin it rises to %v m", top)
	}
	if c := far.at(0.5); c.Pitch > -82 {
		t.Errorf("at the top, where it should look down, it looks at pitch %v", c.Pitch)
	}
	// Headings go the short way.
	near := newZoom(cam(7, 46, 500, 350, -40), cam(7.001, 46, 500, 10, -40))
	for i := 1; i < 100; i++ {
		if h := wrapDegrees(near.at(float64(i) / 100).Heading); math.Abs(h) > 11 {
			t.Fatalf("heading %v", h)
		}
	}
}

// The formulas of the paper: the path starts and ends at the given widths and points,
// and its speed in the paper's metric, ds² = (ρ²du² + dw²/ρ²)/w², is the same everywhere.
func TestZoomFollowsThePaper(t *testing.T) {
	r := rand.New(rand.NewSource(3))
	for range 300 {
		z := newZoom(cam(r.Float64()*360-180, r.Float64()*160-80, math.Pow(10, 1+6*r.Float64()), 0, -90), cam(r.Float64()*360-180, r.Float64()*160-80, math.Pow(10, 1+6*r.Float64()), 0, -90))
		w0, u0 := z.path1(0)
		w1, u1 := z.path1(1)
		if math.Abs(w0/z.w0-1) > 1e-9 || math.Abs(w1/z.w1-1) > 1e-6 || math.Abs(u0) > 1e-9 || math.Abs(u1-1) > 1e-6 {
			t.Fatalf("ends: %v of %v, %v of %v, %v, %v", w0, z.w0, w1, z.w1, u0, u1)
		}
		const step = 1e-5
		for _, f := range []float64{0.1, 0.35, 0.5, 0.8} {
			wa, ua := z.path1(f - step)
			wb, ub := z.path1(f + step)
			wm, _ := z.path1(f)
			du, dw := (ub-ua)*z.u1, wb-wa
			// The paper's eq. 6: speed² = ρ²u'²/w² + w'²/(ρ²w²), with s in units where it is 1.
			speed := math.Sqrt(zoomRho*zoomRho*du*du+dw*dw/(zoomRho*zoomRho)) / wm / (2 * step)
			if math.Abs(speed/z.span-1) > 1e-3 {
				t.Fatalf("speed %v at %v, want %v (%v → %v over %v m)", speed, f, z.span, z.w0, z.w1, z.u1)
			}
		}
	}
}

func TestSplinePassesThroughKeyframes(t *testing.T) {
	s := Story{}
	for i, c := range []Camera{cam(0, 0, 100, 0, -10), cam(0.01, 0, 300, 90, -30), cam(0.02, 0.01, 50, 180, -5), cam(0.02, 0.03, 60, 200, -5)} {
		s.Keyframes = append(s.Keyframes, frame(float64(i*i), "spline", c))
	}
	speed := func(t, dt float64) float64 {
		a, b := s.camera(Seconds(t)).Pose(nil), s.camera(Seconds(t+dt)).Pose(nil)
		return b.Eye.Sub(a.Eye).Len() / math.Abs(dt)
	}
	for _, k := range s.Keyframes[1:3] {
		at := k.At.Seconds()
		if !reflect.DeepEqual(s.camera(k.At), k.Camera) {
			t.Errorf("at %v: %+v", at, s.camera(k.At))
		}
		before, after := speed(at, -1e-4), speed(at, 1e-4)
		if math.Abs(before-after) > 0.01*before {
			t.Errorf("speed %v before and %v after the keyframe at %v s", before, after, at)
		}
	}
	for i := 0; i < 900; i++ {
		if h := s.camera(Fraction(int64(i), 100)).Height; h < 50 || h > 300 {
			t.Fatalf("height overshoots to %v", h)
		}
	}
}

func TestHoldAndCut(t *testing.T) {
	a, b, c := cam(0, 0, 10, 0, 0), cam(1, 0, 20, 0, 0), cam(2, 0, 30, 0, 0)
	s := Story{Keyframes: []Keyframe{frame(1, "", a), frame(2, "linear", b), frame(5, "cut", c)}}
	s.Keyframes[0].Hold = Seconds(0.5)
	for at, want := range map[float64]float64{0: 10, 1: 10, 1.5: 10, 1.75: 15, 2: 20, 4.999: 20, 5: 30, 99: 30} {
		if got := s.camera(Seconds(at)).Height; math.Abs(got-want) > 1e-9 {
			t.Errorf("at %v s: height %v, want %v", at, got, want)
		}
	}
	if s.Length() != Seconds(5) {
		t.Errorf("length %v", s.Length())
	}
}

func TestMoment(t *testing.T) {
	d := parseFile(t, "full.yaml")
	at := func(s float64) Moment { return d.At(Seconds(s)) }
	if m := at(0); m.Chapter != "one" || m.Caption != "First: hello" || m.Set["a"]["opacity"] != 0.25 || m.Set["c"]["visible"] != true {
		t.Errorf("at 0: %+v", m) // c has a transition of 1 s and stays visible through it
	}
	if m := at(1); m.Set["c"]["visible"] != false {
		t.Errorf("at 1: %+v", m.Set)
	}
	if m := at(2.5); m.Chapter != "" || m.Set["a"]["color"] != "#ff0000" || m.Set["a"]["windows.lit"] != nil {
		t.Errorf("at 2.5: %+v", m)
	}
	if m := at(4); m.Chapter != "two" || m.Set["a"]["color"] != "#808000" || math.Abs(m.Set["a"]["windows.lit"].(float64)-0.45) > 1e-12 {
		t.Errorf("at 4: %+v", m.Set)
	}
	if m := at(9); m.Set["a"]["color"] != "#00ff00" || m.Set["a"]["windows.lit"] != 0.0 || m.Set["a"]["opacity"] != 0.25 {
		t.Errorf("at 9: %+v", m.Set)
	}
	if got, want := at(2).SceneTime, time.Date(2026, 6, 21, 20, 42, 0, 0, time.UTC); !got.Equal(want) {
		t.Errorf("60 scene seconds a second: %v, want %v", got, want)
	}
	l, err := d.Layer("a").With(at(4).Set["a"])
	if err != nil || l.Props.(*buildings).Color != "#808000" || l.Opacity != 0.25 || math.Abs(l.Props.(*buildings).Windows.Lit-0.45) > 1e-12 {
		t.Errorf("With: %+v %v", l, err)
	}
	if d.Layer("a").Opacity != 1 || d.Layer("a").Props.(*buildings).Windows.Lit != 0.9 {
		t.Error("With changed the document")
	}
	if _, err := l.With(map[string]any{"opacity": 7.0, "nope": 1.0}); err == nil {
		t.Error("With takes anything")
	}
}

// At is a function of time alone: asking in another order gives the same.
func TestAtIsPure(t *testing.T) {
	d := parseFile(t, "full.yaml")
	want := make([]Moment, 70)
	for i := range want {
		want[i] = d.At(Fraction(int64(i), 10))
	}
	for _, i := range rand.New(rand.NewSource(4)).Perm(len(want)) {
		if got := d.At(Fraction(int64(i), 10)); !reflect.DeepEqual(got, want[i]) {
			t.Fatalf("at %d: %+v, want %+v", i, got, want[i])
		}
	}
	m := d.At(Seconds(2.5))
	m.Camera.Target.Lng = 77
	if d.Story.Keyframes[1].Camera.Target.Lng == 77 {
		t.Error("a moment shares memory with the document")
	}
}

func TestMix(t *testing.T) {
	for _, c := range []struct {
		a, b any
		f    float64
		want any
	}{
		{0.0, 10.0, 0.25, 2.5}, {"#000000", "#ffffff", 0.5, "#808080"}, {"#00000000", "#ffffffff", 0.5, "#80808080"},
		{false, true, 0.01, true}, {true, false, 0.99, true}, {true, false, 1, false}, {"agx", "neutral", 0.1, "neutral"},
		{[]any{0.0, "#000000"}, []any{1.0, "#ff0000"}, 0.5, []any{0.5, "#800000"}}, {nil, 1.0, 0.5, 1.0},
		{"#ff0000", map[string]any{"field": "v"}, 0.1, map[string]any{"field": "v"}}, {map[string]any{"field": "v"}, "#ff0000", 0.1, "#ff0000"},
		{[]any{0.0}, []any{1.0, 2.0}, 0.1, []any{1.0, 2.0}},
	} {
		if got := mix(c.a, c.b, c.f); !reflect.DeepEqual(got, c.want) {
			t.Errorf("mix(%v, %v, %v) = %v, want %v", c.a, c.b, c.f, got, c.want)
		}
	}
}

func TestNoCamera(t *testing.T) {
	d := New()
	if m := d.At(Seconds(1)); m.HasCamera || m.Chapter != "" || len(m.Set) != 0 {
		t.Errorf("%+v", m)
	}
	c := cam(90, 0, 10, 0, 0)
	d.Camera = &c
	if m := d.At(Seconds(-1)); !m.HasCamera || m.SceneTime.Hour() != 9 { // 15:00 at 90° east
		t.Errorf("%+v", m)
	}
}

func ExampleDocument_At() {
	d, err := Parse("scene.yaml", []byte(`
longtake: 1
story:
  keyframes:
    - { at: 0s, camera: { lng: 0, lat: 0, height: 1000 } }
    - { at: 10s, camera: { height: 2000 }, ease: linear }
`), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(d.At(Seconds(2.5)).Camera.Height)
	// Output: 1250
}

func TestViews(t *testing.T) {
	d, err := Parse("views.yaml", []byte("longtake: 1\nviews:\n  - { name: a, camera: { lng: 1, lat: 2, height: 30, pitch: -10 } }\nstory:\n  keyframes:\n    - { at: 0s, camera: { lng: 5 } }\n  chapters:\n    - { id: b, from: 0s }\nlayers: []\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if c, ok := d.View("a"); !ok || c.FOV != DefaultFOV || c.Pitch != -10 || c.Frame != "earth" {
		t.Errorf("view a: %v, %+v", ok, c)
	}
	if c, ok := d.View("b"); !ok || c.Lng != 5 {
		t.Errorf("chapter b: %v, %+v", ok, c)
	}
	if _, ok := d.View("c"); ok {
		t.Error("view c was found")
	}
	_, err = Parse("views.yaml", []byte("longtake: 1\nviews:\n  - { name: a, camera: { lat: 1 } }\n  - { name: a, camera: { lat: 2 } }\nlayers: []\n"), nil)
	if err == nil {
		t.Error("a name was given twice")
	}
}

// A camera goes from the ellipsoid to the ground and back without a step, whatever eases it.
func TestHeightsChangeWhatTheyCountFrom(t *testing.T) {
	const ground = 700.0
	flat := func(float64, float64) float64 { return ground }
	for _, ease := range []string{"smooth", "linear", "in", "out", "zoom", "spline"} {
		doc, err := Parse("a.yaml", []byte(`longtake: 1
story:
  keyframes:
    - { at: 0s, camera: { lng: 7, lat: 43, height: 60000, pitch: -80 } }
    - { at: 10s, camera: { lng: 7.01, lat: 43, height: 200, above: ground, pitch: -30 }, ease: `+ease+` }
    - { at: 20s, camera: { lng: 7.01, lat: 43, height: 60000, above: ellipsoid, pitch: -80 }, ease: `+ease+` }
`), nil)
		if err != nil {
			t.Fatal(err)
		}
		height := func(at float64) float64 {
			return earth.FromECEF(doc.At(Seconds(at)).Camera.Pose(flat).Eye).Height
		}
		for at, want := range map[float64]float64{0: 60000, 10: 900, 20: 60000} {
			if got := height(at); math.Abs(got-want) > 0.01 {
				t.Errorf("%s: %v m at %v s, want %v", ease, got, at, want)
			}
		}
		for at, was := 0.01, height(0); at <= 20; at += 0.01 {
			now := height(at)
			if down := at <= 10; now < ground+150 || (now > was+1e-6) == down && math.Abs(now-was) > 1e-6 || math.Abs(now-was) > 900 {
				t.Fatalf("%s: from %v to %v m at %v s", ease, was, now, at)
			}
			was = now
		}
	}
	// Fast down to just above a plateau, then on to one above the ground: neither into it, nor with a jerk.
	const plateau = 2000.0
	for _, ease := range []string{"smooth", "linear", "in", "out", "zoom", "spline"} {
		doc, err := Parse("a.yaml", []byte(`longtake: 1
story:
  keyframes:
    - { at: 0s, camera: { lng: 7, lat: 43, height: 9000, target: { lng: 7.1, lat: 43, height: 8000 } } }
    - { at: 2s, camera: { lng: 7, lat: 43, height: 2300, target: { lng: 7.1, lat: 43, height: 2250 } }, ease: `+ease+` }
    - { at: 12s, camera: { lng: 7, lat: 43, height: 100, above: ground, target: { lng: 7.1, lat: 43, height: 50 } }, ease: `+ease+` }
    - { at: 14s, camera: { lng: 7, lat: 43, height: 9000, above: ground, target: { lng: 7.1, lat: 43, height: 8000 } }, ease: `+ease+` }
`), nil)
		if err != nil {
			t.Fatal(err)
		}
		for at := 0.0; at <= 14; at += 0.01 {
			c := doc.At(Seconds(at)).Camera
			eye := earth.FromECEF(c.Pose(func(float64, float64) float64 { return plateau }).Eye).Height - plateau
			target := 100.0
			if c.Target != nil { // else the zoom has made it a direction
				target = c.Target.Height + (c.grounded()-1)*plateau
			}
			if eye < 100-1e-6 || target < 50-1e-6 || at > 2 && at < 12 && (eye > 300+1e-6 || target > 250+1e-6) {
				t.Fatalf("%s: the eye is %v m and its target %v m above the plateau at %v s", ease, eye, target, at)
			}
		}
		speed := func(at float64) float64 {
			low, high := doc.At(Seconds(at)).Camera, doc.At(Seconds(at+0.001)).Camera
			return (high.Height + high.grounded()*plateau - low.Height - low.grounded()*plateau) / 0.001
		}
		if a, b := speed(1.998), speed(2.001); ease == "spline" && math.Abs(a-b) > 60 {
			t.Errorf("from %v to %v m/s where heights begin to count from the ground", a, b)
		}
	}
	// Evenly, where the way is even and so is the ground.
	doc, err := Parse("a.yaml", []byte("longtake: 1\nstory: { keyframes: [{ at: 0s, camera: { height: 1000 } }, { at: 10s, camera: { height: 300, above: ground }, ease: linear }] }\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := earth.FromECEF(doc.At(Seconds(5)).Camera.Pose(flat).Eye).Height; math.Abs(got-1000) > 1e-6 {
		t.Errorf("halfway from 1000 m to 300 m above ground at 700 m: %v m", got)
	}
}

package scene

import (
	"encoding/json"
	"math"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
)

func vectors(t *testing.T, name string, into any) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func near(t *testing.T, what string, got, want mgl64.Vec3, tol float64) {
	t.Helper()
	if d := got.Sub(want).Len(); !(d <= tol) {
		t.Errorf("%s: got %v, want %v (%g off)", what, got, want, d)
	}
}

func TestPoseVectors(t *testing.T) {
	var g struct {
		Poses []struct {
			Camera                  Camera
			Eye, Right, Up, Forward mgl64.Vec3
		}
	}
	vectors(t, "poses.json", &g)
	for _, c := range g.Poses {
		p := c.Camera.Pose(nil)
		near(t, "eye", p.Eye, c.Eye, 1e-7)
		near(t, "right", p.Right, c.Right, 1e-12)
		near(t, "up", p.Up, c.Up, 1e-12)
		near(t, "forward", p.Forward, c.Forward, 1e-12)
		if v := p.View().Mul4x1(p.Forward.Vec4(0)); v.Sub(mgl64.Vec4{0, 0, -1, 0}).Len() > 1e-12 {
			t.Errorf("view matrix looks along %v", v)
		}
	}
	if len(g.Poses) < 8 {
		t.Fatal("vectors are missing")
	}
}

func TestWebMapVectors(t *testing.T) {
	var g struct {
		Maps []struct {
			Map                   WebMap
			Height, FOV, Distance float64
			Eye, Forward, Up      mgl64.Vec3
		}
	}
	vectors(t, "webmap.json", &g)
	for _, c := range g.Maps {
		cam := c.Map.Camera(c.Height, c.FOV)
		p := cam.Pose(nil)
		near(t, "eye", p.Eye, c.Eye, 1e-9*c.Distance+1e-6)
		near(t, "forward", p.Forward, c.Forward, 1e-9)
		near(t, "up", p.Up, c.Up, 1e-7)
		back, err := cam.WebMap(c.Height, 0, nil)
		if err != nil {
			t.Fatal(err)
		}
		d := math.Abs(back.Zoom-c.Map.Zoom) + math.Abs(back.Lng-c.Map.Lng) + math.Abs(back.Lat-c.Map.Lat) + math.Abs(wrapDegrees(back.Bearing-c.Map.Bearing)) + math.Abs(back.Pitch-c.Map.Pitch)
		if !(d < 1e-6) {
			t.Errorf("round trip: %+v, want %+v", back, c.Map)
		}
	}
	if _, err := NewCamera(earth.Place{Height: 100}, 0, 10).WebMap(500, 0, nil); err != ErrNoFocus {
		t.Errorf("a camera that looks up: %v", err)
	}
}

func TestPolarisVectors(t *testing.T) {
	var g struct {
		Codes []struct {
			Code             string
			Canvas, FOV      float64
			Center           [2]float64
			Eye, Forward, Up mgl64.Vec3
		}
	}
	vectors(t, "polaris.json", &g)
	for _, c := range g.Codes {
		s := Polaris{CanvasHeight: c.Canvas, FOV: c.FOV, Lng: c.Center[0], Lat: c.Center[1]}
		cam, err := s.Parse(c.Code)
		if err != nil {
			t.Fatal(err)
		}
		p := cam.Pose(nil)
		near(t, "eye", p.Eye, c.Eye, 1e-6)
		near(t, "forward", p.Forward, c.Forward, 1e-9)
		near(t, "up", p.Up, c.Up, 1e-7)
		altitude := 0.0
		if strings.Contains(c.Code, "|35.00000|") {
			altitude = 35
		}
		code, err := s.Code(int(c.Code[0]-'0'), cam, altitude, nil)
		if err != nil || code != c.Code {
			t.Errorf("written as %s (%v), want %s", code, err, c.Code)
		}
	}
	for _, bad := range []string{"", "2|0|0|0|0|0|0", "1|0|0|0|0|0", "1|x|0|0|0|0|0", "1|0|95|0|0|0|0", "1|0|0|0|4|0|0", "1|NaN|0|0|0|0|0"} {
		if _, err := (Polaris{}).Parse(bad); err == nil {
			t.Errorf("%q is read", bad)
		}
	}
}

func TestCesium(t *testing.T) {
	c := NewCamera(earth.Place{Lng: 90, Lat: -45, Height: 10}, 180, -90)
	c.FOV = 60
	v := c.Cesium(2, nil)
	want := CesiumView{Lng: math.Pi / 2, Lat: -math.Pi / 4, Height: 10, Heading: math.Pi, Pitch: -math.Pi / 2, FOV: 2 * math.Atan(2/math.Sqrt(3))}
	if math.Abs(v.FOV-want.FOV) > 1e-12 {
		t.Errorf("fov %v, want %v", v.FOV, want.FOV)
	}
	v.FOV = want.FOV
	if v != want {
		t.Errorf("got %+v, want %+v", v, want)
	}
	if back := v.Camera(2); math.Abs(back.FOV-60) > 1e-9 || math.Abs(back.Heading-180) > 1e-9 {
		t.Errorf("back: %+v", back)
	}
	c.Target, c.Lat = &Place{90, 0, 10}, -1
	if v := c.Cesium(0.5, nil); math.Abs(v.Heading) > 1e-9 || v.Pitch > 0 || math.Abs(v.FOV-math.Pi/3) > 1e-12 {
		t.Errorf("target: %+v", v)
	}
}

func TestPoseRoundTrip(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for i := 0; i < 2000; i++ {
		c := NewCamera(earth.Place{Lng: r.Float64()*360 - 180, Lat: r.Float64()*180 - 90, Height: math.Pow(10, r.Float64()*8)}, r.Float64()*360, r.Float64()*180-90)
		c.Roll = r.Float64()*360 - 180
		c.FOV = 1 + r.Float64()*120
		if i%10 == 0 { // straight down and up, where roll is folded into heading
			c.Pitch, c.Roll = math.Copysign(90, float64(i%20)-5), 0
		}
		b := FromPose(c.Pose(nil))
		tol := 1e-6 / math.Max(1e-3, math.Cos(earth.Radians(c.Lat)))
		d := math.Abs(wrapDegrees(b.Lng-c.Lng)) + math.Abs(b.Lat-c.Lat) + math.Abs(b.Pitch-c.Pitch) + math.Abs(wrapDegrees(b.Heading-c.Heading)) + math.Abs(wrapDegrees(b.Roll-c.Roll))
		if !(d < tol) || math.Abs(b.Height-c.Height) > 1e-6 {
			t.Fatalf("%+v\n%+v", c, b)
		}
		p := c.Pose(nil)
		if math.Abs(p.Right.Dot(p.Up)) > 1e-12 || p.Right.Cross(p.Up).Add(p.Forward).Len() > 1e-12 {
			t.Fatalf("axes of %+v are not square and right-handed", c)
		}
	}
}

func TestTargetAndGround(t *testing.T) {
	c := NewCamera(earth.Place{Lng: 10, Lat: 45, Height: 500}, 123, 45)
	c.Target = &Place{Lng: 10.01, Lat: 45.01, Height: 20}
	p := c.Pose(nil)
	want := earth.Place{Lng: 10.01, Lat: 45.01, Height: 20}.ECEF().Sub(p.Eye).Normalize()
	near(t, "towards the target", p.Forward, want, 1e-12)
	if p.Right.Dot(c.Place().Up()) > 1e-12 {
		t.Error("not upright")
	}
	c.Above = "ground"
	p = c.Pose(func(lng, lat float64) float64 { return 1000 * (lng - 9) })
	eye := earth.FromECEF(p.Eye)
	at := earth.Place{Lng: 10.01, Lat: 45.01, Height: 1030}.ECEF().Sub(p.Eye).Normalize()
	if math.Abs(eye.Height-1500) > 1e-6 {
		t.Errorf("height %v, want 500 above ground at 1000", eye.Height)
	}
	near(t, "towards the target on the ground", p.Forward, at, 1e-9)
}

func TestCameraJSON(t *testing.T) {
	r := rand.New(rand.NewSource(2))
	for range 1000 {
		c := NewCamera(earth.Place{Lng: r.NormFloat64(), Lat: r.NormFloat64(), Height: r.ExpFloat64() * 1e21}, r.Float64(), r.Float64())
		c.Roll, c.FOV = r.NormFloat64(), r.Float64()
		c.Target = &Place{r.Float64(), r.Float64(), 1 / r.Float64()}
		data, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		var b Camera
		if err := json.Unmarshal(data, &b); err != nil || *b.Target != *c.Target {
			t.Fatal(err)
		}
		b.Target = c.Target
		if b != c {
			t.Fatalf("%+v\n%+v", b, c)
		}
	}
	var c Camera
	if err := json.Unmarshal([]byte(`{"lng": 1}`), &c); err != nil || c.FOV != DefaultFOV || c.V != 1 || c.Frame != "earth" {
		t.Errorf("defaults: %+v, %v", c, err)
	}
	c.Lat, c.FOV, c.Frame = 91, 0, "moon"
	if err := c.Valid(); err == nil || strings.Count(err.Error(), "\n") != 2 {
		t.Errorf("got %v, want three errors", err)
	}
}

func TestFlags(t *testing.T) {
	c, err := ParseCamera("1.5, 42.5, 1400, 35, -18, 2")
	if err != nil || c.Lng != 1.5 || c.Pitch != -18 || c.Roll != 2 || c.FOV != DefaultFOV {
		t.Errorf("%+v %v", c, err)
	}
	for _, bad := range []string{"", "1,2,3", "1,2,3,4,x", "1,95,3,4,5", "1,2,3,4,NaN", "1,2,3,4,5,6,7"} {
		if _, err := ParseCamera(bad); err == nil {
			t.Errorf("camera %q is read", bad)
		}
	}
	o, err := ParseOrbit("12,89.9,500,100,-90")
	if err != nil || o.Turn != -90 {
		t.Fatalf("%+v %v", o, err)
	}
	f := earth.FrameAt(earth.Place{Lng: 12, Lat: 89.9, Height: 50})
	for _, share := range []float64{0, 0.5, 1} {
		c := o.Camera(share, 50)
		v := f.Local(earth.Place{Lng: c.Lng, Lat: c.Lat, Height: 50})
		if d := math.Hypot(v[0], v[1]); math.Abs(d-500) > 0.1 || c.Height != 150 {
			t.Errorf("at %v: %v m from the centre, height %v", share, d, c.Height)
		}
	}
	if c := o.Camera(0, 0); math.Abs(c.Lat-(89.9-500/111700.0)) > 1e-4 {
		t.Errorf("the flight starts at latitude %v, not south", c.Lat)
	}
	if c := o.Camera(1, 0); wrapDegrees(c.Lng-12) < 0 { // turning counter-clockwise from south leads east
		t.Errorf("the flight ends at longitude %v", c.Lng)
	}
	s := o.Story(Seconds(10), 50)
	if len(s.Keyframes) != 7 || s.Length() != Seconds(10) {
		t.Errorf("%d keyframes, %v", len(s.Keyframes), s.Length())
	}
	for i := 0; i <= 100; i++ {
		c := s.camera(Fraction(int64(i), 10))
		v := f.Local(earth.Place{Lng: c.Lng, Lat: c.Lat, Height: 50})
		if d := math.Hypot(v[0], v[1]); math.Abs(d-500) > 1 {
			t.Errorf("the spline leaves the circle: %v m", d)
		}
	}
}

// A camera that comes from afar and lands stops where it should: it does not fly past, which
// would be through the wall behind, and come back.
func TestSplineLands(t *testing.T) {
	camera := func(lng float64) Camera { return Camera{Lng: lng, Lat: 1, Height: 100, FOV: 50} }
	for name, lngs := range map[string][]float64{"landing": {0, 1, 1.001, 1.0012}, "starting": {0, 0.0002, 0.001, 1}} {
		s := Story{}
		for i, lng := range lngs {
			s.Keyframes = append(s.Keyframes, Keyframe{At: Seconds(float64(3 * i)), Camera: camera(lng), Ease: "spline"})
		}
		last := -1.0
		for i := 0; i <= 900; i++ {
			lng := s.camera(Fraction(int64(i), 100)).Lng
			if lng < last-1e-12 {
				t.Errorf("%s: after %d ms it goes back from %v to %v", name, 10*i, last, lng)
				break
			}
			last = lng
		}
	}
}

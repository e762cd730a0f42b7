package pipeline

import (
	"image"
	"math"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/grade"
)

// mid is the colour of the middle of a picture.
func mid(img *image.NRGBA) [3]uint8 {
	b := img.Bounds()
	c := img.NRGBAAt(b.Dx()/2, b.Dy()/2)
	return [3]uint8{c.R, c.G, c.B}
}

func far(a, b [3]uint8) (most int) {
	for k := range a {
		most = max(most, max(int(a[k]), int(b[k]))-min(int(a[k]), int(b[k])))
	}
	return most
}

// Colours of data come out as they were given, whatever the light, the curve and the grade.
func TestDataColoursAreExact(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	frame := earth.FrameAt(home).Matrix()
	want := [4]uint8{230, 60, 20, 255}
	above := earth.Place{Lng: 7, Lat: 43, Height: 0.1}
	model := plane(above, 30, &drawable.Material{Name: "unlit", Model: drawable.Unlit, Color: [4]float32{1, 1, 1, 1}})
	area := plane(above, 30, &drawable.Material{Name: "area", Model: drawable.Unlit, Blend: drawable.Alpha, Color: [4]float32{1, 1, 1, 1}})
	for _, m := range []*drawable.Mesh{model, area} {
		for i := range m.Vertices {
			m.Vertices[i].Color = want
		}
	}
	line := &drawable.Lines{Frame: frame, Blend: drawable.Alpha, Emission: 1, Starts: []uint32{0}}
	for _, x := range []float32{-30, 30} {
		line.Vertices = append(line.Vertices, drawable.LineVertex{Position: [3]float32{x, 0, 0.1}, Width: 400, Color: want})
	}
	point := &drawable.Points{Frame: frame, Blend: drawable.Alpha, Emission: 1, Vertices: []drawable.PointVertex{{Position: [3]float32{0, 0, 0.1}, Color: want, Size: 500}}}
	negative := &grade.Table{Size: 2, Max: [3]float32{1, 1, 1}, Values: [][3]float32{{1, 1, 1}, {0, 0, 0}}}
	ground := plane(home, 400, drawable.DefaultMaterial())
	for _, live := range []bool{false, true} {
		q := tier(t, "low")
		q.SubFrames = 2
		r := newTestRenderer(t, Options{Width: 96, Height: 54, Quality: q, Live: live})
		for name, what := range map[string]drawable.Drawable{"model": model, "area": area, "line": line.Bound(), "point": point.Bound()} {
			for curve, sun := range []float64{50, -10, 5} {
				f := &Frame{View: look(home, 0, 0, 9, 0, -90), Draws: []drawable.Draw{{What: ground}, {What: what}},
					Env: Environment{Sun: sunOver(home, sun, 90), Haze: 1, AutoExposure: true, GlobeHeight: -50, ToneMap: ToneMap(curve), Grade: negative}}
				for range 2 {
					draw(t, r, f)
					f.Previous = &f.View
				}
				got := mid(readImage(t, r))
				if far(got, [3]uint8(want[:3])) > 1 {
					t.Errorf("%s, live %v, sun %v, curve %d: %v, want %v", name, live, sun, curve, got, want)
				}
			}
		}
	}
}

// A curve and a cube of a .cube file do on the GPU what they do in Go.
func TestGrade(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	q := tier(t, "draft")
	r := newTestRenderer(t, Options{Width: 64, Height: 36, Quality: q})
	f := &Frame{View: look(home, 0, 0, 9, 0, -60), Draws: []drawable.Draw{{What: plane(home, 400, drawable.DefaultMaterial())}},
		Env: Environment{Sun: sunOver(home, 20, 90), Haze: 1, Exposure: 13, GlobeHeight: -50}}
	draw(t, r, f)
	plain := mid(readImage(t, r))
	cube := &grade.Table{Size: 5, Cube: true, Min: [3]float32{-0.5, 0, 0}, Max: [3]float32{1.5, 1, 1}}
	for i := range 125 {
		x, y, z := float32(i%5)/4, float32(i/5%5)/4, float32(i/25)/4
		cube.Values = append(cube.Values, [3]float32{z * z, x * y, 1 - y})
	}
	curve := &grade.Table{Size: 6, Max: [3]float32{1, 2, 1}}
	for i := range curve.Size {
		x := float32(i) / 5
		curve.Values = append(curve.Values, [3]float32{x * x, x, 1 - x})
	}
	for name, table := range map[string]*grade.Table{"cube": cube, "curve": curve} {
		f.Env.Grade = table
		draw(t, r, f)
		got := mid(readImage(t, r))
		v := table.At([3]float64{float64(plain[0]) / 255, float64(plain[1]) / 255, float64(plain[2]) / 255})
		want := [3]uint8{}
		for k := range want {
			want[k] = uint8(math.Round(math.Min(math.Max(float64(v[k]), 0), 1) * 255))
		}
		if far(got, want) > 2 {
			t.Errorf("%s: %v becomes %v, want %v", name, plain, got, want)
		}
	}
	f.Env.Grade = nil
	draw(t, r, f)
	if got := mid(readImage(t, r)); got != plain {
		t.Errorf("without a grade %v, at first %v", got, plain)
	}
}

// A fixed exposure does not follow what else is in the picture; an automatic one does.
func TestExposureIsHeld(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	r := newTestRenderer(t, Options{Width: 64, Height: 36, Quality: tier(t, "draft")})
	dark := drawable.DefaultMaterial()
	dark.Color = [4]float32{0.01, 0.01, 0.01, 1}
	grey := drawable.DefaultMaterial()
	grey.Color = [4]float32{0.3, 0.3, 0.3, 1}
	var seen [2][2][3]uint8
	for auto := range 2 {
		for i, m := range []*drawable.Material{drawable.DefaultMaterial(), dark} {
			f := &Frame{View: look(home, 0, 0, 60, 0, -90), Env: Environment{Sun: sunOver(home, 50, 90), Haze: 1, AutoExposure: auto == 1, Exposure: 14.5, GlobeHeight: -50},
				Draws: []drawable.Draw{{What: plane(home, 400, m)}, {What: plane(earth.Place{Lng: 7, Lat: 43, Height: 0.1}, 5, grey)}}}
			draw(t, r, f)
			seen[auto][i] = mid(readImage(t, r))
		}
	}
	if d := far(seen[0][0], seen[0][1]); d > 2 {
		t.Errorf("held: %v beside white and %v beside black", seen[0][0], seen[0][1])
	}
	if d := far(seen[1][0], seen[1][1]); d < 10 {
		t.Errorf("automatic: %v beside white and %v beside black", seen[1][0], seen[1][1])
	}
}

// By day the exposure opens to what is dark where there is a roof over the eye, more than to
// what is dark outdoors.
func TestExposureOpensUnderARoof(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	q := tier(t, "high")
	q.SubFrames = 1
	r := newTestRenderer(t, Options{Width: 160, Height: 90, Quality: q})
	dark := drawable.DefaultMaterial()
	dark.Color = [4]float32{0.01, 0.01, 0.01, 1}
	ground := drawable.Draw{What: plane(home, 4000, dark)}
	roof := drawable.Draw{What: plane(earth.Place{Lng: 7, Lat: 43, Height: 13}, 8, dark)}
	seen := func(draws ...drawable.Draw) [3]uint8 {
		draw(t, r, &Frame{View: look(home, 0, 0, 10, 0, -25), Draws: draws, Env: Environment{Sun: sunOver(home, 50, 180), Haze: 1, AutoExposure: true, GlobeHeight: -50}})
		return mid(readImage(t, r))
	}
	if open, under := seen(ground), seen(ground, roof); int(under[1]) < int(open[1])+8 {
		t.Errorf("dark ground is %v from the open and %v from under a roof", open, under)
	}
}

// A town's lamps at night are as bright from the air, where they are a small part of the
// picture, as they are near.
func TestExposureOpensForLampsFromAbove(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	r := newTestRenderer(t, Options{Width: 160, Height: 90, Quality: tier(t, "draft")})
	dark, lamps := drawable.DefaultMaterial(), drawable.DefaultMaterial()
	dark.Color = [4]float32{0.01, 0.01, 0.01, 1}
	lamps.Color = dark.Color
	lamps.Emission = [3]float32{0.06, 0.04, 0.02}
	seen := func(height float64) [3]uint8 {
		draw(t, r, &Frame{View: look(home, 0, 0, height, 0, -90), Env: Environment{Sun: sunOver(home, -40, 90), Haze: 1, AutoExposure: true, GlobeHeight: -50},
			Draws: []drawable.Draw{{What: plane(home, 30000, dark)}, {What: plane(earth.Place{Lng: 7, Lat: 43, Height: 0.1}, 400, lamps)}}})
		return mid(readImage(t, r))
	}
	near, high := seen(300), seen(6000)
	t.Logf("from 300 m %v, from 6 km %v", near, high)
	if int(high[0]) < int(near[0])-20 {
		t.Errorf("lamps are %v near and %v from the air", near, high)
	}
}

// From orbit the exposure is the night's where no part of what is seen has sun, and the
// day's where a part has.
func TestExposureFromOrbit(t *testing.T) {
	e := &Environment{AutoExposure: true}
	for _, c := range []struct{ sun, km, least, most float64 }{
		{-50, 400, -1, 2}, {-90, 2e4, -1, 2}, {-10, 400, 7, 15}, {40, 400, 14, 15}, {-60, 3.6e4, 14, 15}, {-40, 1, 3.6, 3.8},
	} {
		if ev := sceneEV(e, c.sun, c.km); ev < c.least || ev > c.most {
			t.Errorf("sun at %g degrees, %g km up: EV %.2f, want %g to %g", c.sun, c.km, ev, c.least, c.most)
		}
	}
}

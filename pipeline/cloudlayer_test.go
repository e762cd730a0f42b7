package pipeline

import (
	"math"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/sky"
)

// fieldTwin is the layer's field as cloud_layer.glsl makes it of a tile, at its finest level.
type fieldTwin struct{ tile []byte }

func newFieldTwin(t *testing.T) fieldTwin {
	home := earth.Place{Lng: 7, Lat: 43}
	r := newTestRenderer(t, Options{Width: 32, Height: 18, Quality: tier(t, "draft")})
	draw(t, r, &Frame{View: look(home, 0, 0, 2, 0, 20), Env: Environment{Sun: sunOver(home, 40, 90), Haze: 1, Exposure: 14, Clouds: 0.5}})
	f := fieldTwin{tile: make([]byte, layerTexels*layerTexels)}
	if err := r.air.layer.Read(0, f.tile); err != nil {
		t.Fatal(err)
	}
	return f
}

// turned is the tile, less its mean, at coordinates turned and scaled by a + ib in 64ths.
func (f fieldTwin) turned(u, v, a, b float64) float64 {
	u, v = (a*u-b*v)/64, (b*u+a*v)/64
	i, j := int(math.Floor(u*layerTexels))&(layerTexels-1), int(math.Floor(v*layerTexels))&(layerTexels-1)
	return float64(f.tile[j*layerTexels+i])/255 - layerMean
}

func (f fieldTwin) at(u, v, banks float64) float64 {
	x := 0.49*f.turned(u, v, 64, 0) + 0.454*f.turned(u, v, 90, 63) + 0.15*f.turned(u, v, -351, 467)
	return layerMean + math.Sqrt(1-banks*banks)*x + 0.685*banks*f.turned(u, v, 7, 3)
}

// alpha is what the layer hides where its field has a value.
func layerAlphaOf(v, cover float64) float64 {
	x := math.Max((v-layerCut(cover))/0.24, 0)
	if x < 1 {
		x = x * x * (3 - 2*x)
	}
	return 1 - math.Exp(-5*x*x)
}

// The share of the sky that clouds hide is the cover that was asked for, near the eye and far
// from it, where there are banks.
func TestCloudCover(t *testing.T) {
	f := newFieldTwin(t)
	for _, banks := range []float64{0, 0.55} {
		var field []float64
		for i := range 120_000 {
			field = append(field, f.at(math.Mod(float64(i)*0.7548776662, 1)*layerRepeat, math.Mod(float64(i)*0.5698402910, 1)*layerRepeat, banks))
		}
		for _, cover := range []float64{0.05, 0.25, 0.5, 0.75, 0.95} {
			mean := 0.0
			for _, v := range field {
				mean += layerAlphaOf(v, cover) / float64(len(field))
			}
			t.Logf("banks %.2f, cover %.2f hides %.3f", banks, cover, mean)
			if math.Abs(mean-cover) > 0.03 {
				t.Errorf("banks %.2f: cover %.2f hides %.3f of the sky", banks, cover, mean)
			}
		}
	}
}

// No cloud comes again: a place and those a few periods of either copy away have no more in
// common than the one copy that repeats there. With one period for all it was all.
func TestCloudsDoNotRepeat(t *testing.T) {
	f := newFieldTwin(t)
	const n = 20_000
	for _, banks := range []float64{0, 0.55} {
		corr := func(du, dv float64) float64 {
			var a, b, aa, bb, ab float64
			for i := range n {
				u, v := math.Mod(float64(i)*0.7548776662, 1)*layerRepeat, math.Mod(float64(i)*0.5698402910, 1)*layerRepeat
				x, y := layerAlphaOf(f.at(u, v, banks), 0.5), layerAlphaOf(f.at(u+du, v+dv, banks), 0.5)
				a, b, aa, bb, ab = a+x, b+y, aa+x*x, bb+y*y, ab+x*y
			}
			return (ab - a*b/n) / math.Sqrt((aa-a*a/n)*(bb-b*b/n))
		}
		worst, where := 0.0, [2]float64{}
		for y := range 7 {
			for x := -6; x <= 6; x++ {
				if y == 0 && x <= 0 {
					continue
				}
				const back = 64.0 / (90*90 + 63*63) // the other copy's periods
				i, j := float64(x), float64(y)
				for _, lag := range [][2]float64{{i, j}, {back * (90*i + 63*j), back * (90*j - 63*i)}} {
					if c := corr(lag[0], lag[1]); c > worst {
						worst, where = c, lag
					}
				}
			}
		}
		t.Logf("banks %.2f: at most %.3f in common, at %.1f periods", banks, worst, where)
		if want := 0.6 - 0.2*banks; worst > want {
			t.Errorf("banks %.2f: clouds %.1f periods away have %.2f in common", banks, where, worst)
		}
	}
}

// Clouds stay where they are while the eye moves, and the field's coordinates are metres.
func TestCloudsStayInPlace(t *testing.T) {
	e := &Environment{Clouds: 0.5}
	for _, home := range []earth.Place{{Lng: 7, Lat: 43}, {Lng: -100, Lat: 70}, {Lng: 179.99, Lat: -10}, {Lng: 0, Lat: 90}} {
		va, vb := look(home, 0, 0, 10, 0, 0), look(home, 300, 400, 200, 70, 3)
		a, b := newCamera(&va, 0, 32, 18), newCamera(&vb, 0, 32, 18)
		la, lb := layerOf(&a, e, 5, false), layerOf(&b, e, 5, false)
		cloud := a.frame.FromLocal([3]float64{2000, -1500, 1490})
		field := func(l layerBlock, c *camera, k int) [2]float64 {
			p := c.frame.ToLocal(cloud)
			out := [2]float64{float64(l.at[k][0]), float64(l.at[k][1])}
			for i := range 3 {
				out[0] += float64(l.u[k][i]) * p[i]
				out[1] += float64(l.v[k][i]) * p[i]
			}
			return out
		}
		for k := range 3 {
			fa, fb := field(la, &a, k), field(lb, &b, k)
			for i := range fa {
				d := fa[i] - fb[i]
				d -= layerRepeat * math.Round(d/layerRepeat)
				if metres := math.Abs(d) * layerPeriod; metres > 3 {
					t.Errorf("%v: a cloud moves by %.1f m when the eye moves by 500", home, metres)
				}
			}
		}
	}
}

// The sky over the eye does not jump, however the eye moves: where another plane of the
// field is nearer, where coordinates start again, and through the layer, up to where the
// globe's own clouds are.
func TestCloudsDoNotJump(t *testing.T) {
	const w, h = 32, 20
	r := newTestRenderer(t, Options{Width: w, Height: h, Quality: tier(t, "draft"), Keep: []string{"light"}})
	picture := func(at earth.Place, v View) []float32 {
		f := &Frame{View: v, Env: Environment{Sun: sunOver(at, 50, 90), Haze: 1, Exposure: 14, Clouds: 0.5, GlobeSea: true, Stars: []sky.Star{}}}
		draw(t, r, f)
		return append([]float32(nil), readFloats(t, r.scene.Tex(r.kept["light"]))...)
	}
	differ := func(a, b []float32) float64 {
		var sum float64
		for i := range a {
			if i%4 != 3 {
				sum += math.Abs(math.Cbrt(float64(a[i])) - math.Cbrt(float64(b[i])))
			}
		}
		return sum / (w * h * 3)
	}
	// Along a parallel over the seam at 45° and over a whole period of the field, by 40 m.
	for _, start := range []earth.Place{{Lng: 45, Lat: 10}, {Lng: 7, Lat: 43}} {
		var last []float32
		var worst, first float64
		for k := range 10 {
			// Pairs 40 m apart, a twelfth of a period between them.
			east := float64(k/2-2)*layerPeriod/12 + float64(k%2)*40 - 20
			at := start
			now := picture(at, look(at, east, 0, 50, 0, 50))
			if k%2 == 1 {
				worst = max(worst, differ(last, now))
			} else if last != nil {
				first = max(first, differ(last, now))
			}
			last = now
		}
		t.Logf("%v: 40 m change the picture by %.4f, 1.6 km by %.4f", start, worst, first)
		if worst > 0.25*first || first < 0.02 {
			t.Errorf("%v: 40 m change the picture by %.4f, 1.6 km by %.4f", start, worst, first)
		}
	}
	// Climbing through the layer by 50 m a frame and on to the globe's clouds, looking down and up.
	home := earth.Place{Lng: 7, Lat: 43}
	step := func(height float64) float64 {
		if height < 2200 {
			return 50
		}
		return 1000
	}
	for _, pitch := range []float64{-20, 15} {
		var last []float32
		worst, where := 0.0, 0.0
		for height := 950.0; height < 27_000; height += step(height) {
			now := picture(home, look(home, 0, 0, height, 0, pitch))
			if last != nil {
				if d := differ(last, now); d > worst {
					worst, where = d, height
				}
			}
			last = now
			if height > 2100 && height < 12_000 {
				height, last = 12_000, nil
			}
		}
		t.Logf("pitch %v: climbing changes the picture by %.4f at most, at %.0f m", pitch, worst, where)
		if worst > 0.15 {
			t.Errorf("pitch %v: the picture jumps by %.4f at %.0f m", pitch, worst, where)
		}
	}
	// Between the layer and the globe's clouds there are clouds below.
	for _, height := range []float64{2500, 6000, 11_000, 16_000, 20_000} {
		v := look(home, 0, 0, height, 0, -40)
		cloudy := picture(home, v)
		f := &Frame{View: v, Env: Environment{Sun: sunOver(home, 50, 90), Haze: 1, Exposure: 14, GlobeSea: true, Stars: []sky.Star{}}}
		draw(t, r, f)
		fair := readFloats(t, r.scene.Tex(r.kept["light"]))
		brighter := 0
		for i := 0; i < len(fair); i += 4 {
			if cloudy[i] > fair[i]+0.1 {
				brighter++
			}
		}
		t.Logf("from %v m clouds are seen in %d of %d pixels", height, brighter, w*h)
		if brighter < w*h/5 {
			t.Errorf("from %v m clouds are seen in %d of %d pixels", height, brighter, w*h)
		}
	}
}

// From an aircraft to orbit the clouds' share of the picture changes evenly: the layer hands
// over to the globe's clouds without a jump, and lies over tiles, which hide the globe's.
func TestCloudsFromAircraftToOrbit(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	r := newTestRenderer(t, Options{Width: 96, Height: 54, Quality: tier(t, "draft")})
	dark := drawable.DefaultMaterial()
	dark.Color = [4]float32{0.02, 0.02, 0.02, 1}
	tiles := []drawable.Draw{{What: plane(home, 30000, dark)}}
	bright := func(km float64, cover float64, draws []drawable.Draw) (sum float64) {
		env := daylight(home, 180, 50)
		env.Clouds, env.GlobeSea = cover, true
		f := &Frame{View: look(home, 0, 0, 1000*km, 0, -90), Env: env, Draws: draws}
		if draws != nil { // nothing but the tile
			f.View.FovY = math.Atan(20/km) * 0.5
		}
		draw(t, r, f)
		pix := readImage(t, r).Pix
		for i := 0; i < len(pix); i += 4 {
			sum += float64(pix[i]) / float64(len(pix)/4)
		}
		return sum
	}
	var last float64
	for km := 10.0; km < 700; km *= 1.6 {
		// What the clouds add to the globe and its air.
		now := bright(km, 0.5, nil) - bright(km, 0, nil)
		t.Logf("%.0f km: %.1f", km, now)
		if d := math.Abs(now - last); km > 10 && d > 45 {
			t.Errorf("from %.0f to %.0f km clouds add %.1f, then %.1f", km/1.6, km, last, now)
		}
		last = now
	}
	if with, without := bright(40, 0.9, tiles), bright(40, 0, tiles); with < without+40 {
		t.Errorf("from 40 km a tile under clouds is %.1f, without them %.1f", with, without)
	}
}

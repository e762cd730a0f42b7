package pipeline

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/reference"
	"github.com/longtake/longtake/pipeline/sky"
)

// lampField is n lamps of all kinds over a square of half a side in metres.
func lampField(n int, half float64) *drawable.Lights {
	random := rand.New(rand.NewPCG(3, 4))
	l := &drawable.Lights{Frame: earth.FrameAt(andorra).Matrix()}
	for i := range n {
		it := drawable.Light{Inner: 1, Outer: -1, Range: float32(8 + 25*random.Float64())}
		tilt, turn := random.Float64(), 2*math.Pi*random.Float64()
		it.Direction = [3]float32{float32(tilt * math.Cos(turn)), float32(tilt * math.Sin(turn)), float32(-math.Sqrt(1 - tilt*tilt))}
		if i%3 > 0 {
			it.Outer = float32(-0.3 + 1.2*random.Float64())
			it.Inner = it.Outer + float32(0.02+(0.98-float64(it.Outer))*random.Float64())
		}
		it.Position = [3]float32{float32((2*random.Float64() - 1) * half), float32((2*random.Float64() - 1) * half), float32(1 + 8*random.Float64())}
		for k := range it.Intensity {
			it.Intensity[k] = float32(200 + 1500*random.Float64())
		}
		l.Items = append(l.Items, it)
	}
	return l.Bound()
}

// dark is a night without Moon, exposed as streets are.
func dark(p earth.Place) Environment {
	e := daylight(p, 0, -40)
	e.AutoExposure, e.Exposure = false, 4
	return e
}

// Two thousand lamps of all kinds give what the ray tracer says, without shadows as
// nothing stands between.
func TestLampsAgainstReference(t *testing.T) {
	q := tier(t, "draft")
	q.AOSlices = 0
	r := newTestRenderer(t, Options{Width: 112, Height: 63, Quality: q, Keep: []string{"light"}})
	rough, shiny := drawable.DefaultMaterial(), drawable.DefaultMaterial()
	shiny.Roughness, shiny.Metallic = 0.35, 0.5
	wet := plane(andorra, 15, shiny)
	wet.Bias = 10
	ground := []drawable.Draw{{What: plane(andorra, 900, rough)}, {What: wet}}
	lit := append(ground, drawable.Draw{What: lampField(2000, 200)})
	for _, view := range []View{look(andorra, 0, -60, 4, 10, -8), look(andorra, 30, 0, 120, 70, -80), look(andorra, -150, -150, 30, 45, -20)} {
		f := &Frame{View: view, Draws: lit, Env: dark(andorra)}
		draw(t, r, f)
		if r.lights.grid.dropped > 0 {
			t.Errorf("%d lights are left out of full cells", r.lights.grid.dropped)
		}
		got, near := buffer(t, r, "light"), len(r.lights.records)
		f.Draws = ground
		draw(t, r, f)
		if len(r.lights.records) != 0 {
			t.Fatal("lights of an earlier frame are left")
		}
		bare := buffer(t, r, "light")
		scene := reference.NewScene(lit, view.Eye, 0)
		layer, err := scene.Layer(t.Context(), scene.Camera(view.Right, view.Up, view.Forward, view.FovY, 112, 63))
		if err != nil {
			t.Fatal(err)
		}
		want, err := layer.Lamplight(t.Context(), scene.Lamps(lit, 1), false)
		if err != nil {
			t.Fatal(err)
		}
		var sum, off float64
		for i, w := range want {
			for k := range 3 {
				// In the open the air takes less than a hundredth of so near a light.
				sum += w[k]
				off += math.Abs(float64(got.Data[3*i+k]-bare.Data[3*i+k]) - w[k])
			}
		}
		t.Logf("%d lights in the view: off by %.2f %% on average", near, 100*off/sum)
		if sum == 0 || off/sum > 0.02 {
			t.Errorf("off by %.2f %% of the light", 100*off/sum)
		}
	}
}

func buffer(t *testing.T, r *Renderer, name string) *Plane {
	t.Helper()
	p, err := r.Buffer(name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Every point that a light reaches lies in a cell that lists it.
func TestGridHoldsEveryLight(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	var lights []gridLight
	for range 400 {
		z := 300 * math.Pow(random.Float64(), 3)
		lights = append(lights, gridLight{(2*random.Float64() - 1) * z, (2*random.Float64() - 1) * z, z - 5, 0.5 + 30*random.Float64()*random.Float64()})
	}
	const tanX, tanY = 0.8, 0.45
	var g lightGrid
	g.fill(lights, tanX, tanY, 280) // some reach beyond
	if g.dropped > 0 {
		t.Fatalf("%d dropped", g.dropped)
	}
	listed, inside := 0, 0
	for range 200000 {
		k := random.IntN(len(lights))
		l := &lights[k]
		d := mgl64.Vec3{random.NormFloat64(), random.NormFloat64(), random.NormFloat64()}.Normalize().Mul(l.r * math.Cbrt(random.Float64()))
		x, y, z := l.x+d[0], l.y+d[1], l.z+d[2]
		if z < 0.05 || math.Abs(x) >= z*tanX || math.Abs(y) >= z*tanY {
			continue
		}
		inside++
		cell := (g.slice(z)*gridUp+int((y/(z*tanY)+1)/2*gridUp))*gridAcross + int((x/(z*tanX)+1)/2*gridAcross)
		head := g.words[cell]
		for _, v := range g.words[head>>8 : head>>8+head&255] {
			if v == uint32(k) {
				listed++
				break
			}
		}
	}
	if inside < 10000 || listed != inside {
		t.Errorf("%d of %d points are in cells that list their light", listed, inside)
	}
	if n := testing.AllocsPerRun(5, func() { g.fill(lights, tanX, tanY, 280) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestHalfFloats(t *testing.T) {
	for _, c := range []struct {
		x    float64
		want uint16
	}{{0, 0}, {-1, 0}, {math.NaN(), 0}, {1, 0x3c00}, {0.5, 0x3800}, {2.5, 0x4100}, {65504, 0x7bff}, {1e9, 0x7bff}, {1.0 / (1 << 14), 0x0400}, {1.0 / (1 << 24), 1}} {
		if got := halfFloat(c.x); got != c.want {
			t.Errorf("%v is %#x, want %#x", c.x, got, c.want)
		}
	}
}

// A lamp of so many lumens sends out as many, whatever its cone.
func TestCandelaKeepsTheFlux(t *testing.T) {
	for _, c := range [][2]float64{{1, -1}, {1, 0}, {0.9, 0.2}, {0.999, 0.95}, {0.5, -0.5}} {
		peak, flux := drawable.Candela(1000, c[0], c[1]), 0.0
		const n = 100000
		for i := range n {
			x := 1 - 2*(float64(i)+0.5)/n
			lobe := 1.0
			if c[1] > -1 {
				lobe = mgl64.Clamp((x-c[1])/(c[0]-c[1]), 0, 1)
			}
			flux += peak * lobe * lobe * 4 * math.Pi / n
		}
		if math.Abs(flux-1000) > 0.5 {
			t.Errorf("cone %v: %v lumens", c, flux)
		}
	}
}

// Traced pictures have the lamps' light, of those that shine by night as much as it is dark.
func TestTracedPicturesHaveLamps(t *testing.T) {
	lights := lampField(200, 60)
	draws := []drawable.Draw{{What: plane(andorra, 900, drawable.DefaultMaterial())}, {What: lights}}
	view, env := look(andorra, 0, -60, 12, 10, -12), dark(andorra)
	scene := reference.NewScene(draws, view.Eye, 0)
	layer, err := scene.Layer(t.Context(), scene.Camera(view.Right, view.Up, view.Forward, view.FovY, 48, 27))
	if err != nil {
		t.Fatal(err)
	}
	light := reference.NewLight(sky.NewAir(1), sky.NewGlobe(view.Eye, andorra.Height), scene.Frame.DirToLocal(env.Sun).Normalize(), Solar)
	trace := func(lamps []reference.Lamp) []mgl64.Vec3 {
		p, err := layer.Radiance(t.Context(), reference.Tracer{Light: light, Lamps: lamps, Samples: 1})
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	bare := trace(nil)
	for _, night := range []float64{0, 0.5, 1} {
		lights.Night = true
		lamps := scene.Lamps(draws, night)
		if night == 0 && len(lamps) > 0 {
			t.Errorf("%d lamps by day", len(lamps))
		}
		want, err := layer.Lamplight(t.Context(), lamps, true)
		if err != nil {
			t.Fatal(err)
		}
		var sum, off float64
		for i, p := range trace(lamps) {
			for k := range 3 {
				sum += want[i][k]
				off += math.Abs(p[k] - bare[i][k] - want[i][k])
			}
		}
		if off > 0.02*sum || (sum > 0) != (night > 0) {
			t.Errorf("night %g: off by %g of %g", night, off, sum)
		}
	}
}

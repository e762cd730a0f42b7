package pipeline

import (
	"math"
	"testing"
	"unsafe"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/framegraph"
	"github.com/longtake/longtake/pipeline/gpu"
)

// sunOver returns the ECEF direction of a sun of a height and azimuth over a place.
func sunOver(p earth.Place, height, azimuth float64) mgl64.Vec3 {
	sh, ch := math.Sincos(earth.Radians(height))
	sa, ca := math.Sincos(earth.Radians(azimuth))
	return earth.FrameAt(p).DirFromLocal(mgl64.Vec3{ch * sa, ch * ca, sh})
}

// readFloats reads level 0 of a texture, rows from the bottom.
func readFloats(t *testing.T, tex *gpu.Texture) []float32 {
	t.Helper()
	raw := make([]byte, tex.Width*tex.Height*tex.Format.ClientBytes())
	if err := tex.Read(0, raw); err != nil {
		t.Fatal(err)
	}
	return unsafe.Slice((*float32)(unsafe.Pointer(&raw[0])), len(raw)/4)
}

// plane returns a square of half a side around a place.
func plane(p earth.Place, half float32, m *drawable.Material) *drawable.Mesh {
	mesh := &drawable.Mesh{Name: m.Name, Frame: earth.FrameAt(p).Matrix(), Material: m}
	quad(mesh, [4][3]float32{{-half, -half, 0}, {half, -half, 0}, {half, half, 0}, {-half, half, 0}},
		[4][2]float32{{0, 0}, {1, 0}, {1, 1}, {0, 1}}, [4]uint8{255, 255, 255, 255}, 1)
	return mesh.Bound()
}

// Nothing hides the sky from a lone plane.
func TestAOOfAPlane(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	for _, name := range []string{"draft", "high"} {
		q := tier(t, name)
		q.SubFrames = 1
		r := newTestRenderer(t, Options{Width: 160, Height: 90, Quality: q, Keep: []string{"ao", "depth"}})
		for _, pitch := range []float64{-8, -40, -85} {
			f := &Frame{View: look(home, 0, 0, 12, 30, pitch), Draws: []drawable.Draw{{What: plane(home, 4000, drawable.DefaultMaterial())}}, Env: Environment{Sun: sunOver(home, 40, 90), Haze: 1, AutoExposure: true, GlobeHeight: -50}}
			if err := r.Draw(f); err != nil {
				t.Fatal(err)
			}
			ao, err := r.Buffer("ao")
			if err != nil {
				t.Fatal(err)
			}
			depth, err := r.Buffer("depth")
			if err != nil {
				t.Fatal(err)
			}
			lowest, seen := float32(1), 0
			for i, v := range ao.Data {
				if !math.IsInf(float64(depth.Data[i]), 1) {
					lowest = min(lowest, v)
					seen++
				}
			}
			if seen < 1000 || lowest < 0.96 {
				t.Errorf("%s, pitch %v: %d pixels, occlusion down to %.3f", name, pitch, seen, lowest)
			}
		}
	}
}

// litLight draws two sub-frames and returns the mean light of the middle of the picture.
func litLight(t *testing.T, r *Renderer, f *Frame) (rgb [3]float64) {
	t.Helper()
	if err := r.Draw(f); err != nil {
		t.Fatal(err)
	}
	px := readFloats(t, r.sum)
	w, h, n := r.sum.Width, r.sum.Height, 0.0
	for y := h / 3; y < 2*h/3; y++ {
		for x := w / 3; x < 2*w/3; x++ {
			for k := range rgb {
				rgb[k] += float64(px[(y*w+x)*4+k])
			}
			n++
		}
	}
	for k := range rgb {
		rgb[k] /= n
	}
	return rgb
}

// A white surface in an even light of 1 sends 1 back, whatever its roughness.
func TestWhiteFurnace(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	q := tier(t, "draft")
	q.SubFrames, q.AOSlices = 2, 0
	r := newTestRenderer(t, Options{Width: 48, Height: 27, Quality: q})
	for _, c := range []struct{ metallic, roughness, low, high float32 }{
		{1, 0.1, 0.93, 1.02}, {1, 0.5, 0.93, 1.03}, {1, 1, 0.85, 1.08}, {0, 0.1, 0.93, 1.02}, {0, 0.6, 0.93, 1.02}, {0, 1, 0.93, 1.03},
	} {
		m := drawable.DefaultMaterial()
		m.Metallic, m.Roughness = c.metallic, c.roughness
		f := &Frame{View: look(home, 0, 0, 6, 0, -40), Draws: []drawable.Draw{{What: plane(home, 400, m)}}, Env: Environment{Sun: sunOver(home, -80, 0), AutoExposure: true, GlobeHeight: -50}}
		if err := r.Draw(f); err != nil { // fills the tables
			t.Fatal(err)
		}
		for l := range probeLevels {
			r.air.probe.Clear(l, [4]float32{1, 1, 1, 1})
		}
		r.air.irradiance.Clear(0, [4]float32{1, 1, 1, 1})
		for k, v := range litLight(t, r, f) {
			if v < float64(c.low) || v > float64(c.high) {
				t.Errorf("metallic %v roughness %v channel %d: %.3f", c.metallic, c.roughness, k, v)
			}
		}
		r.air.fresh = false // the next turn draws its own
	}
}

// A mirror on the ground shows the wall behind it where geometry says.
func TestSSRMirror(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	frame := earth.FrameAt(home).Matrix()
	mirror := drawable.DefaultMaterial()
	mirror.Metallic, mirror.Roughness = 1, 0.02
	paint := drawable.DefaultMaterial()
	paint.Model = drawable.Unlit
	wall := &drawable.Mesh{Frame: frame, Material: paint}
	const far, bandHeight = 30, 3
	colors := [][4]uint8{{255, 0, 0, 255}, {0, 255, 0, 255}, {0, 0, 255, 255}, {255, 255, 0, 255}}
	for i, c := range colors {
		z := float32(i * bandHeight)
		quad(wall, [4][3]float32{{-60, far, z}, {60, far, z}, {60, far, z + bandHeight}, {-60, far, z + bandHeight}}, [4][2]float32{}, c, uint32(i))
	}
	for _, halfRes := range []bool{false, true} {
		q := tier(t, "low")
		q.SubFrames, q.SSRHalf, q.SSRSteps = 2, halfRes, 64
		const w, h, eye = 160, 90, 4.0
		margin := 0.4 // metres on the wall; a pixel is 0.28
		if halfRes {
			margin = 0.8
		}
		r := newTestRenderer(t, Options{Width: w, Height: h, Quality: q})
		f := &Frame{View: look(home, 0, 0, eye, 0, -4), Draws: []drawable.Draw{{What: plane(home, 400, mirror)}, {What: wall.Bound()}}, Env: Environment{Sun: sunOver(home, 40, 90), AutoExposure: false, Exposure: 15, GlobeHeight: -50}}
		if err := r.Draw(f); err != nil {
			t.Fatal(err)
		}
		px := readFloats(t, r.sum)
		right, total := 0, 0
		for y := 3; y < h-3; y++ {
			for x := 20; x < w-20; x++ {
				dir := r.camera.forward.Add(r.camera.right.Mul(r.camera.tanX * (2*(float64(x)+0.5)/w - 1))).Add(r.camera.up.Mul(r.camera.tanY * (2*(float64(y)+0.5)/h - 1)))
				down := -dir[2] / dir[1] // metres down for each metre north
				if down <= eye/far*1.05 {
					continue // not the ground before the wall
				}
				z := (far - eye/down) * down // height at which the mirrored ray meets the wall
				band := int(z / bandHeight)
				if band >= len(colors) || math.Abs(z-math.Round(z/bandHeight)*bandHeight) < margin {
					continue
				}
				total++
				p := px[(y*w+x)*4:]
				best := 0
				for i, c := range colors {
					if dist(p, c) < dist(p, colors[best]) {
						best = i
					}
				}
				if best == band && dist(p, colors[band]) < 0.35 {
					right++
				}
			}
		}
		if total < 1000 || float64(right) < 0.93*float64(total) {
			t.Errorf("half resolution %v: %d of %d pixels of the mirror are right", halfRes, right, total)
		}
	}
}

func dist(p []float32, c [4]uint8) (d float64) {
	for k := range 3 {
		d += math.Abs(float64(p[k]) - float64(c[k])/255)
	}
	return d
}

// The glow moves light about and makes none.
func TestBloomKeepsEnergy(t *testing.T) {
	r := newTestRenderer(t, Options{Width: 64, Height: 36, Quality: tier(t, "draft")})
	const w, h = 256, 144
	source, err := gpu.NewTexture("source", gpu.TextureDesc{Format: gpu.RGBA32F, Width: w, Height: h})
	if err != nil {
		t.Fatal(err)
	}
	defer source.Release()
	px := make([]float32, w*h*4)
	seed := uint32(9)
	for y := 24; y < h-24; y++ { // away from the rim, which the pyramid repeats
		for x := 24; x < w-24; x++ {
			seed = seed*747796405 + 2891336453
			px[(y*w+x)*4] = float32(seed>>8) / (1 << 24) * 0.5
		}
	}
	source.Upload(0, 0, unsafe.Pointer(&px[0]))
	q := tier(t, "high")
	g := framegraph.New(r.pool)
	out, err := addBloom(g, r, q, g.Import("source", source, framegraph.Desc{Width: w, Height: h, Format: gpu.RGBA32F}))
	if err != nil {
		t.Fatal(err)
	}
	g.Output(out)
	if err := g.Compile(); err != nil {
		t.Fatal(err)
	}
	defer g.Release()
	if err := g.Run(nil); err != nil {
		t.Fatal(err)
	}
	mean := func(p []float32, channels int) (m float64) {
		for i := 0; i < len(p); i += channels {
			m += float64(p[i])
		}
		return m / float64(len(p)/channels)
	}
	in, after := mean(px, 4), mean(readFloats(t, g.Tex(out)), 3)
	if math.Abs(after/in-1) > 0.04 {
		t.Errorf("the glow holds %.4f of %.4f", after, in)
	}
}

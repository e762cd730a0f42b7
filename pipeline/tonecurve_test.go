package pipeline

import (
	"math"
	"testing"
	"unsafe"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/internal/srgb"
	"github.com/longtake/longtake/pipeline/gpu"
	"github.com/longtake/longtake/pipeline/reference"
)

// The curve of the shader, which is made of polynomials, is AgX within a tenth of a step of 8 bits, from
// a millionth of white paper to a thousand times its light, in greys and in colours.
func TestToneCurve(t *testing.T) {
	r := newTestRenderer(t, Options{Width: 64, Height: 36, Quality: tier(t, "draft")})
	prog, err := r.program("tone map", gpu.Stage{File: "tonemap.vert"}, gpu.Stage{File: "tonemap.frag", Defines: []string{"CURVE 0", "GRADE 0", "DATA 0", "CLEAR 0", "BLOOM 0", "DITHER 0"}})
	if err != nil {
		t.Fatal(err)
	}
	const steps = 256
	tints := []mgl64.Vec3{{1, 1, 1}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 0.5, 0.1}, {0.2, 0.6, 1}}
	texture := func(w, h int) *gpu.Texture {
		x, err := gpu.NewTexture("test", gpu.TextureDesc{Format: gpu.RGBA32F, Width: w, Height: h})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { r.targets.Forget(x); x.Release() })
		return x
	}
	source, exposure, out := texture(steps, len(tints)), texture(1, 1), texture(steps, len(tints))
	light := func(tint, step int) mgl64.Vec3 {
		return tints[tint].Mul(math.Pow(10, -6+9*float64(step)/(steps-1)))
	}
	texels := make([][4]float32, steps*len(tints))
	for i := range texels {
		c := light(i/steps, i%steps)
		texels[i] = [4]float32{float32(c[0]), float32(c[1]), float32(c[2]), 1}
	}
	source.Upload(0, 0, unsafe.Pointer(&texels[0]))
	exposure.Upload(0, 0, unsafe.Pointer(&[4]float32{1, 1, 1, 1}))
	prog.Texels("source", source)
	prog.Texture("exposureMap", exposure)
	if err := r.drawLevel(prog, out, 0); err != nil {
		t.Fatal(err)
	}
	worst := 0.0
	for i, v := range readFloats(t, out) {
		if i%4 == 3 {
			continue
		}
		p := i / 4
		want := srgb.Value(reference.AgX(light(p/steps, p%steps))[i%4])
		worst = max(worst, math.Abs(float64(v)-want))
	}
	t.Logf("at most %.3f of 255 off", worst*255)
	if worst > 0.1/255 {
		t.Errorf("the curve is %.2f of 255 off", worst*255)
	}
}

package reference

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/internal/srgb"
)

// AgX is the renderer's tone curve (tonemap.frag: Sobotka 2022, Wrensch 2023): exposed
// radiance to linear light for a display.
func AgX(radiance mgl64.Vec3) [3]float64 {
	inset := mgl64.Mat3{
		0.842479062253094, 0.0423282422610123, 0.0423756549057051,
		0.0784335999999992, 0.878468636469772, 0.0784336,
		0.0792237451477643, 0.0791661274605434, 0.879142973793104,
	}
	outset := mgl64.Mat3{
		1.19687900512017, -0.0528968517574562, -0.0529716355144438,
		-0.0980208811401368, 1.15190312990417, -0.0980434501171241,
		-0.0990297440797205, -0.0989611768448433, 1.15107367264116,
	}
	for k := range radiance {
		radiance[k] = math.Max(radiance[k], 1e-10)
	}
	c := inset.Mul3x1(radiance)
	for k, x := range c {
		x = mgl64.Clamp((math.Log2(x)+12.47393)/(12.47393+4.026069), 0, 1)
		x2 := x * x
		x4 := x2 * x2
		x = 15.5*x4*x2 - 40.14*x4*x + 31.96*x4 - 6.868*x2*x + 0.4298*x2 + 0.1191*x - 0.00232
		c[k] = math.Pow(math.Max(x, 0), 1.3)
	}
	grey := 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2]
	for k := range c {
		c[k] = grey + (c[k]-grey)*1.25
	}
	c = outset.Mul3x1(c)
	for k, x := range c {
		c[k] = srgb.Light(mgl64.Clamp(x, 0, 1)) // display values to light
	}
	return c
}

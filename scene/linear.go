package scene

import (
	"math"

	"github.com/longtake/longtake/internal/srgb"
)

// Linear is the light of a byte of sRGB, 0 to 1.
func Linear(v uint8) float64 {
	return srgb.Light(float64(v) / 255)
}

// SRGB is the byte of sRGB that is nearest to a light; what is beyond 0 and 1 is cut off.
func SRGB(light float64) uint8 {
	return uint8(math.Round(255 * srgb.Value(light)))
}

// Linear is the light of a color's channels with straight alpha, 0 to 1.
func (c Color) Linear() [4]float32 {
	return [4]float32{float32(Linear(c[0])), float32(Linear(c[1])), float32(Linear(c[2])), float32(c[3]) / 255}
}

// Opaque is the light of a color's channels, with an alpha of 1.
func (c Color) Opaque() [4]float32 {
	c[3] = 255
	return c.Linear()
}

package glb

import (
	"math"

	"github.com/longtake/longtake/internal/srgb"
)

// linear16 is the 16-bit linear value of each 8-bit sRGB value (IEC 61966-2-1); the
// smallest step is 19.9, so that the way back is exact.
var linear16 = func() (t [256]uint16) {
	for i := range t {
		t[i] = uint16(math.Round(srgb.Light(float64(i)/255) * 65535))
	}
	return
}()

// srgb8 is the inverse of linear16 for all of [0, 65535].
var srgb8 = func() []uint8 {
	t := make([]uint8, 65536)
	for i := range t {
		t[i] = uint8(math.Round(srgb.Value(float64(i)/65535) * 255))
	}
	return t
}()

// quantize16 brings [0, 1] to 16 bits; everything outside is clamped, NaN is 0.
func quantize16(v float32) uint16 {
	if !(v > 0) {
		return 0
	}
	return uint16(math.Round(math.Min(float64(v), 1) * 65535))
}

// encodeColor returns linear RGB and alpha of an sRGB colour, 16-bit normalised.
func encodeColor(c [4]uint8) [4]uint16 {
	return [4]uint16{linear16[c[0]], linear16[c[1]], linear16[c[2]], uint16(c[3]) * 257}
}

// decodeColor returns the sRGB colour of linear RGB and alpha.
func decodeColor(c [4]float32) [4]uint8 {
	return [4]uint8{srgb8[quantize16(c[0])], srgb8[quantize16(c[1])], srgb8[quantize16(c[2])], uint8((uint32(quantize16(c[3])) + 128) / 257)}
}

// linear8 is the 8-bit linear value of each 8-bit sRGB value. narrowSRGB tells which of
// them come back within one.
var linear8, narrowSRGB = func() (t [256]uint8, ok [256]bool) {
	for i := range t {
		t[i] = uint8(math.Round(srgb.Light(float64(i)/255) * 255))
		back := int(srgb8[int(t[i])*257])
		ok[i] = back-i <= 1 && i-back <= 1
	}
	return
}()

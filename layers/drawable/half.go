package drawable

import "math"

// Half is an IEEE 754 binary16.
type Half uint16

// ToHalf rounds a number; what is too large is the largest, what is too small for a normal one
// is 0.
func ToHalf(f float32) Half {
	b := math.Float32bits(f)
	sign := Half(b >> 16 & 0x8000)
	b = b&0x7fffffff + 0x1000 // rounds the mantissa to ten bits
	switch {
	case f != f || b < 113<<23:
		return sign
	case b >= 143<<23:
		return sign | 0x7bff
	}
	return sign | Half((b-112<<23)>>13)
}

// Float is the number.
func (h Half) Float() float32 {
	if h&0x7fff == 0 {
		return 0
	}
	return math.Float32frombits(uint32(h&0x8000)<<16 | (uint32(h&0x7fff)<<13 + 112<<23))
}

package meshopt

import (
	"encoding/binary"
	"fmt"
	"math"
)

// The filters of appendix B. Decoding works in place on the bytes that DecodeAttributes
// gave.

// Octahedral writes unit vectors for the filter OCTAHEDRAL: elements of 4 bytes where
// wide is false, of 8 where it is true; bits is the precision K, 4 to 8 or 16. w is kept
// as it is: nil for zeros, else one number an element.
//
// Octahedral encoding: Meyer et al., "On floating-point normal vectors", 2010.
func Octahedral(out []byte, vectors [][3]float32, wide bool, bits int) []byte {
	one := float64(int(1)<<(bits-1) - 1)
	for _, v := range vectors {
		x, y, z := float64(v[0]), float64(v[1]), float64(v[2])
		sum := math.Abs(x) + math.Abs(y) + math.Abs(z)
		if sum == 0 {
			z, sum = 1, 1
		}
		u, w := x/sum, y/sum
		if z < 0 {
			u, w = (1-math.Abs(w))*sign(u), (1-math.Abs(u))*sign(w)
		}
		a, b := int(math.Round(u*one)), int(math.Round(w*one))
		if wide {
			out = binary.LittleEndian.AppendUint16(out, uint16(a))
			out = binary.LittleEndian.AppendUint16(out, uint16(b))
			out = binary.LittleEndian.AppendUint16(out, uint16(one))
			out = append(out, 0, 0)
		} else {
			out = append(out, byte(a), byte(b), byte(int(one)), 0)
		}
	}
	return out
}

func sign(v float64) float64 { return math.Copysign(1, v) }

// DecodeOctahedral turns what Octahedral wrote into normalised signed integers of 8 or 16
// bits.
func DecodeOctahedral(data []byte, stride int) error {
	if stride != 4 && stride != 8 {
		return fmt.Errorf("meshopt: the octahedral filter has elements of 4 or 8 bytes, not %d", stride)
	}
	if len(data)%stride != 0 {
		return fmt.Errorf("meshopt: %d bytes are not elements of %d", len(data), stride)
	}
	for ; len(data) > 0; data = data[stride:] {
		if stride == 4 {
			v := octahedral(float32(int8(data[0])), float32(int8(data[1])), float32(int8(data[2])), 127)
			data[0], data[1], data[2] = byte(v[0]), byte(v[1]), byte(v[2])
			continue
		}
		v := octahedral(float32(short(data)), float32(short(data[2:])), float32(short(data[4:])), 32767)
		for k, c := range v {
			binary.LittleEndian.PutUint16(data[2*k:], uint16(c))
		}
	}
	return nil
}

func octahedral(a, b, one, scale float32) [3]int32 {
	if one == 0 { // not allowed; anything goes
		one = 1
	}
	x, y := a/one, b/one
	z := 1 - abs32(x) - abs32(y)
	t := min(z, 0)
	x -= float32(math.Copysign(float64(t), float64(x)))
	y -= float32(math.Copysign(float64(t), float64(y)))
	l := float32(math.Sqrt(float64(x*x) + float64(y*y) + float64(z*z)))
	if !(l > 0) {
		return [3]int32{0, 0, int32(scale)}
	}
	return [3]int32{round32(x / l * scale), round32(y / l * scale), round32(z / l * scale)}
}

// Quaternion appends a unit quaternion (x, y, z, w) for the filter QUATERNION: 8 bytes,
// the largest component left out; bits is the precision K, 4 to 16.
func Quaternion(out []byte, q [4]float32, bits int) []byte {
	largest := 0
	for k := range q {
		if abs32(q[k]) > abs32(q[largest]) {
			largest = k
		}
	}
	scale := math.Sqrt2
	if q[largest] < 0 {
		scale = -scale
	}
	one := int(1)<<(bits-1) - 1
	for k := 1; k < 4; k++ {
		v := math.Round(float64(q[(largest+k)%4]) * scale * float64(one))
		out = binary.LittleEndian.AppendUint16(out, uint16(int16(max(min(v, float64(one)), -float64(one)))))
	}
	return binary.LittleEndian.AppendUint16(out, uint16(one&^3|largest))
}

// DecodeQuaternion turns what Quaternion wrote into four normalised 16-bit integers.
func DecodeQuaternion(data []byte, stride int) error {
	if stride != 8 || len(data)%8 != 0 {
		return fmt.Errorf("meshopt: the quaternion filter has elements of 8 bytes, not %d", stride)
	}
	for ; len(data) > 0; data = data[8:] {
		head := short(data[6:])
		scale := 1 / (math.Sqrt2 * float64(head|3))
		x, y, z := float64(short(data))*scale, float64(short(data[2:]))*scale, float64(short(data[4:]))*scale
		w := math.Sqrt(max(0, 1-float64(x*x)-float64(y*y)-float64(z*z)))
		largest := int(head) & 3
		for k, v := range [4]float64{w, x, y, z} {
			n := int16(max(min(math.Round(v*32767), 32767), -32767))
			binary.LittleEndian.PutUint16(data[2*((largest+k)%4):], uint16(n))
		}
	}
	return nil
}

// Exponential appends a number mantissa × 2^exponent for the filter EXPONENTIAL: 4 bytes.
// The mantissa must be within ±(2²³−1), the exponent within ±100.
func Exponential(out []byte, mantissa int32, exponent int) []byte {
	return binary.LittleEndian.AppendUint32(out, uint32(exponent)<<24|uint32(mantissa)&0xffffff)
}

// DecodeExponential turns what Exponential wrote into float32.
func DecodeExponential(data []byte) error {
	if len(data)%4 != 0 {
		return fmt.Errorf("meshopt: %d bytes are not numbers of 4", len(data))
	}
	for ; len(data) > 0; data = data[4:] {
		v := int32(binary.LittleEndian.Uint32(data))
		f := float32(math.Ldexp(float64(v<<8>>8), int(v>>24)))
		binary.LittleEndian.PutUint32(data, math.Float32bits(f))
	}
	return nil
}

func short(b []byte) int16 { return int16(binary.LittleEndian.Uint16(b)) }

func abs32(v float32) float32 { return float32(math.Abs(float64(v))) }

// round32 rounds half away from zero.
func round32(v float32) int32 { return int32(math.Round(float64(v))) }

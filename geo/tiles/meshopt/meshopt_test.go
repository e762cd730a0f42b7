package meshopt

import (
	"bytes"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// samples are buffers of every kind: smooth, noisy, constant, and of odd counts.
func samples(stride int) [][]byte {
	r := rand.New(rand.NewPCG(uint64(stride), 1))
	var out [][]byte
	for _, n := range []int{1, 2, 15, 16, 17, 64, 255, 256, 257, 700} {
		smooth, noise := make([]byte, n*stride), make([]byte, n*stride)
		for i := range smooth {
			smooth[i] = byte(i/stride*(i%stride)/3) + byte(r.IntN(1+i%stride))
			noise[i] = byte(r.Uint32())
		}
		out = append(out, smooth, noise, bytes.Repeat([]byte{7}, n*stride))
	}
	return out
}

func TestAttributes(t *testing.T) {
	for _, stride := range []int{4, 8, 12, 16, 20, 64, 256} {
		for _, data := range samples(stride) {
			packed, err := AppendAttributes(nil, data, stride)
			if err != nil {
				t.Fatal(err)
			}
			got := make([]byte, len(data))
			if err := DecodeAttributes(got, packed, stride); err != nil || !bytes.Equal(got, data) {
				t.Fatalf("stride %d, %d bytes do not come back: %v", stride, len(data), err)
			}
			if n := len(data)/stride + 15; len(packed) > 33+stride+n*stride*9/8+stride*(n/16+1) {
				t.Errorf("stride %d: %d bytes became %d", stride, len(data), len(packed))
			}
			if DecodeAttributes(got, packed[:len(packed)-1], stride) == nil && stride > 32 {
				t.Error("a stream without its last byte decodes")
			}
		}
	}
}

// The example of the extension's appendix A.
func TestGroupOfTheSpecification(t *testing.T) {
	data := []byte{0x17, 0x5f, 0xf0, 0xbc, 0x77, 0xa9, 0x21, 0x00, 0x34, 0xb5}
	var deltas [groupSize]byte
	used, ok := decodeGroup(&deltas, data, 2)
	if !ok || used != len(data) {
		t.Fatal(used, ok)
	}
	want := []int8{-1, -4, -3, 26, -91, 0, -6, 6, -4, -4, 5, -5, 1, -1, 0, 0}
	for i, d := range deltas {
		if got := int8(d>>1 ^ -(d & 1)); got != want[i] {
			t.Errorf("delta %d is %d, want %d", i, got, want[i])
		}
	}
	lo, hi := binary.LittleEndian.Uint64(deltas[:]), binary.LittleEndian.Uint64(deltas[8:])
	if mode, again := appendGroup(nil, lo, hi); mode != 2 || !bytes.Equal(again, data) {
		t.Errorf("written as %d %x", mode, again)
	}
}

// meshes are triangle lists of a lattice in order, shuffled, of separate quads, and
// without sense.
func meshes() [][]uint32 {
	r := rand.New(rand.NewPCG(3, 1))
	var lattice, quads, noise []uint32
	for y := range uint32(20) {
		for x := range uint32(30) {
			a := y*31 + x
			lattice = append(lattice, a, a+1, a+31, a+31, a+1, a+32)
		}
	}
	for i := range uint32(100) {
		quads = append(quads, 4*i, 4*i+1, 4*i+2, 4*i, 4*i+2, 4*i+3)
	}
	for range 300 {
		noise = append(noise, r.Uint32()>>r.IntN(32)&^1)
	}
	shuffled := make([]uint32, 0, len(lattice))
	for _, i := range r.Perm(len(lattice) / 3) {
		shuffled = append(shuffled, lattice[3*i:3*i+3]...)
	}
	return [][]uint32{lattice, quads, shuffled, noise, slices.Concat(quads, quads, lattice[:12], []uint32{0, 1, 2, 0, 1, 2, 3, 4, 5}), {0, 0, 0, 1, 1, 1, 0, 1, 2}, {5, 6, 7}, {2, 0, 1, 1, 0, 3}, nil}
}

// sameTriangles tells whether two lists differ in nothing but the corners that the
// triangles begin at.
func sameTriangles(a, b []uint32) bool {
	if len(a) != len(b) {
		return false
	}
	for i := 0; i < len(a); i += 3 {
		x, y := a[i:i+3], b[i:i+3]
		if !slices.Equal(x, y) && !slices.Equal([]uint32{x[1], x[2], x[0]}, y) && !slices.Equal([]uint32{x[2], x[0], x[1]}, y) {
			return false
		}
	}
	return true
}

func TestTriangles(t *testing.T) {
	for i, m := range meshes() {
		packed, err := AppendTriangles(nil, m)
		if err != nil {
			t.Fatal(err)
		}
		got := make([]uint32, len(m))
		if err := DecodeTriangles(got, packed); err != nil || !sameTriangles(got, m) {
			t.Errorf("mesh %d does not come back: %v", i, err)
		}
		if i < 2 && len(packed) > len(m)/3*3/2+32 {
			t.Errorf("mesh %d: %d triangles take %d bytes", i, len(m)/3, len(packed))
		}
	}
}

func TestIndices(t *testing.T) {
	for i, m := range meshes() {
		for k := range m {
			m[k] &= 1<<30 - 1
		}
		packed, err := AppendIndices(nil, m)
		if err != nil {
			t.Fatal(err)
		}
		got := make([]uint32, len(m))
		if err := DecodeIndices(got, packed); err != nil || !slices.Equal(got, m) {
			t.Errorf("sequence %d does not come back: %v", i, err)
		}
	}
}

func TestFilters(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 1))
	for range 2000 {
		v := [3]float32{float32(r.NormFloat64()), float32(r.NormFloat64()), float32(r.NormFloat64())}
		l := float32(math.Sqrt(float64(v[0]*v[0] + v[1]*v[1] + v[2]*v[2])))
		for k := range v {
			v[k] /= l
		}
		for _, c := range []struct {
			wide  bool
			bits  int
			allow float64
		}{{false, 8, 0.017}, {false, 6, 0.07}, {true, 16, 1e-4}, {true, 10, 0.005}} {
			data := Octahedral(nil, [][3]float32{v}, c.wide, c.bits)
			if err := DecodeOctahedral(data, len(data)); err != nil {
				t.Fatal(err)
			}
			for k := range v {
				got := float64(int8(data[k])) / 127
				if c.wide {
					got = float64(short(data[2*k:])) / 32767
				}
				if math.Abs(got-float64(v[k])) > c.allow {
					t.Fatalf("%v, %d bits: component %d is %v", v, c.bits, k, got)
				}
			}
		}
		q := [4]float32{v[0] * 0.6, v[1] * 0.6, v[2] * 0.6, -0.8}
		data := Quaternion(nil, q, 16)
		if err := DecodeQuaternion(data, 8); err != nil {
			t.Fatal(err)
		}
		dot := 0.0
		for k := range q {
			dot += float64(q[k]) * float64(short(data[2*k:])) / 32767
		}
		if math.Abs(dot) < 1-5e-5 { // each component is rounded to 1/65534
			t.Fatalf("%v is turned: %v", q, dot)
		}
		m, e := int32(r.IntN(1<<24-1)-(1<<23-1)), r.IntN(201)-100
		data = Exponential(nil, m, e)
		if err := DecodeExponential(data); err != nil {
			t.Fatal(err)
		}
		if got := math.Float32frombits(binary.LittleEndian.Uint32(data)); float64(got) != math.Ldexp(float64(m), e) {
			t.Fatalf("%d × 2^%d is %v", m, e, got)
		}
	}
}

func TestRefused(t *testing.T) {
	if _, err := AppendAttributes(nil, make([]byte, 10), 5); err == nil {
		t.Error("a stride of 5")
	}
	if _, err := AppendTriangles(nil, make([]uint32, 4)); err == nil {
		t.Error("4 corners")
	}
	if _, err := AppendIndices(nil, []uint32{1 << 31}); err == nil {
		t.Error("an index of 2^31")
	}
	if DecodeTriangles(make([]uint32, 3), []byte{0xe1}) == nil || DecodeIndices(make([]uint32, 3), nil) == nil || DecodeAttributes(make([]byte, 8), nil, 4) == nil {
		t.Error("nothing is taken for a stream")
	}
}

func FuzzDecode(f *testing.F) {
	for _, m := range meshes()[:2] {
		a, _ := AppendTriangles(nil, m[:30])
		f.Add(a, uint8(4), uint16(30))
		a, _ = AppendIndices(nil, m[:30])
		f.Add(a, uint8(4), uint16(30))
	}
	for _, d := range samples(8)[:3] {
		a, _ := AppendAttributes(nil, d, 8)
		f.Add(a, uint8(8), uint16(1))
	}
	f.Fuzz(func(t *testing.T, data []byte, stride uint8, count uint16) {
		n := int(count)
		if err := DecodeTriangles(make([]uint32, n/3*3), data); err == nil && n/3 > len(data) {
			t.Errorf("%d triangles out of %d bytes", n/3, len(data))
		}
		_ = DecodeIndices(make([]uint32, n), data)
		out := make([]byte, n*int(stride))
		if err := DecodeAttributes(out, data, int(stride)); err == nil {
			_ = DecodeOctahedral(out, int(stride))
			_ = DecodeQuaternion(out, int(stride))
			_ = DecodeExponential(out)
			packed, err := AppendAttributes(nil, out, int(stride))
			again := make([]byte, len(out))
			if len(out) > 0 && (err != nil || DecodeAttributes(again, packed, int(stride)) != nil || !bytes.Equal(again, out)) {
				t.Errorf("%x does not come back", out)
			}
		}
	})
}

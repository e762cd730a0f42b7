package meshopt

import (
	"encoding/binary"
	"testing"
)

// wave is 60 000 positions of 8 bytes along a rough line.
func wave() []byte {
	var out []byte
	for i := range 60000 {
		for _, v := range []int{i * 3, i * i / 700, i % 40 * 5, 0} {
			out = binary.LittleEndian.AppendUint16(out, uint16(v))
		}
	}
	return out
}

func BenchmarkAppendAttributes(b *testing.B) {
	data := wave()
	b.SetBytes(int64(len(data)))
	var out []byte
	for b.Loop() {
		out, _ = AppendAttributes(out[:0], data, 8)
	}
	b.ReportMetric(float64(len(out))/float64(len(data)), "ratio")
}

func BenchmarkDecodeAttributes(b *testing.B) {
	data := wave()
	packed, _ := AppendAttributes(nil, data, 8)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if err := DecodeAttributes(data, packed, 8); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAppendTriangles(b *testing.B) {
	m := meshes()[0]
	b.SetBytes(int64(4 * len(m)))
	var out []byte
	for b.Loop() {
		out, _ = AppendTriangles(out[:0], m)
	}
}

func BenchmarkDecodeTriangles(b *testing.B) {
	m := meshes()[0]
	packed, _ := AppendTriangles(nil, m)
	b.SetBytes(int64(4 * len(m)))
	for b.Loop() {
		if err := DecodeTriangles(m, packed); err != nil {
			b.Fatal(err)
		}
	}
}

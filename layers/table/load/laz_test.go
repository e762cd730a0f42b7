package load

import (
	"bytes"
	"math"
	"os"
	"testing"

	"github.com/longtake/longtake/internal/realdata"
)

// Broken bytes of packed points are an error or wrong points, never a panic or an endless loop.
func FuzzPackedPointClouds(f *testing.F) {
	f.Add([]byte("00000000"), []byte{1, 2, 3, 4, 5, 6, 7, 8, 9})
	f.Fuzz(func(t *testing.T, first, code []byte) {
		zip := make([]byte, 52)
		zip[0], zip[12], zip[32] = 2, 50, 3
		for k, item := range [][3]byte{{6, 20, 2}, {7, 8, 2}, {8, 6, 2}} {
			zip[34+6*k], zip[36+6*k], zip[38+6*k] = item[0], item[1], item[2]
		}
		h := lasHead{format: 3, packed: true, length: 34, zip: zip}
		next, err := h.records(bytes.NewReader(append(append(first, make([]byte, 42)...), code...)))
		if err != nil {
			t.Fatal(err)
		}
		for range 200 {
			if _, err := next(); err != nil {
				return
			}
		}
	})
}

// A packed cloud of the Netherlands has the points that its header counts, in the box that it says.
func TestPackedPointCloud(t *testing.T) {
	f, err := os.Open(realdata.Path(t, "city-delft", "ahn3-points.laz"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	h, err := readLASHead(f)
	if err != nil {
		t.Fatal(err)
	}
	next, err := h.records(f)
	if err != nil {
		t.Fatal(err)
	}
	b := lasBuilder{head: h, shape: lasShapes[h.format]}
	low, high := [3]float64{math.Inf(1), math.Inf(1), math.Inf(1)}, [3]float64{math.Inf(-1), math.Inf(-1), math.Inf(-1)}
	for i := range h.count {
		p, err := next()
		if err != nil {
			t.Fatalf("point %d: %v", i, err)
		}
		b.block = b.block[:0]
		b.add(int(i), p)
		for _, at := range b.block {
			for k := range 3 {
				low[k], high[k] = math.Min(low[k], at[k]), math.Max(high[k], at[k])
			}
		}
	}
	want := [2][3]float64{{85000.001, 447412.8, -0.606}, {85072.299, 447641.299, 26.329}}
	for k := range 3 {
		if math.Abs(low[k]-want[0][k]) > 1e-6 || math.Abs(high[k]-want[1][k]) > 1e-6 {
			t.Errorf("axis %d: from %.3f to %.3f, %.3f to %.3f in the header", k, low[k], high[k], want[0][k], want[1][k])
		}
	}
	classes := map[string]int{}
	for _, c := range b.numbers[1] {
		classes[lasClass(int(c))]++
	}
	times := b.numbers[6]
	t.Log(h.count, classes, times[0], times[len(times)-1])
}

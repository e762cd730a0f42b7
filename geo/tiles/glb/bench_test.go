package glb

import (
	"io"
	"math"
	"testing"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
)

// block is a tile's worth of buildings: 60 000 vertices, 1 000 features.
func block() geo.Content {
	m := geo.Mesh{Layer: "city", Material: geo.Facade}
	c := geo.Content{Frame: earth.FrameAt(earth.Place{Lng: 7, Lat: 50})}
	for i := range 60000 {
		sin, cos := math.Sincos(float64(i))
		m.Positions = append(m.Positions, [3]float32{float32(500 * sin), float32(500 * cos), float32(i % 40)})
		m.Normals = append(m.Normals, [3]float32{float32(sin), float32(cos), 0})
		m.Colors = append(m.Colors, [4]uint8{uint8(i), uint8(i >> 3), 90, 255})
		m.UVs = append(m.UVs, [2]float32{float32(i % 11), float32(i % 5)})
		m.Features = append(m.Features, uint32(i/60))
		m.Indices = append(m.Indices, uint32(i), uint32(i/3), uint32(i/2))
	}
	c.Meshes = []geo.Mesh{m}
	for range 1000 {
		c.Features = append(c.Features, geo.FeatureRow{ID: "way/123456", Class: "building", Height: 9})
	}
	return c
}

func BenchmarkWrite(b *testing.B) {
	c := block()
	b.SetBytes(int64(len(encode(b, c, Options{}))))
	b.ReportAllocs()
	for b.Loop() {
		if err := Write(io.Discard, c, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	data := encode(b, block(), Options{})
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(data, ReadOptions{ToECEF: mgl64.Ident4()}); err != nil {
			b.Fatal(err)
		}
	}
}

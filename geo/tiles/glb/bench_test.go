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

// flats are 350 flat buildings, as a tile has them: walls and a roof of some 25 triangles
// each, flat shaded.
func flats() geo.Content {
	c := geo.Content{Frame: earth.FrameAt(earth.Place{Lng: 7, Lat: 50})}
	walls, roofs := geo.Mesh{Layer: "city", Material: geo.Facade}, geo.Mesh{Layer: "city", Material: geo.Roof}
	for i := range uint32(350) {
		const corners = 8
		x, y, h := float64(i%19)*23, float64(i/19)*21, 6+float64(i%7)*3
		color := [4]uint8{uint8(150 + i%60), 150, uint8(120 + i%40), 255}
		var ring [corners][2]float32
		for k := range ring {
			sin, cos := math.Sincos(float64(k)*2*math.Pi/corners + float64(i))
			ring[k] = [2]float32{float32(x + 8*cos), float32(y + 6*sin)}
		}
		add := func(m *geo.Mesh, p, n [3]float32, u, v float32) {
			m.Positions, m.Normals = append(m.Positions, p), append(m.Normals, n)
			m.Colors, m.UVs, m.Features = append(m.Colors, color), append(m.UVs, [2]float32{u, v}), append(m.Features, i)
		}
		for k, a := range ring {
			b := ring[(k+1)%corners]
			sin, cos := math.Sincos((float64(k)+0.5)*2*math.Pi/corners + float64(i))
			n, at := [3]float32{float32(cos), float32(sin), 0}, uint32(len(walls.Positions))
			add(&walls, [3]float32{a[0], a[1], 40}, n, 0, 0)
			add(&walls, [3]float32{b[0], b[1], 40}, n, 2, 0)
			add(&walls, [3]float32{b[0], b[1], 40 + float32(h)}, n, 2, float32(h/3))
			add(&walls, [3]float32{a[0], a[1], 40 + float32(h)}, n, 0, float32(h/3))
			walls.Indices = append(walls.Indices, at, at+1, at+2, at, at+2, at+3)
		}
		at := uint32(len(roofs.Positions))
		for k, a := range ring {
			add(&roofs, [3]float32{a[0], a[1], 40 + float32(h)}, [3]float32{0, 0, 1}, a[0]-float32(x), a[1]-float32(y))
			if k > 1 {
				roofs.Indices = append(roofs.Indices, at, at+uint32(k)-1, at+uint32(k))
			}
		}
		c.Features = append(c.Features, geo.FeatureRow{ID: "way/123456789", Class: "building", Height: float32(h)})
	}
	c.Meshes = []geo.Mesh{walls, roofs}
	return c
}

// Goal: at most 10 µs a flat building.
func BenchmarkFlatBuildings(b *testing.B) {
	c := flats()
	for name, o := range map[string]Options{"plain": {}, "quantized": {Quantize: true}, "meshopt": {Compress: true}} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			size := len(encode(b, c, o))
			for b.Loop() {
				if err := Write(io.Discard, c, o); err != nil {
					b.Fatal(err)
				}
			}
			n := float64(len(c.Features))
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/n, "µs/building")
			b.ReportMetric(float64(size)/n, "B/building")
		})
	}
}

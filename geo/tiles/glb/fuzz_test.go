package glb

import (
	"testing"

	"github.com/go-gl/mathgl/mgl64"
)

// Whatever the bytes, reading ends with an error or with sound content: finite, even, every
// index within the vertices.
func FuzzRead(f *testing.F) {
	for seed := range uint64(6) {
		f.Add(encode(f, randomContent(seed), Options{Quantize: seed%2 == 0}))
	}
	f.Add([]byte(`{"asset":{"version":"2.0"},"nodes":[{"mesh":0}],"meshes":[{"primitives":[{"attributes":{"POSITION":0},"mode":5}]}],"accessors":[{"componentType":5126,"type":"VEC3","count":9,"sparse":{"count":1,"indices":{"bufferView":0,"componentType":5121},"values":{"bufferView":0}}}]}`))
	f.Add(append([]byte("b3dm\x01\x00\x00\x00\x30\x00\x00\x00\x14\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"), `{"BATCH_LENGTH":9}  `...))
	f.Add(pnts(f, 8))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<16 {
			return
		}
		c, err := Read(data, ReadOptions{ToECEF: mgl64.Translate3D(6e6, 1, 2)})
		if err == nil {
			for _, m := range c.Meshes {
				if err := check(m); err != nil {
					t.Fatal(err)
				}
			}
		}
		m, err := ReadModel(data, nil)
		if err != nil {
			return
		}
		for _, p := range m.Parts {
			for _, v := range p.Indices {
				if int(v) >= len(p.Positions) {
					t.Fatal("index beyond the vertices")
				}
			}
		}
	})
}

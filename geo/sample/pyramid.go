package sample

import (
	"bytes"
	"encoding/json"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/tiles/glb"
)

// pyramid is a model of four sides, 1 m wide and high, and a tileset (3D Tiles 1.1) of it
// alone, 600 m wide on the sea before the city.
func pyramid() ([]File, error) {
	var b bytes.Buffer
	if err := glb.Write(&b, geo.Content{Frame: earth.FrameAt(earth.Place{}), Meshes: []geo.Mesh{fourSides()}}, glb.Options{}); err != nil {
		return nil, err
	}
	const wide = 600
	at := earth.FrameAt(earth.Place{Lng: -30.5, Lat: 36.508}).Matrix().Mul4(mgl64.Scale3D(wide, wide, wide))
	tileset, err := json.MarshalIndent(map[string]any{
		"asset":          map[string]any{"version": "1.1"},
		"geometricError": wide,
		"root": map[string]any{
			"transform":      at,
			"boundingVolume": map[string]any{"box": []float64{0, 0, 0.5, 0.5, 0, 0, 0, 0.5, 0, 0, 0, 0.5}},
			"geometricError": 0,
			"refine":         "ADD",
			"content":        map[string]any{"uri": "pyramid.glb"},
		},
	}, "", "  ")
	return []File{{"pyramid.glb", b.Bytes()}, {"pyramid.json", tileset}}, err
}

// fourSides stand on a square of 1 m.
func fourSides() geo.Mesh {
	m := geo.Mesh{Material: geo.Wall}
	corners := [][3]float32{{-0.5, -0.5, 0}, {0.5, -0.5, 0}, {0.5, 0.5, 0}, {-0.5, 0.5, 0}}
	for i, a := range corners {
		b := corners[(i+1)%4]
		n := [3]float32{a[0] + b[0], a[1] + b[1], 0.7}
		for _, p := range [][3]float32{a, b, {0, 0, 1}} {
			m.Indices = append(m.Indices, uint32(len(m.Positions)))
			m.Positions = append(m.Positions, p)
			m.Normals = append(m.Normals, n)
			m.Colors = append(m.Colors, [4]uint8{200, 120, uint8(60 * i), 255})
		}
	}
	return m
}

package export

import (
	"fmt"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/geo/tiles/glb"
)

// Model is a tileset that holds a model of a layer, whose materials and pictures are its own.
type Model struct {
	Layer string
	Set   *tiles.Tileset
}

// placed reads models into a frame.
func placed(models []Model, frame earth.Frame) (out []glb.Placed, err error) {
	for _, m := range models {
		err := m.Set.Walk(func(t *tiles.Tile) error {
			for _, c := range t.Content {
				data, err := m.Set.ReadFile(c.Path)
				if err != nil {
					return err
				}
				read, copies, err := glb.ReadCopies(data)
				if err != nil {
					return fmt.Errorf("%s: %w", c.Path, err)
				}
				out = append(out, glb.Placed{Layer: m.Layer, Model: read, At: into(frame).Mul4(t.Transform), Copies: copies})
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("export: layer %s: %w", m.Layer, err)
		}
	}
	return out, nil
}

// into is the transform from ECEF to a frame.
func into(f earth.Frame) mgl64.Mat4 {
	turn := mgl64.Mat3FromCols(f.East, f.North, f.Up).Transpose()
	m := turn.Mat4()
	m.SetCol(3, turn.Mul3x1(f.Center).Mul(-1).Vec4(1))
	return m
}

package tiles

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/internal/whole"
)

// oneContent is the content of a tileset of one tile.
const oneContent = "model.glb"

// WriteOne writes a tileset of one tile into a folder: a glb whose points lie in a frame. points are
// those, in metres, that its volume goes around; without the tile its whole extent would be missing,
// so that is the tileset's geometric error.
func WriteOne(dir string, frame earth.Frame, points []mgl64.Vec3, glb []byte, version string) error {
	if len(points) == 0 {
		return errors.New("tiles: a tile without points has no volume")
	}
	box := FitBox(points)
	extent := box.Max.Sub(box.Min).Len()
	box = box.Grow(0.002 + extent*1e-6).rounded() // float32 rounds
	m, none := frame.Matrix(), 0.0
	w := &Writer{o: WriterOptions{Version: version}}
	doc := tilesetJSON{Asset: assetJSON{Version: "1.1", Extras: map[string]string{"generator": w.generator()}}, GeometricError: &extent,
		Root: &tileJSON{Transform: &m, BoundingVolume: &volumeJSON{Box: box.volume()}, GeometricError: &none, Refine: "REPLACE", Content: &contentJSON{URI: oneContent}}}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fmt.Errorf("tiles: %w", err)
	}
	if err := os.WriteFile(filepath.Join(dir, oneContent), glb, 0o666); err != nil {
		return fmt.Errorf("tiles: %w", err)
	}
	err := whole.File(filepath.Join(dir, "tileset.json"), func(out *bufio.Writer) error {
		e := json.NewEncoder(out)
		e.SetEscapeHTML(false)
		return e.Encode(doc)
	})
	if err != nil {
		return fmt.Errorf("tiles: %w", err)
	}
	return nil
}

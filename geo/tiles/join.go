package tiles

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"
	"path/filepath"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/internal/whole"
)

// Join writes a tileset.json into dir that draws the tilesets of folders below it
// together, each as an external tileset. version is that of longtake.
func Join(dir string, folders []string, version string) error {
	var all []mgl64.Vec3
	j := &tileJSON{Refine: "ADD"}
	top := 0.0
	for _, f := range folders {
		uri := filepath.ToSlash(filepath.Join(f, "tileset.json"))
		set, err := Open(filepath.Join(dir, filepath.FromSlash(uri)))
		if err != nil {
			return err
		}
		own := set.Root.Volume.Corners()
		box := enclosing(own[:])
		corners := box.Corners()
		all = append(all, corners[:]...)
		e := set.GeometricError
		top = math.Max(top, e)
		j.Children = append(j.Children, &tileJSON{BoundingVolume: &volumeJSON{Box: box.volume()}, GeometricError: &e, Content: &contentJSON{URI: uri}})
	}
	if len(all) == 0 {
		return fmt.Errorf("tiles: nothing to join in %s", dir)
	}
	j.BoundingVolume, j.GeometricError = &volumeJSON{Box: enclosing(all).volume()}, &top
	w := &Writer{o: WriterOptions{Version: version}}
	doc := tilesetJSON{Asset: assetJSON{Version: "1.1", Extras: map[string]string{"generator": w.generator()}}, GeometricError: &top, Root: j}
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

// enclosing is the box around points of ECEF, a centimetre larger: so far from the origin what is
// turned is off by some millimetres.
func enclosing(points []mgl64.Vec3) Box { return FitBox(points).Grow(0.01).rounded() }

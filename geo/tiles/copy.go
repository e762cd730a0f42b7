package tiles

import (
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
)

// Copy puts a tileset with everything that it needs into a folder, in which it is opened
// as tileset.json, and returns the number of its tiles and the bytes written. raise lifts
// it by metres along the vertical in its middle: for tilesets above another zero than the
// ground's. Files keep their places relative to each other, one folder down.
func Copy(file, dir string, raise float64) (count int, bytes int64, err error) {
	o, err := newOpener(file, MaxTiles)
	if err == nil {
		err = o.read()
	}
	if err != nil {
		return 0, 0, err
	}
	names := o.files
	err = o.set.Walk(func(t *Tile) error {
		for _, c := range t.Content {
			names = append(names, c.Path)
			if strings.EqualFold(path.Ext(c.Path), ".gltf") {
				beside, err := o.beside(c.Path)
				if err != nil {
					return err
				}
				names = append(names, beside...)
			}
		}
		return nil
	})
	if err != nil {
		return 0, 0, err
	}
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		n, err := o.copy(name, filepath.Join(dir, "source", filepath.FromSlash(name)), raise)
		if err != nil {
			return 0, 0, fmt.Errorf("tiles: %s: %w", file, err)
		}
		bytes += n
	}
	n, err := o.wrap(path.Join("source", o.root), filepath.Join(dir, "tileset.json"), raise)
	return o.set.Count, bytes + n, err
}

// beside lists the files that a glTF file names.
func (o *opener) beside(name string) (out []string, err error) {
	data, err := o.source.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var j struct{ Buffers, Images []struct{ URI string } }
	if err := json.Unmarshal(data, &j); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	for _, r := range append(j.Buffers, j.Images...) {
		if r.URI == "" || strings.HasPrefix(r.URI, "data:") {
			continue
		}
		n, err := local(name, r.URI)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out = append(out, n)
	}
	return out, nil
}

func (o *opener) copy(name, to string, raise float64) (int64, error) {
	if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
		return 0, err
	}
	if raise != 0 && o.isTileset(name) {
		data, err := o.source.ReadFile(name)
		if err != nil {
			return 0, err
		}
		var v any
		if err := json.Unmarshal(data, &v); err != nil {
			return 0, fmt.Errorf("%s: %w", name, err)
		}
		raiseRegions(v, raise)
		if data, err = json.Marshal(v); err != nil {
			return 0, err
		}
		return int64(len(data)), os.WriteFile(to, data, 0o666)
	}
	data, err := o.source.ReadFile(name)
	if err != nil {
		return 0, err
	}
	return int64(len(data)), os.WriteFile(to, data, 0o666)
}

// raiseRegions lifts the heights of regions, which no transform moves.
func raiseRegions(v any, by float64) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			raiseRegions(e, by)
		}
	case map[string]any:
		for k, e := range v {
			if r, ok := e.([]any); ok && k == "region" && len(r) == 6 {
				for i := 4; i < 6; i++ {
					if h, ok := r[i].(float64); ok {
						r[i] = h + by
					}
				}
				continue
			}
			raiseRegions(e, by)
		}
	}
}

// wrap writes the outer tileset, which holds the copy as an external one.
func (o *opener) wrap(inner, to string, raise float64) (int64, error) {
	v := o.set.Root.Volume
	up := mgl64.Vec3{}
	if v.Center.Len() > earth.B/2 {
		up = earth.FromECEF(v.Center).Up().Mul(raise)
	}
	root := &tileJSON{GeometricError: &o.set.GeometricError, Refine: "REPLACE", Content: &contentJSON{URI: inner}}
	if o.set.Root.Additive {
		root.Refine = "ADD"
	}
	if v.Half == ([3]mgl64.Vec3{}) {
		root.BoundingVolume = &volumeJSON{Sphere: []float64{v.Center[0], v.Center[1], v.Center[2], v.Radius}}
	} else {
		b := append([]float64(nil), v.Center[:]...)
		for _, h := range v.Half {
			b = append(b, h[:]...)
		}
		root.BoundingVolume = &volumeJSON{Box: b}
	}
	if raise != 0 {
		m := mgl64.Translate3D(up[0], up[1], up[2])
		root.Transform = &m
	}
	data, err := json.Marshal(tilesetJSON{Asset: assetJSON{Version: "1.1"}, GeometricError: &o.set.GeometricError, Root: root})
	if err != nil {
		return 0, err
	}
	return int64(len(data)), os.WriteFile(to, append(data, '\n'), 0o666)
}

package tiles

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/go-gl/mathgl/mgl64"
	"golang.org/x/sync/errgroup"

	"github.com/longtake/longtake/geo/earth"
)

// Copy puts a tileset with everything that it needs into a folder, in which it is opened
// as tileset.json, and returns the number of its tiles, that of its contents which can be
// read, and the bytes written. raise lifts
// it by metres along the vertical in its middle: for tilesets above another zero than the
// ground's. Files keep their places relative to each other, one folder down.
//
// A tile's content that is not there or cannot be read is put in as one that is empty, and
// skip is told of it, by its path in the tileset; other files that fail are an error.
func Copy(file, dir string, raise float64, skip func(content string, err error)) (count, whole int, bytes int64, err error) {
	o, err := newOpener(file, MaxTiles)
	if err == nil {
		err = o.read()
	}
	if err != nil {
		return 0, 0, 0, err
	}
	names := o.files
	var contents []string
	_ = o.set.Walk(func(t *Tile) error {
		for _, c := range t.Content {
			contents = append(contents, c.Path)
		}
		return nil
	})
	slices.Sort(contents)
	contents = slices.Compact(contents)
	broken := o.broken(contents)
	target := func(name string) string { return filepath.Join(dir, "source", filepath.FromSlash(name)) }
	for i, name := range contents {
		if broken[i] == nil {
			whole++
			names = append(names, name)
			if strings.EqualFold(path.Ext(name), ".gltf") {
				beside, err := o.beside(name)
				if err != nil {
					return 0, 0, 0, fmt.Errorf("tiles: %s: %w", file, err)
				}
				names = append(names, beside...)
			}
			continue
		}
		skip(name, broken[i])
		n, err := writeFile(target(name), nothing(name))
		if err != nil {
			return 0, 0, 0, fmt.Errorf("tiles: %s: %w", file, err)
		}
		bytes += n
	}
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		n, err := o.copy(name, target(name), raise)
		if err != nil {
			return 0, 0, 0, fmt.Errorf("tiles: %s: %w", file, err)
		}
		bytes += n
	}
	n, err := o.wrap(path.Join("source", o.root), filepath.Join(dir, "tileset.json"), raise)
	return o.set.Count, whole, bytes + n, err
}

// broken tells of contents why they cannot be read; nil of those that can.
func (o *opener) broken(contents []string) []error {
	out := make([]error, len(contents))
	var tasks errgroup.Group
	tasks.SetLimit(runtime.GOMAXPROCS(0))
	for i, name := range contents {
		tasks.Go(func() error {
			_, out[i] = o.set.load(&Tile{Transform: mgl64.Ident4()}, Content{Path: name}, false)
			return nil
		})
	}
	_ = tasks.Wait()
	return out
}

// nothing is a content that holds nothing. What a tile holds is told by how it begins, so
// that this may stand in for a content of any kind.
func nothing(name string) []byte {
	text := []byte(`{"asset":{"version":"2.0"}}`)
	if strings.EqualFold(path.Ext(name), ".gltf") {
		return text
	}
	for len(text)%4 != 0 {
		text = append(text, ' ')
	}
	out := []byte("glTF\x02\x00\x00\x00")
	out = binary.LittleEndian.AppendUint32(out, uint32(20+len(text)))
	out = binary.LittleEndian.AppendUint32(out, uint32(len(text)))
	return append(append(out, "JSON"...), text...)
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

// writeFile makes a file and its folder.
func writeFile(to string, data []byte) (int64, error) {
	if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
		return 0, err
	}
	return int64(len(data)), os.WriteFile(to, data, 0o666)
}

func (o *opener) copy(name, to string, raise float64) (int64, error) {
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
		return writeFile(to, data)
	}
	data, err := o.source.ReadFile(name)
	if err != nil {
		return 0, err
	}
	return writeFile(to, data)
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

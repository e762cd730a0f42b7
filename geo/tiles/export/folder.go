package export

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/longtake/longtake/geo/tiles/archive"
	"github.com/longtake/longtake/geo/tiles/glb"
)

// Folder copies the files of a folder of tilesets. Where decompress is set, glbs lose
// their EXT_meshopt_compression and hold the same otherwise. It returns the number of
// files and the bytes written.
func Folder(from, to string, decompress bool) (files int, bytes int64, err error) {
	err = each(from, decompress, func(name string, data []byte) error {
		path := filepath.Join(to, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return err
		}
		files, bytes = files+1, bytes+int64(len(data))
		return os.WriteFile(path, data, 0o666)
	})
	return files, bytes, err
}

// Archive writes the files of a folder of tilesets, which has a tileset.json, as a 3D
// Tiles archive.
func Archive(w io.Writer, from string, decompress bool) (files int, err error) {
	a := archive.NewWriter(w)
	err = each(from, decompress, func(name string, data []byte) error {
		files++
		return a.Add(name, data)
	})
	if err != nil {
		return files, err
	}
	return files, a.Close()
}

// each calls visit for all files below a folder, tileset.json first, then by name.
func each(from string, decompress bool, visit func(name string, data []byte) error) error {
	var names []string
	err := filepath.WalkDir(from, func(path string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			var name string
			name, err = filepath.Rel(from, path)
			names = append(names, filepath.ToSlash(name))
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	slices.Sort(names)
	if i := slices.Index(names, "tileset.json"); i > 0 {
		names = slices.Insert(slices.Delete(names, i, i+1), 0, "tileset.json")
	}
	for _, name := range names {
		data, err := os.ReadFile(filepath.Join(from, filepath.FromSlash(name)))
		if err == nil && decompress && strings.HasSuffix(name, ".glb") {
			data, err = glb.Decompress(data)
		}
		if err == nil {
			err = visit(name, data)
		}
		if err != nil {
			return fmt.Errorf("export: %s: %w", name, err)
		}
	}
	return nil
}

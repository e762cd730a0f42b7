package tiles

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/longtake/longtake/geo/tiles/archive"
)

// source reads the files of a tileset by their paths relative to it.
type source interface {
	ReadFile(name string) ([]byte, error)
}

// folder is a tileset in files.
type folder string

func (f folder) ReadFile(name string) ([]byte, error) {
	return os.ReadFile(filepath.Join(string(f), filepath.FromSlash(name)))
}

// sourceOf opens what holds a tileset: the folder of a tileset.json, or an archive (3TZ),
// whose root is its tileset.json.
func sourceOf(file string) (s source, root string, err error) {
	if !strings.EqualFold(filepath.Ext(file), ".3tz") {
		return folder(filepath.Dir(file)), filepath.Base(file), nil
	}
	f, err := os.Open(file) // closed when the tileset is no longer used
	if err != nil {
		return nil, "", err
	}
	info, err := f.Stat()
	if err == nil {
		if s, err = archive.NewReader(f, info.Size()); err == nil {
			return s, "tileset.json", nil
		}
	}
	f.Close()
	return nil, "", err
}

// ReadFile reads a file of the tileset by its path relative to it, such as Content.Path.
func (s *Tileset) ReadFile(name string) ([]byte, error) { return s.source.ReadFile(name) }

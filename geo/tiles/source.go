package tiles

import (
	"io"
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
		var r *archive.Reader
		if r, err = archive.NewReader(f, info.Size()); err == nil {
			return &opened{r, f}, "tileset.json", nil
		}
	}
	f.Close()
	return nil, "", err
}

// Files reads the files of a tileset, in the folder of its tileset.json or in an archive, by
// their paths in it, whether or not it can be opened as one; root is the tileset's own.
func Files(file string) (read func(name string) ([]byte, error), root string, release func(), err error) {
	s, root, err := sourceOf(file)
	if err != nil {
		return nil, "", nil, err
	}
	release = func() {}
	if a, ok := s.(*opened); ok {
		release = func() { _ = a.Close() }
	}
	return s.ReadFile, root, release, nil
}

// opened is an archive and its file.
type opened struct {
	*archive.Reader
	io.Closer
}

// ReadFile reads a file of the tileset by its path relative to it, such as Content.Path.
func (s *Tileset) ReadFile(name string) ([]byte, error) { return s.source.ReadFile(name) }

package tiles

import (
	"fmt"
	"path"
	"path/filepath"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/tiles/glb"
)

// Load reads the contents of a tile, one for each of its files and several for
// composites, in tangent frames (see glb.Read). It fails as a whole where one of them fails.
func (s *Tileset) Load(t *Tile) ([]geo.Content, error) { return s.contents(t, false) }

// Rows reads the rows of features of a tile's contents alone.
func (s *Tileset) Rows(t *Tile) ([]geo.Content, error) { return s.contents(t, true) }

func (s *Tileset) contents(t *Tile, rows bool) ([]geo.Content, error) {
	var out []geo.Content
	for _, c := range t.Content {
		one, err := s.load(t, c, rows)
		if err != nil {
			return nil, fmt.Errorf("tiles: %s: %w", c.Path, err)
		}
		out = append(out, one...)
	}
	return out, nil
}

func (s *Tileset) load(t *Tile, c Content, rows bool) ([]geo.Content, error) {
	data, err := s.source.ReadFile(c.Path)
	if err != nil {
		return nil, err
	}
	return glb.ReadAll(data, glb.ReadOptions{ToECEF: t.Transform, Wants: s.Wants, RowsOnly: rows, Open: func(uri string) ([]byte, error) {
		name, err := local(c.Path, uri)
		if err != nil {
			return nil, err
		}
		return s.source.ReadFile(path.Clean(name))
	}})
}

// File is the path of a content on this machine, where the tileset is a folder.
func (s *Tileset) File(c Content) string {
	return filepath.Join(filepath.Dir(s.Path), filepath.FromSlash(c.Path))
}

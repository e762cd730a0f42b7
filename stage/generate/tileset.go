package generate

import (
	"fmt"
	"path/filepath"

	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/scene"
)

// unreadable is why a tile of a tileset is left out.
const unreadable = "tile that cannot be read"

// takeTileset takes the tileset of a layer along. Tiles that are not there or damaged are
// left out, by their source and path; a tileset of which no tile is left is an error.
func (g *generation) takeTileset(l *scene.Layer) error {
	src := g.doc.Sources[l.Source]
	folder := g.tilesOf(l)
	broken, first := 0, error(nil)
	n, whole, _, err := tiles.Copy(g.doc.Resolve(src.Path[0]), filepath.Join(g.dir, filepath.FromSlash(folder)), l.Altitude, func(content string, err error) {
		g.report.Skip(l.Source+": "+content, unreadable)
		if broken++; first == nil {
			first = err
		}
	})
	if err != nil {
		return fmt.Errorf("generate: layer %s: %w", l.ID, err)
	}
	if broken > 0 && whole == 0 {
		return fmt.Errorf("generate: layer %s: %w: none of the %d tiles of source %s can be read, the first because: %w", l.ID, ErrSkipped, broken, l.Source, first)
	}
	g.tiles += n
	l.Tiles, l.Source, l.Altitude = folder+"/tileset.json", "", 0
	return nil
}

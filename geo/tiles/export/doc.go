// Package export turns tilesets into what other programs take: one glb, an archive (3TZ),
// or a folder of tiles, with or without compression.
package export

import "github.com/longtake/longtake/geo/tiles"

// cut calls visit for the tiles that together draw a tileset within an error in metres,
// the finest for 0: those whose own error is not above it, or that have no children.
func cut(t *tiles.Tile, maxError float64, visit func(*tiles.Tile) error) error {
	fine := len(t.Content) > 0 && t.GeometricError <= maxError*(1+1e-9) // transforms are not rigid to the last bit*(1+1e-9)
	if len(t.Content) > 0 && (fine || t.Additive || len(t.Children) == 0) {
		if err := visit(t); err != nil {
			return err
		}
	}
	if fine && !t.Additive {
		return nil
	}
	for _, c := range t.Children {
		if err := cut(c, maxError, visit); err != nil {
			return err
		}
	}
	return nil
}

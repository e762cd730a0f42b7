// Package tiles writes, reads and selects 3D Tiles: a quadtree over the plan of a frame,
// one glb per tile (package glb), explicit tiles in one tileset.json.
//
// Boxes, errors and distances are metres; places of tiles are ECEF, float64. Every tile
// has a tangent frame of its own, so that its vertices are small numbers; the transform
// of a tile in the file is relative to its parent's, and chosen so that the product that
// a reader computes stands where it should to 1e-8 m.
//
// A Writer may be used from many goroutines. A Tileset is read-only after Open and safe
// for concurrent use.
package tiles

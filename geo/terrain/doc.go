// Package terrain is the bare ground as triangles: one square grid of heights for a
// whole package, over the plan of the package's frame, simplified level by level.
//
// A tile is a triangulated irregular network of the grid's nodes in its square (package
// tin). No node lies further from it than its error says: heights are compared over the
// ellipsoid's own curve, so that what the Earth curves above a flat triangle counts in.
// The vertices on a side are chosen from that side alone, so two neighbouring tiles of one
// level always agree on the edge between them; skirts hide what differs between levels.
//
// Shapes flatten the ground: pads under buildings, corridors along roads and streams.
// Where they touch, the finest tiles are made of a finer lattice, which is not kept. Where two
// leave no room for a bank between them, and at the edge of water, a wall stands: nodes beside
// it are moved to its top and foot.
//
// Plan positions are metres east and north (earth.Frame.Plan), heights metres above the
// ellipsoid. A Terrain is not changed after New and is safe for concurrent use.
package terrain

// Package terrain is the bare ground as triangles: one square grid of heights for a
// whole package, over the plan of the package's frame, simplified level by level.
//
// The triangulation is the right-triangulated irregular network (RTIN) of Evans,
// Kirkpatrick and Townsend, "Right-Triangulated Irregular Networks", Algorithmica 30,
// 2001: a triangle is split at the middle of its longest side until it is close enough
// to the grid. Each node carries the largest distance between the grid and the two
// triangles that it would split, measured at all their nodes, and of all triangles below
// them; the Earth's curve above a flat triangle counts in. So the error stated for a mesh is a true bound, and two neighbouring tiles of
// one level always agree on the vertices of the edge between them.
//
// Plan positions are metres east and north (earth.Frame.Plan), heights metres above the
// ellipsoid. A Terrain is not changed after New and is safe for concurrent use.
package terrain

// Package tin makes triangulated irregular networks of height grids: as few triangles as
// it finds such that no node of the grid lies further than a bound above or below them.
//
// A square grid of a power of two of cells is halved into right triangles, with all of
// their nodes measured (right). Any other, and what asks for the fewest triangles, is
// refined by greedy insertion (Garland and Heckbert, "Fast Polygonal Approximation of
// Terrains and Height Fields", CMU-CS-95-181, 1995): starting from the rim, the worst
// node of each triangle becomes a vertex of a Delaunay triangulation, until none is
// further off than the bound. Unlike theirs the triangles are worked off in waves, all
// those of a wave being measured once before any is split, which measures few triangles
// that another insertion would undo, and needs no queue by error. What halving leaves to
// be mended, along the rim and where kinds meet, is mended so too.
//
// Each side of the rim is simplified alone (Edge): it depends on nothing but its own
// heights, so that two grids that share a side share its vertices.
//
// Positions are the grid's columns and rows. All decisions on the triangulation are made
// in integers, so they are exact. Heights may have any unit.
package tin

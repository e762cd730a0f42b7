// Package slab cuts areas out of the Earth: a country or a province as a block with side
// walls, its top the relief or a level plate, as maps on big screens show them.
//
// A slab is built tile by tile on a lattice over the plan of a frame. The top's triangles
// are the lattice's cells, whole inside and clipped along the boundary; the walls stand on
// the boundary, cut where it crosses the lattice, so that they meet the top in the same
// vertices. Neighbouring tiles of a level share theirs as well.
//
// Thickness, heights and errors are metres, boundaries degrees. What has no area is returned
// with the reason for the report.
package slab

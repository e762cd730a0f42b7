// Package globe writes the ground of the whole Earth as 3D Tiles 1.1: an explicit tree of
// geographic tiles (package geographic) with regions as bounds, so that the poles and the
// antimeridian are places like any other. Neighbours of one level share their edges;
// skirts close the gaps between levels.
package globe

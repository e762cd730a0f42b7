// Package aggregate turns points into fewer things that say as much: bins of a grid, of
// hexagons or of cells with ids, clusters by zoom, densities, interpolated surfaces and
// their contours, Voronoi cells and hulls.
//
// It works on plain columns: longitudes and latitudes in degrees (WGS84), values and weights
// beside them, NaN where nothing is known. Rows without a place belong to no group; groups
// without a value have none, rather than zero. Every result is the same on every run,
// whatever the number of processors.
package aggregate

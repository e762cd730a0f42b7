// Package raster reads elevation rasters and lays them together as one bare ground.
//
// Open recognises a file by its content: SRTM .hgt (bare, zip, gzip) and PNG encodings
// are read here, everything else by GDAL's programs. A Grid is float32 heights in metres
// on a lattice of longitude and latitude (degrees, WGS84), made ellipsoidal by the
// EGM96 geoid where it was given above that. Mosaic joins grids into a geo.Elevation.
//
// A Grid is not to be changed while others read it; an Elevation is safe for concurrent
// use.
package raster

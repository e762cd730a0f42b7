// Package read turns files into features. What a file is is told from its content, never
// from its name: OpenStreetMap as PBF and XML, GeoJSON in all its forms, arrays of rows,
// CityJSON, tables with coordinate columns, and whatever else GDAL's programs know.
// Each may lie in a .gz or in a .zip of one file.
//
// Coordinates come out in WGS84 degrees (longitude first). Geometry is as the source has
// it, checked for range but not for validity: package clean makes polygons sound. One bad
// object is skipped and counted; a bad file is one error that names it and the place.
// Large files are streamed. All functions are safe for concurrent use.
package read

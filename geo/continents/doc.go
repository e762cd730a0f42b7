// Package continents knows roughly where the Earth is land and what grows there, for globes
// that nobody gave a picture: outlines of the continents, greater islands and lakes, drawn by
// hand to some tens of kilometres, and ellipses of its climates. Cover makes maps of them, and
// of better outlines as those of Natural Earth or OpenStreetMap's land polygons.
//
// Maps are equirectangular over the whole globe, by geodetic longitude and latitude in degrees,
// from -180° and, in their first row, -90°.
package continents

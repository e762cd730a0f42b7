// Package pyramid is imagery as square tiles of the spherical Mercator projection
// (EPSG:3857), each zoom twice as fine as the one below: where tiles come from, which of
// them a view needs, and the archive that a package keeps them in.
package pyramid

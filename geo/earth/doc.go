// Package earth is the shape of the Earth: the WGS84 ellipsoid, the frames that
// geometry is built in, and the Sun above it.
//
// Angles of places are degrees, everything else is metres and radians. Heights are
// metres above the WGS84 ellipsoid. ECEF is the Earth-centred, Earth-fixed frame of
// WGS84 (x towards 0°N 0°E, z towards the north pole). All maths is float64; nothing
// here is rounded to float32. All functions are pure and safe for concurrent use.
package earth

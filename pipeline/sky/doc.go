// Package sky is the air and the globe in float64: the clear atmosphere that the sky
// shaders draw, computed again on the CPU, and the numbers that place an eye in it.
//
// The model is that of Hillaire 2020, "A Scalable and Production Ready Sky and
// Atmosphere Rendering Technique": Rayleigh and Mie scattering, an ozone tent, and
// multiple scattering summed as a geometric series. Lengths are kilometres, angles
// radians, radiances relative to a solar irradiance of 1 above the air in each of
// red, green and blue. The ground is a sphere of Radius; Globe maps the ellipsoid to it.
//
// The shaders differ from this package in precision and step counts only, so it is what
// they are tested against. Everything is pure and safe for concurrent use.
package sky

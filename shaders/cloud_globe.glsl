// The globe's clouds as a map of the Earth.
#include "sky_uniforms.glsl"
uniform sampler2D cloudMap;

// Equirectangular coordinates of a unit vector of the Earth's frame, v up.
vec2 equirect(vec3 e) { return vec2(atan(e.y, e.x) / (2.0 * PI) + 0.5, asin(clamp(e.z, -1.0, 1.0)) / PI + 0.5); }

// The level of a map whose texels a pixel of so many radians covers; a whole one, as two
// would cost twice.
float equirectLevel(sampler2D map, float footprint) {
	return max(floor(log2(footprint * float(textureSize(map, 0).y) / PI) + 0.5), 0.0);
}

// The density of clouds where the map has a value, for the cover of the scene.
float cloudDensity(float field) {
	return smoothstep(rise.w, rise.w + 0.17, field);
}

// Value noise on integer hashes: the same on every driver.
#include "common.glsl"

uint hash3(uvec3 v) { return hash1(v.x + v.y * 2654435761u + v.z * 2246822519u); }

// Value noise in 0..1, one cell a unit.
float valueNoise(vec2 p) {
	vec2 i = floor(p), f = p - i;
	f = f * f * (3.0 - 2.0 * f);
	uvec2 c = uvec2(ivec2(i));
	float a = unitFloat(hash2(c)), b = unitFloat(hash2(c + uvec2(1, 0)));
	float d = unitFloat(hash2(c + uvec2(0, 1))), e = unitFloat(hash2(c + uvec2(1, 1)));
	return mix(mix(a, b, f.x), mix(d, e, f.x), f.y);
}

// The same in space; it repeats after wrap + 1 cells, a power of two.
float valueNoise(vec3 p, uint wrap) {
	vec3 i = floor(p), f = p - i;
	f = f * f * (3.0 - 2.0 * f);
	uvec3 c = uvec3(ivec3(i)) & wrap, d = (c + 1u) & wrap;
	float n000 = unitFloat(hash3(c)), n100 = unitFloat(hash3(uvec3(d.x, c.yz)));
	float n010 = unitFloat(hash3(uvec3(c.x, d.y, c.z))), n110 = unitFloat(hash3(uvec3(d.xy, c.z)));
	float n001 = unitFloat(hash3(uvec3(c.xy, d.z))), n101 = unitFloat(hash3(uvec3(d.x, c.y, d.z)));
	float n011 = unitFloat(hash3(uvec3(c.x, d.yz))), n111 = unitFloat(hash3(d));
	return mix(mix(mix(n000, n100, f.x), mix(n010, n110, f.x), f.y), mix(mix(n001, n101, f.x), mix(n011, n111, f.x), f.y), f.z);
}

float valueNoise(vec3 p) { return valueNoise(p, 0xffffffffu); }

// A turn off every axis, between octaves: no grid shows through their sum.
const mat3 OCTAVE_TURN = mat3(0.0, 0.8, 0.6, -0.8, 0.36, -0.48, -0.6, -0.48, 0.64);

// Noise of wavelength 1/scale that fades to its mean where it is finer than the pixels.
float fadedNoise(vec2 p, float scale, float footprint) {
	float keep = 1.0 - smoothstep(0.3, 0.9, footprint * scale);
	return mix(0.5, valueNoise(p * scale), keep);
}

// Clouds with bodies, over the field of the cloud layer (cloud_layer.glsl): the more of it
// there is, the higher they tower; billows shape their sides (after Schneider 2015).
// Go: volumeOf (cloudvolume.go); its test has the same in float64.
#include "cloud_bodies.glsl"
uniform sampler3D cloudNoise; // r billows, g finer ones
uniform vec4 volume;          // x metres up to the base, y thickness, z value of the field where clouds begin, w share drawn
uniform float boil;           // how far the noise has sunk, in heaps

const float CLOUD_BASE = 1500.0; // metres above the globe
const mat2 HEAPS = mat2(205.0, 153.0, -153.0, 205.0) / 64.0; // turned so that heaps and field do not repeat together
const float HEAP = 4750.0;       // metres of one
const float FINE = 950.0;        // the same of the finer ones, turned
const float EXTINCTION = 0.055;  // per metre, at the top of a dense cloud

// Metres that a point of the eye frame is above the eye, over the round Earth.
float riseOf(vec3 p) {
	float r = ball.z + eyeKm.x / ball.w, q = 2.0 * r * p.z + dot(p, p);
	return q / (sqrt(r * r + q) + r);
}

// What the field must exceed for a cloud to reach a height, 0 at the base and 1 at the top,
// which none reaches: heads are round.
float columnProfile(float h) { return 0.95 * pow(h, 1.35) + 0.10 * (1.0 - smoothstep(0.0, 0.12, h)) + 0.9 * smoothstep(0.65, 1.0, h); }

// How much cloud stands over the last point that was asked for, in shares of the thickness.
float columnAbove = 0.0;

// Density, 0 to 1, at a point so many metres above the eye.
float volumeDensity(vec3 p, float rise, bool fine) {
	float h = (rise - volume.x) / volume.y;
	if (h <= 0.0 || h >= 1.0) return 0.0;
	float x = (bodyField(p) - volume.z) * (1.0 / 0.24);
	columnAbove = clamp(pow(max(x + 0.1, 0.0) * 1.05, 0.74), 0.0, 1.0) - h;
	x -= columnProfile(h);
	float rough = mix(0.22, 0.62, smoothstep(0.0, 0.5, h));
	if (x < -0.5 * rough) return 0.0;
	float heaps = 0.0;
	for (int k = 0; k < 3; k++)
		if (layerAt[k].z > 0.0) {
			vec2 at = layerAt[k].xy + vec2(dot(layerU[k].xyz, p), dot(layerV[k].xyz, p));
			heaps += layerAt[k].z * (textureLod(cloudNoise, vec3(HEAPS * at, (rise - volume.x) / HEAP + boil), 0.0).r - 0.5);
		}
	x += rough * heaps;
	if (x <= 0.0) return 0.0;
	float low = 1.0 - smoothstep(0.0, 0.16, h), thin = 1.0 - 0.85 * low;
	if (fine && (x < 0.25 || low > 0.0)) {
		// Wisps hang at the base, heads stand at the top.
		float billow = 0.0;
		for (int k = 0; k < 3; k++)
			if (layerAt[k].z > 0.0) {
				vec2 at = layerAt[k].xy + vec2(dot(layerU[k].xyz, p), dot(layerV[k].xyz, p));
				vec3 q = vec3(mat2(16.0, 12.0, -12.0, 16.0) * at, (rise - volume.x) / FINE + 5.0 * boil);
				billow += layerAt[k].z * (textureLod(cloudNoise, q, 0.0).g + 0.4 * textureLod(cloudNoise, 4.0 * q, 0.0).g - 0.7);
			}
		x += max(1.0 - 4.0 * x, 0.0) * (billow * mix(-0.16, 0.34, smoothstep(0.03, 0.2, h)) - 0.045);
		thin *= max(1.0 - 2.4 * low * billow, 0.1);
	}
	return clamp(x * 8.0, 0.0, 1.0) * mix(0.35, 1.0, h) * thin;
}

// Both meetings of a ray with a sphere around the Earth's middle that is so many metres
// above the eye, the nearer first; x > y where it misses.
vec2 shellHits(vec3 d, float rise) {
	float r = ball.z + eyeKm.x / ball.w, b = r * d.z, c = rise * (2.0 * r + rise), disc = b * b + c;
	if (disc < 0.0) return vec2(1.0, -1.0);
	float q = b >= 0.0 ? -b - sqrt(disc) : -b + sqrt(disc), other = abs(q) > 0.0 ? -c / q : 0.0;
	return vec2(min(q, other), max(q, other));
}

// The part of a ray within the clouds' layer and before the ground, metres; x ≥ y where
// there is none. The farther it begins, the farther it reaches: strides grow with its ratio.
vec2 volumeSpan(vec3 d) {
	vec2 base = shellHits(d, volume.x), top = shellHits(d, volume.x + volume.y), ground = shellHits(d, min(volume.x - CLOUD_BASE, -1.0));
	vec2 span = vec2(max(top.x, 0.0), top.y);
	if (top.x > top.y) return vec2(0.0);
	if (base.x <= base.y) {
		if (volume.x > 0.0) span.x = base.y;           // from below
		else if (base.x > 0.0) span.y = min(span.y, base.x); // down to the base
	}
	if (ground.x <= ground.y && ground.x > 0.0) span.y = min(span.y, ground.x);
	return vec2(span.x, min(span.y, min(1.6e5 + 1.9 * span.x, 3.5e5)));
}

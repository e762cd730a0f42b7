// The sky around the eye as a table: u is the azimuth from the sun, v the zenith angle
// on both sides of the horizon, dense at it.
#include "atmosphere.glsl"
#include "sky_uniforms.glsl"
const vec2 SKY_VIEW_SIZE = vec2(128.0, 256.0);

vec3 bend(vec3 d) { return normalize(d + pole.xyz * (pole.w * dot(pole.xyz, d))); }

// Where a unit direction (stretched) lies in the table, below being its angle below the
// horizon. The halves do not mix: each keeps half a texel from the middle.
vec2 skyViewUV(vec3 bent, float below) {
	float mu = clamp(dot(bent, up.xyz), -1.0, 1.0);
	vec3 across = bent - up.xyz * mu;
	float sinT = length(across);
	vec3 sunAcross = sunBent.xyz - up.xyz * sunDir.w;
	float l = sinT * length(sunAcross);
	float cosPhi = l > 1e-7 ? clamp(dot(across, sunAcross) / l, -1.0, 1.0) : 1.0;
	float u = sqrt(0.5 - 0.5 * cosPhi);
	float n = SKY_VIEW_SIZE.y * 0.5, c, v;
	if (below <= 0.0) {
		c = sqrt(clamp(-below / (eyeKm.y - eyeKm.z), 0.0, 1.0));
		v = n + 0.5 + c * (n - 1.0);
	} else {
		c = sqrt(clamp(below / (PI - eyeKm.y), 0.0, 1.0));
		v = n - 0.5 - c * (n - 1.0);
	}
	return vec2((u * (SKY_VIEW_SIZE.x - 1.0) + 0.5) / SKY_VIEW_SIZE.x, v / SKY_VIEW_SIZE.y);
}

// Near straight up and down acos is coarse; the angle from the across part is not.
float belowHorizon(vec3 bent) {
	float mu = dot(bent, up.xyz);
	return atan(length(bent - up.xyz * mu), mu) - eyeKm.y;
}

vec2 skyViewUV(vec3 bent) { return skyViewUV(bent, belowHorizon(bent)); }

// The inverse for texel centres: zenith angle and cosine of the azimuth from the sun.
void skyViewPoint(vec2 texel, out float theta, out float cosPhi) {
	float u = (texel.x - 0.5) / (SKY_VIEW_SIZE.x - 1.0), n = SKY_VIEW_SIZE.y * 0.5;
	cosPhi = 1.0 - 2.0 * u * u;
	if (texel.y > n) {
		float c = (texel.y - n - 0.5) / (n - 1.0);
		theta = eyeKm.y - c * c * (eyeKm.y - eyeKm.z);
	} else {
		float c = (n - 0.5 - texel.y) / (n - 1.0);
		theta = eyeKm.y + c * c * (PI - eyeKm.y);
	}
}

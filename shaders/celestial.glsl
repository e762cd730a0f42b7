// The sun's disc, the Moon and the stars.
#include "frame.glsl"
#include "atmosphere.glsl"
#include "sky_uniforms.glsl"
#include "noise.glsl"
const float MOON_RADIUS = 0.00452;

// The part of a pixel that a disc of a radius covers, at an angle from its centre.
float discCover(float angle, float radius, float pixelAngle) {
	return clamp((radius - angle) / max(pixelAngle, 1e-5) + 0.5, 0.0, 1.0);
}

// Small angles from chords: acos has no digits there.
float angleBetween(vec3 a, vec3 b) { return 2.0 * asin(min(0.5 * length(a - b), 1.0)); }

vec3 sunDisc(vec3 d, float pixelAngle) {
	float angle = angleBetween(d, sunDir.xyz), cover = discCover(angle, SUN_RADIUS, pixelAngle);
	if (cover <= 0.0) return vec3(0.0);
	// Limb darkening after Neckel and Labs 1994, by wavelength.
	float mu = sqrt(max(0.0, 1.0 - pow(min(angle / SUN_RADIUS, 1.0), 2.0)));
	vec3 limb = pow(vec3(max(mu, 0.05)), vec3(0.397, 0.503, 0.652));
	// Full radiance is 14,600 times the irradiance; a display and half floats need less.
	return cover * limb * min(sunLight.rgb * 14600.0, vec3(400.0));
}

vec3 moonDisc(vec3 d, float pixelAngle) {
	float angle = angleBetween(d, moonDir.xyz), cover = discCover(angle, MOON_RADIUS, pixelAngle);
	if (cover <= 0.0) return vec3(0.0);
	vec3 x = normalize(cross(moonDir.xyz, vec3(0.0, 0.01, 1.0))), y = cross(x, moonDir.xyz);
	vec2 p = vec2(dot(d, x), dot(d, y)) / MOON_RADIUS;
	float r2 = min(dot(p, p), 1.0);
	vec3 n = normalize(p.x * x + p.y * y - sqrt(1.0 - r2) * moonDir.xyz);
	float lit = smoothstep(-0.05, 0.25, dot(n, sunDir.xyz));
	float maria = mix(0.7, 1.0, smoothstep(0.35, 0.6, 0.6 * valueNoise(p * 2.3 + 4.0) + 0.4 * valueNoise(p * 6.0)));
	vec3 face = sunLight.rgb * (0.12 / PI) * maria;
	return cover * (lit + 0.004) * min(face, vec3(4.0, 3.9, 3.7));
}

// Stars are hashed on the cells of a cube around the celestial sphere: fixed there, few
// bright ones, each about a pixel wide so that none flickers.
vec3 stars(vec3 d, float pixelAngle) {
	if (veil.y <= 0.0) return vec3(0.0);
	vec3 c = (frame.toStars * vec4(d, 0.0)).xyz, a = abs(c);
	uint face = a.x > a.y && a.x > a.z ? 0u : (a.y > a.z ? 1u : 2u);
	vec3 q = face == 0u ? c.yzx : (face == 1u ? c.zxy : c);
	if (q.z < 0.0) face += 3u;
	const float cells = 46.0;
	vec2 uv = q.xy / abs(q.z) * cells, cell = floor(uv), f = uv - cell;
	uint h = hash3(uvec3(uvec2(ivec2(cell)), face));
	float pixels = pixelAngle * cells;
	float rarity = unitFloat(h);
	if (rarity > 0.5) return vec3(0.0);
	float radius = clamp(1.1 * pixels, 0.004, 0.25);
	vec2 at = vec2(unitFloat(hash1(h)), unitFloat(hash1(h + 1u))) * (1.0 - 2.0 * radius) + radius;
	float spot = max(0.0, 1.0 - length(f - at) / radius);
	float magnitude = pow(rarity / 0.5 + 0.01, -1.1) * 0.016;
	float warm = unitFloat(hash1(h + 2u));
	vec3 tint = mix(vec3(1.0, 0.82, 0.62), vec3(0.72, 0.84, 1.0), smoothstep(0.1, 0.8, warm));
	return veil.y * tint * magnitude * spot * spot * 3.0;
}

// The sun's disc, the Moon and the Milky Way; stars.vert has the stars.
#include "frame.glsl"
#include "atmosphere.glsl"
#include "sky_uniforms.glsl"
#include "noise.glsl"

// The part of a pixel that a disc of a radius covers, at an angle from its centre.
float discCover(float angle, float radius, float pixelAngle) {
	return clamp((radius - angle) / max(pixelAngle, 1e-5) + 0.5, 0.0, 1.0);
}

// A disc that is smaller than a pixel gives less light than the spot that discCover makes of it.
float discShare(float radius, float pixelAngle) { return min(1.0, 12.0 * pow(radius / pixelAngle, 2.0)); }

// Small angles from chords: acos has no digits there.
float angleBetween(vec3 a, vec3 b) { return 2.0 * asin(min(0.5 * length(a - b), 1.0)); }

vec3 sunDisc(vec3 d, float pixelAngle) {
	float angle = angleBetween(d, sunSeen.xyz), cover = discCover(angle, sunSeen.w, pixelAngle) * discShare(sunSeen.w, pixelAngle);
	if (cover <= 0.0) return vec3(0.0);
	// Limb darkening after Neckel and Labs 1994, by wavelength.
	float mu = sqrt(max(0.0, 1.0 - pow(min(angle / sunSeen.w, 1.0), 2.0)));
	vec3 limb = pow(vec3(max(mu, 0.05)), vec3(0.397, 0.503, 0.652));
	// Full radiance is 14,600 times the irradiance; a display and half floats need less.
	return cover * limb * min(sunLight.rgb * 14600.0, vec3(400.0));
}

vec3 moonDisc(vec3 d, float pixelAngle) {
	float angle = angleBetween(d, moonDir.xyz), cover = discCover(angle, moonLight.w, pixelAngle) * discShare(moonLight.w, pixelAngle);
	if (cover <= 0.0) return vec3(0.0);
	vec3 x = normalize(cross(moonDir.xyz, vec3(0.0, 0.01, 1.0))), y = cross(x, moonDir.xyz);
	vec2 p = vec2(dot(d, x), dot(d, y)) / moonLight.w;
	float r2 = min(dot(p, p), 1.0);
	vec3 n = normalize(p.x * x + p.y * y - sqrt(1.0 - r2) * moonDir.xyz);
	float lit = smoothstep(-0.05, 0.25, dot(n, sunDir.xyz));
	// Seas with ragged shores, of another dust than the highlands.
	vec3 q = vec3(p, sqrt(1.0 - r2));
	float sea = 0.0, amp = 0.56;
	for (int k = 0; k < 5; k++) {
		sea += amp * valueNoise(q * 1.7 + 4.0);
		q = OCTAVE_TURN * q * 2.1;
		amp *= 0.48;
	}
	float maria = mix(0.58, 1.0, smoothstep(0.43, 0.60, sea));
	vec3 face = sunLight.rgb * (0.12 / PI) * maria;
	return cover * (lit + 0.004) * min(face, vec3(4.0, 3.9, 3.7));
}

// From the equatorial frame of J2000 to the galactic one: sky.Galactic.
const mat3 GALACTIC = mat3(
	-0.0548755604, 0.4941094279, -0.8676661490,
	-0.8734370902, -0.4448296300, -0.1980763734,
	-0.4838350155, 0.7469822445, 0.4559837762);
uniform sampler2D galaxyMap;

vec3 milkyWay(vec3 d) {
	vec3 g = GALACTIC * (frame.toStars * vec4(d, 0.0)).xyz;
	float m = textureLod(galaxyMap, vec2(atan(g.y, g.x) / (2.0 * PI) + 0.5, asin(clamp(g.z, -1.0, 1.0)) / PI + 0.5), 0.0).r;
	// Old suns are in the bulge, young ones and their nebulae in the arms.
	vec3 tint = mix(vec3(0.80, 0.92, 1.20), vec3(1.08, 1.0, 0.88), smoothstep(0.5, 0.95, g.x));
	return veil.y * 0.075 * m * m * tint;
}

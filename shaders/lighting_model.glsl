// The light that surfaces send to the eye: GGX with height-correlated Smith visibility
// and a Lambert base, as in Filament's guide; sun, Moon, and the sky by a probe.
#include "frame.glsl"
#include "gbuffer.glsl"
#include "atmosphere.glsl"
#include "sky_uniforms.glsl"
#include "environment_share.glsl"
uniform sampler2D transmittanceTable;
uniform sampler2D probe;      // octahedral, level by roughness
uniform sampler2D irradiance; // octahedral, over pi

const float PROBE_LEVELS = 5.0;

struct Bsdf {
	vec3 diffuse;
	vec3 f0;
	float alpha; // roughness squared
};

Bsdf bsdfOf(GBuffer g) {
	Bsdf b;
	b.diffuse = g.base * (1.0 - g.metallic);
	b.f0 = mix(vec3(0.16 * g.reflectance * g.reflectance), g.base, g.metallic);
	b.alpha = max(g.roughness * g.roughness, 0.002);
	return b;
}

// Specular and diffuse of a light of small size, times the cosine.
vec3 direct(Bsdf b, vec3 n, vec3 v, vec3 l, float nv) {
	float nl = dot(n, l);
	if (nl <= 0.0) return vec3(0.0);
	vec3 h = normalize(v + l);
	float nh = clamp(dot(n, h), 0.0, 1.0), lh = clamp(dot(l, h), 0.0, 1.0);
	// The sun has a size: no highlight is smaller than its disc.
	float a = max(b.alpha, 0.006), a2 = a * a;
	// 1 - nh² from the cross product keeps its digits in tight highlights.
	vec3 x = cross(n, h);
	float k = a / (dot(x, x) + nh * nh * a2);
	float D = min(k * k / PI, 8000.0);
	float V = 0.5 / max(nl * sqrt(nv * nv * (1.0 - a2) + a2) + nv * sqrt(nl * nl * (1.0 - a2) + a2), 1e-4);
	vec3 F = b.f0 + (clamp(50.0 * b.f0.g, 0.0, 1.0) - b.f0) * pow(1.0 - lh, 5.0);
	return nl * (b.diffuse * (1.0 - F) / PI + D * V * F);
}

// The probe along a reflection.
vec3 probeSpecular(vec3 r, float roughness) {
	// A whole level: neighbours differ little, and two would cost twice.
	return textureLod(probe, octEncode(r) * 0.5 + 0.5, floor(roughness * (PROBE_LEVELS - 1.0) + 0.5)).rgb;
}

vec3 probeDiffuse(vec3 n) { return textureLod(irradiance, octEncode(n) * 0.5 + 0.5, 0.0).rgb; }

// Occlusion as light sees it that bounces between surfaces of a colour (Jimenez 2016).
vec3 multiBounce(float ao, vec3 albedo) {
	vec3 a = 2.0404 * albedo - 0.3324, b = -4.7951 * albedo + 0.6417, c = 2.7552 * albedo + 0.6903;
	return max(vec3(ao), ((ao * a + b) * ao + c) * ao);
}

// What hides the sky from a street is lit itself: walls send about this share of the light
// that the sky would, warmer than it (chosen by hand for one street of San Francisco beside the path tracer).
const vec3 WALLS = vec3(0.20, 0.175, 0.145);

vec3 skyOrWalls(float sky) { return mix(WALLS, vec3(1.0), sky); }

// The same for a reflection: a clear mirror looks one way, which other passes know.
vec3 mirroredSky(float sky, float roughness) { return skyOrWalls(mix(1.0, sky, smoothstep(0.15, 0.5, roughness))); }

// Occlusion of reflections (Lagarde and de Rousiers 2014).
float specularOcclusion(float nv, float ao, float roughness) {
	return clamp(pow(nv + ao, exp2(-16.0 * roughness - 1.0)) - 1.0 + ao, 0.0, 1.0);
}

// The sun's irradiance near the eye: between two heights that the CPU has worked out.
vec3 sunNear(vec3 position) {
	float h = eyeKm.x + (dot(position, up.xyz) + dot(position, position) / (2.0 * ball.z)) * ball.w;
	return mix(sunLow.rgb, sunHigh.rgb, clamp(h / 6.0, 0.0, 1.5));
}

// The sun's irradiance anywhere; in the shadow of the Earth it is 0.
vec3 sunAt(vec3 position) {
	float r = ball.z + eyeKm.x / ball.w; // metres from the centre
	position += pole.xyz * (pole.w * dot(pole.xyz, position));
	float along = dot(position, up.xyz), across2 = dot(position, position) - along * along;
	float h = eyeKm.x + (along + 0.5 * across2 / (r + along)) * ball.w;
	return sunlight(transmittanceTable, h, dot(normalize(up.xyz + position / r), sunBent.xyz)) * sunLight.rgb;
}

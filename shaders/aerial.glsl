//!define AIR 1 0 2
// The air between the eye and a surface, from a volume of slices side by side in one
// texture (AIR 0); far above the ground from the sky's table, which then ends at the surface
// (AIR 2); in between from both (AIR 1).
#include "sky_directions.glsl"
const float AERIAL_SIDE = 32.0;
uniform sampler2D aerialMap;
uniform sampler2D skyView;

// What the share of green let through is in each colour: depths keep the proportions of
// the air between the eye and the ground.
vec3 throughColor(float green) { return pow(vec3(clamp(green, 1e-6, 1.0)), depths.xyz); }

// The same on the way out of the air, which is known.
vec3 throughSky(sampler2D table, vec3 bent, float green) {
	return eyeKm.x < AIR_TOP ? transmittance(table, eyeKm.x, dot(bent, up.xyz)) : throughColor(green);
}

// The air up to a fraction of the way through it that is known by its optical depth.
vec4 aerialByDepth(vec3 bent, float km) {
	vec4 view = textureLod(skyView, skyViewUV(bent), 0.0);
	vec2 ray = airRay(eyeKm.x, dot(bent, up.xyz));
	bool ground;
	vec2 cut = airCut(ray, ground);
	if (km <= cut.x || cut.y <= cut.x) return vec4(0.0, 0.0, 0.0, 1.0);
	// Optical depth of both parts by three points each.
	float end = min(km, cut.y), part = 0.0, all = 0.0;
	for (int i = 0; i < 4; i++) {
		float x = (float(i) + 0.5) / 4.0;
		float ta = mix(cut.x, end, x), tb = mix(cut.x, cut.y, x);
		part += exp(-heightAt(ray, ta) / 5.0) * (end - cut.x);
		all += exp(-heightAt(ray, tb) / 5.0) * (cut.y - cut.x);
	}
	float share = clamp(part / max(all, 1e-9), 0.0, 1.0);
	float through = pow(max(view.a, 1e-4), share);
	// Each colour fills up by its own depth.
	return vec4(view.rgb * ((1.0 - throughColor(through)) / max(1.0 - throughColor(view.a), 1e-4)), through);
}

// Scattered light, and the share of green let through, at a distance in metres along a unit
// direction of the eye frame, seen at uv of the picture.
vec4 aerial(vec2 uv, vec3 d, float metres) {
	float km = metres * ball.w;
	vec4 a = vec4(0.0, 0.0, 0.0, 1.0);
#if AIR != 2
	{
		float slices = aerialKm.z;
		float w = sqrt(clamp((km - aerialKm.x) / (aerialKm.y - aerialKm.x), 0.0, 1.0)) * slices;
		// Slice i ends at (i+1)/slices; before the first there is no air.
		float i = clamp(floor(w - 1.0), 0.0, slices - 2.0), f = clamp(w - 1.0 - i, 0.0, 1.0);
		vec2 p = clamp(uv * AERIAL_SIDE, 0.5, AERIAL_SIDE - 0.5);
		vec2 q = vec2((p.x + i * AERIAL_SIDE) / (AERIAL_SIDE * slices), p.y / AERIAL_SIDE);
		vec4 s0 = textureLod(aerialMap, q, 0.0), s1 = textureLod(aerialMap, q + vec2(1.0 / slices, 0.0), 0.0);
		a = mix(s0, s1, f);
		if (w < 1.0) a = mix(vec4(0.0, 0.0, 0.0, 1.0), a, w);
	}
#endif
#if AIR == 1
	a = mix(aerialByDepth(bend(d), km), a, aerialKm.w);
#elif AIR == 2
	a = aerialByDepth(bend(d), km);
#endif
	return a;
}

// The aerial volume (Hillaire 2020, section 5.3): each texel marches from the eye to the
// far side of its slice. Slices lie side by side. SHADE is by whether the ground keeps the
// low sun off some of the air: it then gets what is scattered many times alone.
//!define SHADE 0 1
#include "frame.glsl"
#include "atmosphere.glsl"
#include "sky_uniforms.glsl"
#include "sky_directions.glsl"
const float SIDE = 32.0;
uniform sampler2D transmittanceTable;
uniform sampler2D multipleTable;
#if SHADE
#include "ground_shade.glsl"
#endif
out vec4 color;

void main() {
	float slice = floor(gl_FragCoord.x / SIDE);
	vec2 uv = vec2(gl_FragCoord.x - slice * SIDE, gl_FragCoord.y) / SIDE;
	vec3 d = normalize(viewRay(uv)), bent = bend(d);
	float mu = dot(bent, up.xyz);
	vec2 ray = airRay(eyeKm.x, mu);
	bool ground;
	vec2 cut = airCut(ray, ground);
	float w = (slice + 1.0) / aerialKm.z;
	cut.y = min(cut.y, mix(aerialKm.x, aerialKm.y, w * w));
#if SHADE
	// One step for each slice up to here: where shade begins is then the same for all.
	Scattered s = Scattered(vec3(0.0), vec3(1.0));
	float nu = dot(d, sunDir.xyz), pr = rayleighPhase(nu), pm = miePhase(nu), prev = cut.x;
	for (float k = 1.0; k <= slice + 1.0 && prev < cut.y; k++) { // as scatter
		float next = clamp(mix(aerialKm.x, aerialKm.y, k * k / (aerialKm.z * aerialKm.z)), prev, cut.y), t = 0.5 * (prev + next);
		float h = heightAt(ray, t), mus = ((AIR_RADIUS + eyeKm.x) * sunDir.w + t * nu) / (AIR_RADIUS + h);
		Medium m = mediumAt(h, eyeKm.w);
		vec3 source = sunlight(transmittanceTable, h, mus) * (m.rayleigh * pr + m.mie * pm) * shadeAt(d * (t / ball.w))
			+ multiple(multipleTable, h, mus) * (m.rayleigh + m.mie);
		vec3 seg = exp(-m.extinction * (next - prev));
		s.radiance += s.through * source * (1.0 - seg) / max(m.extinction, vec3(1e-12));
		s.through *= seg;
		prev = next;
	}
#else
	int steps = int(min(slice * 0.5 + 2.0, 14.0));
	Scattered s = scatter(transmittanceTable, multipleTable, eyeKm.w, eyeKm.x, mu, sunDir.w, dot(d, sunDir.xyz), ray, cut, steps);
#endif
	color = vec4(s.radiance * sunLight.rgb, s.through.g);
}

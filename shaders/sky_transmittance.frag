// Table: the share of light that crosses the air to its top, by height and zenith angle.
#include "atmosphere.glsl"
#include "sky_uniforms.glsl"
out vec4 color;

vec3 extinctionAt(vec2 ray, float t) { return mediumAt(heightAt(ray, t), eyeKm.w).extinction; }

void main() {
	vec2 uv = (gl_FragCoord.xy - 0.5) / (TRANSMITTANCE_SIZE - 1.0);
	float H = sqrt(AIR_TOP_C), rho = H * uv.y;
	float h = rho * rho / (sqrt(AIR_RADIUS * AIR_RADIUS + rho * rho) + AIR_RADIUS);
	float dMin = AIR_TOP - h, d = mix(dMin, rho + H, uv.x);
	float mu = d <= 0.0 ? 1.0 : clamp((H * H - rho * rho - d * d) / (2.0 * (AIR_RADIUS + h) * d), -1.0, 1.0);
	vec2 ray = airRay(h, mu), cut = vec2(0.0, d);
	vec3 tau = vec3(0.0);
	float prev = 0.0;
	for (int i = 1; i <= 40; i++) {
		float next = airWarp(ray, cut, float(i) / 40.0);
		tau += (extinctionAt(ray, prev) + 4.0 * extinctionAt(ray, 0.5 * (prev + next)) + extinctionAt(ray, next)) * ((next - prev) / 6.0);
		prev = next;
	}
	color = vec4(exp(-tau), 1.0);
}

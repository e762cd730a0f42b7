// Table: radiance of the second and all higher orders of scattering (Hillaire 2020, 5.5).
#include "atmosphere.glsl"
#include "sky_uniforms.glsl"
uniform sampler2D transmittanceTable;
out vec4 color;

void main() {
	vec2 uv = (gl_FragCoord.xy - 0.5) / (MULTIPLE_SIZE - 1.0);
	float h = uv.y * uv.y * AIR_TOP, muSun = uv.x * 2.0 - 1.0;
	float sinSun = sqrt(max(0.0, 1.0 - muSun * muSun));
	vec3 second = vec3(0.0), again = vec3(0.0);
	for (int i = 0; i < 64; i++) {
		float mu = 1.0 - 2.0 * (float(i / 8) + 0.5) / 8.0;
		float nu = mu * muSun + sqrt(1.0 - mu * mu) * cos(2.0 * PI * (float(i % 8) + 0.5) / 8.0) * sinSun;
		vec2 ray = airRay(h, mu);
		bool ground;
		vec2 cut = airCut(ray, ground);
		cut.y = max(cut.y, cut.x);
		vec3 through = vec3(1.0);
		float prev = cut.x;
		for (int k = 0; k < 20; k++) {
			float t = airWarp(ray, cut, (float(k) + 0.5) / 20.0), next = airWarp(ray, cut, float(k + 1) / 20.0);
			float hk = heightAt(ray, t);
			Medium m = mediumAt(hk, eyeKm.w);
			vec3 sun = sunlight(transmittanceTable, hk, ((AIR_RADIUS + h) * muSun + t * nu) / (AIR_RADIUS + hk));
			vec3 seg = exp(-m.extinction * (next - prev));
			vec3 part = (m.rayleigh + m.mie) * (1.0 - seg) / max(m.extinction, vec3(1e-12)) * through;
			second += part * sun / (4.0 * PI);
			again += part;
			through *= seg;
			prev = next;
		}
		if (ground) {
			float mus = ((AIR_RADIUS + h) * muSun + cut.y * nu) / AIR_RADIUS;
			second += through * sunlight(transmittanceTable, 0.0, mus) * max(mus, 0.0) * GROUND_ALBEDO / PI;
		}
	}
	color = vec4(second / 64.0 / (1.0 - again / 64.0), 1.0);
}

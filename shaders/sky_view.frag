// Table: light that the air scatters towards the eye, to the ground or through the air,
// from any height, and out of the air too. Alpha: share of green let through.
#include "atmosphere.glsl"
#include "sky_uniforms.glsl"
#include "sky_directions.glsl"
uniform sampler2D transmittanceTable;
uniform sampler2D multipleTable;
out vec4 color;

void main() {
	float theta, cosPhi;
	skyViewPoint(gl_FragCoord.xy, theta, cosPhi);
	float mu = cos(theta), muSun = sunDir.w;
	float nu = mu * muSun + sqrt(max(0.0, 1.0 - muSun * muSun)) * sin(theta) * cosPhi;
	vec2 ray = airRay(eyeKm.x, mu);
	bool sky = gl_FragCoord.y > SKY_VIEW_SIZE.y * 0.5, ground;
	// Close to the horizon the side is known from the row, not from float32. From far
	// away the square of the nearest distance to the centre keeps its digits.
	float r = AIR_RADIUS + eyeKm.x, lowest = r * sin(theta);
	vec2 cut = airCut(ray, ground);
	float toTop = (AIR_RADIUS + AIR_TOP - lowest) * (AIR_RADIUS + AIR_TOP + lowest);
	if (eyeKm.x > AIR_TOP) {
		float s = sqrt(max(0.0, toTop));
		cut = vec2(-ray.x - s, -ray.x + s);
		if (!sky) cut.y = -ray.x - sqrt(max(0.0, (AIR_RADIUS - lowest) * (AIR_RADIUS + lowest)));
		// March from where the ray enters.
		float t0 = cut.x;
		mu = -s / (AIR_RADIUS + AIR_TOP);
		muSun = (r * muSun + t0 * nu) / (AIR_RADIUS + AIR_TOP);
		ray = vec2(-s, AIR_TOP_C);
		cut = vec2(0.0, cut.y - t0);
		Scattered f = scatter(transmittanceTable, multipleTable, eyeKm.w, AIR_TOP, mu, muSun, nu, ray, cut, 40);
		color = vec4(f.radiance * sunLight.rgb, f.through.g);
		return;
	}
	if (sky && ground) cut.y = -2.0 * ray.x;
	if (!sky && !ground) cut.y = max(-ray.x, 0.0);
	Scattered s = scatter(transmittanceTable, multipleTable, eyeKm.w, eyeKm.x, mu, muSun, nu, ray, cut, 32);
	color = vec4(s.radiance * sunLight.rgb, s.through.g);
}

// The aerial volume (Hillaire 2020, section 5.3): each texel marches from the eye to the
// far side of its slice. Slices lie side by side.
#include "frame.glsl"
#include "atmosphere.glsl"
#include "sky_uniforms.glsl"
#include "sky_directions.glsl"
const float SIDE = 32.0;
uniform sampler2D transmittanceTable;
uniform sampler2D multipleTable;
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
	int steps = int(min(slice * 0.5 + 2.0, 14.0));
	Scattered s = scatter(transmittanceTable, multipleTable, eyeKm.w, eyeKm.x, mu, sunDir.w, dot(d, sunDir.xyz), ray, cut, steps);
	color = vec4(s.radiance * sunLight.rgb, s.through.g);
}

// The shade of the ground: of mountains that keep the low sun off air and land far behind
// them. Go: airShade.
#include "frame.glsl"
#include "sky_uniforms.glsl"
uniform sampler2D shadeMap; // heights below which no, and above which all of the sun is seen
uniform vec4 shadeU;        // xyz gradient of its first coordinate, 1/m; w at the eye
uniform vec4 shadeV;
uniform float shadeShare;

// The share of the sun that the ground leaves to a point of the eye frame.
float shadeAt(vec3 p) {
	vec2 at = vec2(dot(shadeU.xyz, p) + shadeU.w, dot(shadeV.xyz, p) + shadeV.w);
	vec2 inside = min(at, 1.0 - at);
	float known = smoothstep(0.0, 0.03, min(inside.x, inside.y));
	float r = ball.z + eyeKm.x / ball.w, q = 2.0 * r * p.z + dot(p, p);
	vec2 reach = textureLod(shadeMap, at, 0.0).rg;
	float lit = smoothstep(0.0, 1.0, (frame.ground.x + q / (sqrt(r * r + q) + r) - reach.x) / max(reach.y - reach.x, 40.0));
	return mix(1.0, lit, known * shadeShare);
}

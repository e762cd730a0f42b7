// Rain and snow: particles in a box around the eye, whose lattice stands still on the Earth.
// Where each is follows from its number and the time alone.
//!define LIGHTS 0 1
#include "frame.glsl"
#include "common.glsl"
#if LIGHTS
#include "light_cells.glsl"
#endif
uniform vec4 box;   // xyz how far all have fallen, less the eye, both modulo the box's side, ECEF; w that side, metres
uniform vec3 fall;  // eye frame, m/s
uniform vec4 grain; // x width in metres, y seconds of a streak (0 = flakes), z opacity, w seconds for swaying
uniform sampler2D skyHeights; // what stands around, from above: reversed depth, 1 is up
uniform vec4 skyPlace; // xyz the middle of that map in the eye frame, w half its side in metres, 0 = none
out vec2 across;    // -1..1 over the width and the length
flat out float opacity;
flat out vec3 lamps;  // light of lamps near by that it sends to the eye

void main() {
	uint i = uint(gl_VertexID) / 6u, h = hash1(i * 3u + 1u);
	vec3 seed = vec3(unitFloat(h), unitFloat(hash1(h + 1u)), unitFloat(hash1(h + 2u)));
	vec3 q = mod(seed * box.w + box.xyz, box.w) - 0.5 * box.w;
	vec3 p = q * mat3(frame.toEcef); // from ECEF's axes to those of the eye frame
	vec3 v = fall;
	if (grain.y == 0.0) {
		// Flakes sway, each at its own pace.
		float pace = 1.1 + 1.3 * seed.y, turn = 6.2832 * seed.z + grain.w * pace;
		p += vec3(sin(turn), cos(turn * 0.83 + 2.0), 0.3 * sin(turn * 1.7)) * (0.12 + 0.25 * seed.x);
	}
	if (skyPlace.w > 0.0) {
		float roof = textureLod(skyHeights, (p.xy - skyPlace.xy) / (2.0 * skyPlace.w) + 0.5, 0.0).r;
		if (roof > 0.0 && (2.0 * roof - 1.0) * skyPlace.w + skyPlace.z > p.z + 0.3) {
			gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
			return;
		}
	}
	float away = length(p);
	lamps = vec3(0.0);
#if LIGHTS
	// What is white and round sends a quarter of it on, as a sphere has four times its disc.
	vec4 clip = frame.viewProj * vec4(p, 1.0);
	ivec2 list = clip.w > 0.0 ? lampsAt(clip.xy / clip.w * 0.5 + 0.5, clip.w) : ivec2(0);
	for (int k = list.x; k < list.y; k++) {
		vec3 l;
		lamps += lampLight(k, p, l) * (0.25 / 3.14159);
	}
#endif
	int corner = gl_VertexID % 6;
	vec2 c = vec2(corner == 1 || corner == 2 || corner == 4 ? 1.0 : -1.0, corner == 2 || corner == 4 || corner == 5 ? 1.0 : -1.0);
	// A pixel is the least that is drawn; what is thinner is fainter.
	float pixel = 2.0 * frame.rayUp.w * frame.size.w * max(depthOf(p), 0.05);
	float width = grain.x * (0.7 + 0.6 * seed.x), drawn = max(width, pixel);
	vec3 streak = v * grain.y, side = normalize(cross(p, grain.y > 0.0 ? streak : vec3(frame.view[0].y, frame.view[1].y, frame.view[2].y)));
	vec3 along = grain.y > 0.0 ? 0.5 * streak : 0.5 * drawn * normalize(cross(side, p));
	across = c;
	opacity = grain.z * (width / drawn) * (grain.y > 0.0 ? 1.0 : width / drawn) * smoothstep(0.5 * box.w, 0.3 * box.w, away) * smoothstep(0.25, 1.2, away);
	gl_Position = frame.viewProj * vec4(p + side * (c.x * 0.5 * drawn) + along * c.y, 1.0);
	if (opacity < 0.002) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
}

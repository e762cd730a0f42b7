// One triangle over the whole picture, and what of the sun's disc the lens sees: the same for
// every pixel.
#include "frame.glsl"
#include "sky_uniforms.glsl"
uniform sampler2D source;
uniform sampler2D depthMap;
uniform float flare; // strength
out vec2 uv;
flat out vec2 sunAt; // where the sun is in the picture
flat out vec3 shine; // light of the flare; 0 where the sun is out of the picture or hidden

void main() {
	uv = vec2(float((gl_VertexID << 1) & 2), float(gl_VertexID & 2));
	gl_Position = vec4(uv * 2.0 - 1.0, 0.0, 1.0);
	sunAt = vec2(0.0);
	shine = vec3(0.0);
	vec4 clip = frame.viewProj * vec4(sunSeen.xyz, 0.0);
	if (clip.w <= 0.0) return;
	sunAt = clip.xy / clip.w * 0.5 + 0.5;
	// Around a disc of two pixels and more, on the spiral of the golden angle.
	const int taps = 40;
	const float brightest = 400.0; // of the disc: sunDisc
	float radius = max(sunSeen.w / (2.0 * frame.rayUp.w), 2.0 * frame.size.w);
	for (int i = 0; i < taps; i++) {
		float part = sqrt((float(i) + 0.5) / float(taps)), turn = 2.39996323 * float(i);
		vec2 at = sunAt + radius * part * vec2(cos(turn) * frame.rayUp.w / frame.rayRight.w, sin(turn));
		if (any(lessThan(at, vec2(0.0))) || any(greaterThanEqual(at, vec2(1.0)))) continue;
		if (texelFetch(depthMap, ivec2(at * vec2(textureSize(depthMap, 0))), 0).r > 0.0) continue; // filtered, half of the rim would be hidden
		shine += min(texelFetch(source, ivec2(at * vec2(textureSize(source, 0))), 0).rgb, vec3(brightest));
	}
	vec2 inside = min(sunAt, 1.0 - sunAt);
	shine *= flare * smoothstep(0.0, 0.05, min(inside.x, inside.y)) / (brightest * float(taps));
}

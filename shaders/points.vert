// Round dots facing the viewer: a quad each, fetched from storage.
#include "frame.glsl"
#include "common.glsl"
#include "draws.glsl"
#include "horizon.glsl"
uniform usamplerBuffer strokeData; // always on the same unit (gpu.StrokeUnit)

uint word(uint at) { return texelFetch(strokeData, int(at)).r; }

uniform uint drawRecord;
uniform uint firstPoint;
uniform bool metres;
uniform float emission;

flat out vec3 disc;  // centre and radius, pixels
flat out vec4 ink;   // linear, straight alpha
flat out uint featureId;

void main() {
	Draw d = drawOf(drawRecord);
	uint at = (firstPoint + uint(gl_VertexID) / 6u) * 6u;
	vec3 p = toEye(d, vec3(uintBitsToFloat(word(at)), uintBitsToFloat(word(at + 1u)), uintBitsToFloat(word(at + 2u))));
	float size = uintBitsToFloat(word(at + 3u));
	vec4 clip = frame.viewProj * vec4(p, 1.0);
	float radius = 0.5 * (metres ? size / (clip.w * 2.0 * frame.rayUp.w) * frame.size.y : size * frame.clock.w);
	featureId = d.idBase + word(at + 5u);
	ink = unpackUnorm4x8(word(at + 4u));
	ink.rgb = srgbDecode(ink.rgb) * emission;
	if (d.tint.w > 0.0) ink.rgb *= d.tint.rgb;
	ink.a *= 1.0 - d.fade;
	disc = vec3((clip.xy / clip.w * 0.5 + 0.5) * frame.size.xy, radius);
	if (clip.w < frame.rayForward.w || size <= 0.0 || behindGlobe(p)) {
		gl_Position = vec4(0.0, 0.0, -1.0, 1.0);
		return;
	}
	const vec2 corner[6] = vec2[6](vec2(-1, -1), vec2(1, -1), vec2(-1, 1), vec2(-1, 1), vec2(1, -1), vec2(1, 1));
	vec2 pixel = disc.xy + corner[gl_VertexID % 6] * (max(radius, 0.5) + 1.0);
	gl_Position = vec4((pixel * frame.size.zw * 2.0 - 1.0) * clip.w, clip.z * d.eyeLow.w, clip.w);
}

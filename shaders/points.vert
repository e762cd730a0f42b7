// Dots, shapes and pictures facing the viewer: a quad each, fetched from storage.
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
uniform vec2 limits;  // least and greatest diameter, pixels of a 1080-line picture; 0 = none
uniform vec3 anchor;  // xy of the place from the middle, in radii; z half of the quad in radii
uniform uvec4 sheet;  // columns, rows, frames of an animation; w its cycles in 65536ths

flat out vec3 disc;  // centre and radius, pixels
flat out vec4 ink;   // linear, straight alpha
flat out vec2 turned; // sine and cosine of its angle, clockwise
flat out vec4 tile;  // of the sheet: u, v of its upper left, width, height
flat out uint featureId;
flat out uint ownId; // within the drawable

void main() {
	Draw d = drawOf(drawRecord);
	uint at = (firstPoint + uint(gl_VertexID) / 4u) * 7u;
	vec3 p = toEye(d, vec3(uintBitsToFloat(word(at)), uintBitsToFloat(word(at + 1u)), uintBitsToFloat(word(at + 2u))));
	float size = uintBitsToFloat(word(at + 3u));
	uint look = word(at + 6u);
	vec4 clip = frame.viewProj * vec4(p, 1.0);
	float radius = 0.5 * (metres ? size / (clip.w * 2.0 * frame.rayUp.w) * frame.size.y : size * frame.clock.w);
	radius = max(radius, 0.5 * limits.x * frame.clock.w);
	if (limits.y > 0.0) radius = min(radius, 0.5 * limits.y * frame.clock.w);
	ownId = word(at + 5u);
	featureId = d.idBase + ownId;
	ink = unpackUnorm4x8(word(at + 4u));
	ink.rgb = srgbDecode(ink.rgb) * emission;
	if (d.tint.w > 0.0) ink.rgb *= d.tint.rgb;
	ink.a *= 1.0 - d.fade;
	float angle = float(look >> 16u) / 65536.0 * 6.28318530718;
	turned = vec2(sin(angle), cos(angle));
	uint n = (look & 65535u) + (sheet.w & 65535u) * sheet.z / 65536u;
	tile = vec4(float(n % sheet.x) / float(sheet.x), float(n / sheet.x % sheet.y) / float(sheet.y), 1.0 / vec2(sheet.xy));
	disc = vec3((clip.xy / clip.w * 0.5 + 0.5) * frame.size.xy - anchor.xy * radius, radius);
	if (clip.w < frame.rayForward.w || size <= 0.0 || behindGlobe(p)) {
		gl_Position = vec4(0.0, 0.0, -1.0, 1.0);
		return;
	}
	vec2 corner = vec2((gl_VertexID & 1) == 0 ? -1.0 : 1.0, (gl_VertexID & 2) == 0 ? -1.0 : 1.0);
	vec2 pixel = disc.xy + corner * (max(radius, 0.5) * anchor.z + 1.0);
	gl_Position = vec4((pixel * frame.size.zw * 2.0 - 1.0) * clip.w, clip.z * d.eyeLow.w, clip.w);
}

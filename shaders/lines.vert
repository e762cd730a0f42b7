// Polylines: a quad for each segment, fetched from storage, widened on the screen. The
// fragment stage draws the segment as a capsule, cut at the joins' bisectors so that no
// pixel is blended twice.
#include "frame.glsl"
#include "common.glsl"
#include "draws.glsl"
#include "horizon.glsl"
uniform usamplerBuffer strokeData; // always on the same unit (gpu.StrokeUnit)

uint word(uint at) { return texelFetch(strokeData, int(at)).r; }

uniform uint drawRecord;
uniform uint firstSegment;
uniform float width;  // pixels of this picture, or metres
uniform bool metres;
uniform vec2 trail;   // clock, length; 0 = not timed
uniform float emission;

flat out vec4 ends;      // xy of both ends, pixels
flat out vec4 bisectors; // normals of the cuts, pointing along the segment; 0 = none
flat out vec4 shape;     // half widths at the ends; view depths
flat out vec4 colorA;    // linear, straight alpha
flat out vec4 colorB;
flat out vec2 times;
flat out uint featureId;

const uint STRIDE = 18u;

vec3 fetch3(uint at) { return vec3(uintBitsToFloat(word(at)), uintBitsToFloat(word(at + 1u)), uintBitsToFloat(word(at + 2u))); }

vec4 tinted(Draw d, uint c) {
	vec4 v = unpackUnorm4x8(c);
	v.rgb = srgbDecode(v.rgb) * emission;
	if (d.tint.w > 0.0) v.rgb *= d.tint.rgb;
	v.a *= 1.0 - d.fade;
	return v;
}

vec4 clipOf(vec3 eyePos) { return frame.viewProj * vec4(eyePos, 1.0); }
vec2 pixelOf(vec4 clip) { return (clip.xy / clip.w * 0.5 + 0.5) * frame.size.xy; }

// ahead moves a towards b until it is in front of the near plane.
vec3 ahead(vec3 a, vec3 b) {
	float da = depthOf(a), db = depthOf(b), near = frame.rayForward.w * 1.01;
	return da >= near || db <= near ? a : mix(a, b, (near - da) / (db - da));
}

float halfWidth(float depth) {
	return 0.5 * (metres ? width / (depth * 2.0 * frame.rayUp.w) * frame.size.y : width);
}

vec2 bisector(vec2 from, vec2 at, vec2 to) {
	vec2 a = at - from, b = to - at;
	vec2 n = (dot(a, a) > 1e-6 ? normalize(a) : vec2(0.0)) + (dot(b, b) > 1e-6 ? normalize(b) : vec2(0.0));
	return dot(n, n) > 0.01 ? normalize(n) : vec2(0.0); // a sharp turn is not cut
}

void main() {
	Draw d = drawOf(drawRecord);
	uint at = (firstSegment + uint(gl_VertexID) / 6u) * STRIDE;
	vec3 p0 = toEye(d, fetch3(at)), a = toEye(d, fetch3(at + 3u)), b = toEye(d, fetch3(at + 6u)), p1 = toEye(d, fetch3(at + 9u));
	uint flags = word(at + 17u);
	vec3 va = ahead(a, b), vb = ahead(b, a);
	vec4 ca = clipOf(va), cb = clipOf(vb);
	vec2 sa = pixelOf(ca), sb = pixelOf(cb);
	ends = vec4(sa, sb);
	vec2 halves = vec2(halfWidth(ca.w), halfWidth(cb.w));
	shape = vec4(halves, ca.w, cb.w);
	bisectors = vec4(0.0);
	if ((flags & 1u) != 0u && va == a) bisectors.xy = bisector(pixelOf(clipOf(ahead(p0, a))), sa, sb);
	if ((flags & 2u) != 0u && vb == b) bisectors.zw = bisector(sa, sb, pixelOf(clipOf(ahead(p1, b))));
	colorA = tinted(d, word(at + 12u));
	colorB = tinted(d, word(at + 13u));
	if (behindGlobe(a)) colorA.a = 0.0;
	if (behindGlobe(b)) colorB.a = 0.0;
	featureId = d.idBase + word(at + 16u);
	times = vec2(uintBitsToFloat(word(at + 14u)), uintBitsToFloat(word(at + 15u)));
	if (min(depthOf(va), depthOf(vb)) < frame.rayForward.w || (trail.y > 0.0 && (times.x > trail.x || times.y < trail.x - trail.y))) {
		gl_Position = vec4(0.0, 0.0, -1.0, 1.0);
		return;
	}
	const int corner[6] = int[6](0, 1, 2, 2, 1, 3);
	int k = corner[gl_VertexID % 6];
	bool atB = k >= 2;
	vec2 along = sb - sa;
	along = dot(along, along) > 1e-8 ? normalize(along) : vec2(1.0, 0.0);
	vec2 across = vec2(-along.y, along.x) * ((k & 1) == 0 ? 1.0 : -1.0);
	float reach = max(max(halves.x, halves.y), 0.5) + 1.0;
	vec2 pixel = (atB ? sb + along * reach : sa - along * reach) + across * reach;
	vec4 clip = atB ? cb : ca;
	gl_Position = vec4((pixel * frame.size.zw * 2.0 - 1.0) * clip.w, clip.z * d.eyeLow.w, clip.w);
}

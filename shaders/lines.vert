// Polylines and curves: a quad for each segment, fetched from storage. The fragment stage finds each
// pixel in the segment's own plane, metres of it or pixels, and draws the line's shape there;
// at joins the bisector of both segments parts them, so that no pixel is blended twice.
//!define CURVE 0 1
//!define LOOK 0 1
#include "frame.glsl"
#include "common.glsl"
#include "draws.glsl"
#include "horizon.glsl"
uniform usamplerBuffer strokeData; // two texels a point; always on the same unit (gpu.StrokeUnit)

uniform uint drawRecord;
uniform uint firstPoint;
uniform vec4 width;   // unit of widths, 1 = in metres, 1 = flat, metres by which lines on the ground are nearer
uniform vec2 slight;  // metres that a width in pixels is at the most, 0 = any; half widths by which those that face the viewer are nearer
uniform vec2 ends;    // drawable.Join, drawable.Cap
uniform float rim;    // beyond the line, pixels of this picture or metres
uniform float emission;
uniform vec2 flow;    // clock, length of the tail; 0 = none
uniform vec4 rest;    // opacity without light, taper, cycle, 1 = even tail
uniform vec2 flicker; // share, clock

flat out vec3 planeS;  // times (pixel, 1): along the segment and to its left, over planeN
flat out vec3 planeT;
flat out vec3 planeN;
flat out vec3 cutA;    // times (pixel, 1): below 0 the neighbour takes what both cover; 0 = an end
flat out vec3 cutB;
flat out vec4 around;  // neighbouring points, in the segment's plane
flat out vec3 joinA;   // xy towards the outer corner; z how far the line reaches there, of its half width
flat out vec3 joinB;
flat out vec4 shape;   // half widths, view depths (1 where the plane is not the picture)
flat out float len;
flat out vec2 rims;   // share of the half widths that is casing
flat out vec4 colorA;  // linear, straight alpha
flat out vec4 colorB;
flat out vec4 marks;   // metres along the line, times
flat out uint featureId;

const uint SEGMENT = 0x80000000u, JOINED = 0x40000000u;

struct End { vec3 at; vec2 size; }; // eye frame; half width, offset

#if CURVE
#include "curve.glsl"
uniform uint steps;   // segments of a curve
#if LOOK
uniform vec4 pattern; // as lines.frag has it
#endif

vec3 pointOf(Draw d, Curve c, uint k) { return toEye(d, curveAt(c, float(k) / float(steps))); }
#else
vec3 pointOf(Draw d, uint at) { return toEye(d, uintBitsToFloat(texelFetch(strokeData, int(at * 2u)).xyz)); }
#endif

vec4 tinted(Draw d, vec4 v, float alpha) {
	v.rgb = srgbDecode(v.rgb) * emission;
	if (d.tint.w > 0.0) v.rgb *= d.tint.rgb;
	v.a *= alpha;
	return v;
}

vec4 clipOf(vec3 eyePos) { return frame.viewProj * vec4(eyePos, 1.0); }
vec2 pixelOf(vec4 clip) { return (clip.xy / clip.w * 0.5 + 0.5) * frame.size.xy; }

// ahead moves a towards b until it is in front of the near plane.
vec3 ahead(vec3 a, vec3 b) {
	float da = depthOf(a), db = depthOf(b), near = frame.rayForward.w * 1.01;
	return da >= near || db <= near ? a : mix(a, b, (near - da) / (db - da));
}

vec2 left(vec2 v) { return vec2(-v.y, v.x); }
vec2 unit(vec2 v, vec2 otherwise) { return dot(v, v) > 1e-12 ? normalize(v) : otherwise; }
vec3 unit(vec3 v, vec3 otherwise) { return dot(v, v) > 1e-20 ? normalize(v) : otherwise; }

// toLeft is how far a line's left edge lies from a point where it turns from u to v: a vector
// whose components along both normals are 1, at most three times as long.
vec2 toLeft(vec2 u, vec2 v) { return (left(u) + left(v)) / max(1.0 + dot(u, v), 0.2); }
vec3 toLeft(vec3 u, vec3 v, vec3 up) { return cross(up, u + v) / max(1.0 + dot(u, v), 0.2); }

// cutAt parts the segments u and v that meet at a pixel. Both compute the same.
vec3 cutAt(vec2 at, vec2 u, vec2 v) {
	precise vec2 n = u + v;
	n = dot(n, n) > 1e-4 ? normalize(n) : left(u); // there and back: each takes one side
	precise float c = -dot(n, at);
	return vec3(n, c);
}

// joinOf is the outer corner of a turn from u to v: where it is, and where the line ends there
// as a share of half its width.
vec3 joinOf(vec2 u, vec2 v) {
	float half2 = 0.5 * (1.0 + dot(u, v)); // squared cosine of half the turn
	vec2 m = u - v;
	if (dot(m, m) < 1e-8) return vec3(0.0, 0.0, 1e9);
	return vec3(normalize(m), ends.x == 1.0 && half2 > 1.0 / 16.0 ? 1e9 : sqrt(max(half2, 0.0)));
}

// rays turns a direction of the eye frame into what its product with a pixel's ray is, by the
// pixel.
vec3 rays(vec3 v) {
	return vec3(2.0 * frame.size.z * dot(frame.rayRight.xyz, v), 2.0 * frame.size.w * dot(frame.rayUp.xyz, v), dot(frame.rayForward.xyz - frame.rayRight.xyz - frame.rayUp.xyz, v));
}

float unitAt(float depth) { return width.y > 0.0 ? width.x / (depth * 2.0 * frame.rayUp.w) * frame.size.y : width.x; } // pixels
float metresAt(float depth) { return width.y > 0.0 ? width.x : width.x * depth * 2.0 * frame.rayUp.w * frame.size.w; }

void hide() { gl_Position = vec4(0.0, 0.0, -1.0, 1.0); }

// place puts a corner at a pixel, at the depth of a point.
void place(vec4 clip, vec2 pixel, float nearer) {
	gl_Position = vec4((pixel * frame.size.zw * 2.0 - 1.0) * clip.w, clip.z * nearer, clip.w);
}

// reachOf is how far a quad must go beyond an end and beside it, of half the width there.
float reachOf(vec3 join) { return ends.x == 1.0 && join.z > 1e8 ? 4.0 : 1.0; }

// facing lays the segment into the picture.
void facing(Draw d, vec3 p0, End a, End b, vec3 p1, bool joinedA, bool joinedB, vec2 corner) {
	vec3 va = ahead(a.at, b.at), vb = ahead(b.at, a.at);
	if (min(depthOf(va), depthOf(vb)) < frame.rayForward.w) { hide(); return; }
	vec4 ca = clipOf(va), cb = clipOf(vb);
	joinedA = joinedA && va == a.at;
	joinedB = joinedB && vb == b.at;
	vec2 pa = pixelOf(ca), pb = pixelOf(cb), q0 = pixelOf(clipOf(ahead(p0, a.at))), q1 = pixelOf(clipOf(ahead(p1, b.at)));
	vec2 x = unit(pb - pa, vec2(1.0, 0.0)), u = joinedA ? unit(pa - q0, x) : x, v = joinedB ? unit(q1 - pb, x) : x;
	float ua = unitAt(ca.w), ub = unitAt(cb.w);
	if (slight.x > 0.0) {
		float most = 0.25 * slight.x / frame.rayUp.w * frame.size.y; // pixels of its half at 1 m
		ua = min(ua, most / (ca.w * max(a.size.x, 1e-9)));
		ub = min(ub, most / (cb.w * max(b.size.x, 1e-9)));
	}
	pa -= toLeft(u, x) * a.size.y * ua;
	pb -= toLeft(x, v) * b.size.y * ub;
	q0 -= left(u) * a.size.y * ua;
	q1 -= left(v) * b.size.y * ub;
	vec2 y = left(x);
	len = max(dot(pb - pa, x), 1e-4);
	planeS = vec3(x, -dot(x, pa));
	planeT = vec3(y, -dot(y, pa));
	planeN = vec3(0.0, 0.0, 1.0);
	cutA = joinedA ? cutAt(pa, u, x) : vec3(0.0);
	cutB = joinedB ? -cutAt(pb, x, v) : vec3(0.0);
	around = vec4(dot(q0 - pa, x), dot(q0 - pa, y), dot(q1 - pa, x), dot(q1 - pa, y));
	vec2 ru = vec2(dot(u, x), dot(u, y)), rv = vec2(dot(v, x), dot(v, y));
	joinA = joinOf(ru, vec2(1.0, 0.0));
	joinB = joinOf(vec2(1.0, 0.0), rv);
	shape = vec4((a.size.x + rim) * ua, (b.size.x + rim) * ub, ca.w, cb.w);
	if (width.y == 0.0) shape.xy = vec2(a.size.x * ua + rim, b.size.x * ub + rim);
	rims = 1.0 - vec2(a.size.x * ua, b.size.x * ub) / max(shape.xy, 1e-12);
	float head = ends.y >= 3.0 && !joinedB ? 3.0 : 1.0, side = max(max(shape.x, shape.y) * head, 0.5) + 1.0;
	bool atB = corner.x > 0.0;
	float beyond = max(atB ? shape.y * reachOf(joinB) : shape.x * reachOf(joinA), 0.5) + 1.0;
	place(atB ? cb : ca, (atB ? pb : pa) + x * corner.x * beyond + y * corner.y * side, d.eyeLow.w + (width.w > 0.0 ? min(width.w / (atB ? cb : ca).w + slight.y * side * frame.rayUp.w * frame.size.w, 0.02) : 0.0));
}

// level lays the segment level across, metres in the eye frame.
void level(Draw d, vec3 p0, End a, End b, vec3 p1, bool joinedA, bool joinedB, vec2 corner) {
	vec3 upA = normalize(a.at - frame.planet.xyz), upB = normalize(b.at - frame.planet.xyz);
	vec3 x = unit(b.at - a.at, vec3(1.0, 0.0, 0.0)), u = joinedA ? unit(a.at - p0, x) : x, v = joinedB ? unit(p1 - b.at, x) : x;
	float ua = metresAt(max(depthOf(a.at), frame.rayForward.w)), ub = metresAt(max(depthOf(b.at), frame.rayForward.w));
	vec3 pa = a.at - toLeft(u, x, upA) * a.size.y * ua, pb = b.at - toLeft(x, v, upB) * b.size.y * ub;
	vec3 q0 = p0 - cross(upA, u) * a.size.y * ua, q1 = p1 - cross(upB, v) * b.size.y * ub;
	vec3 s = unit(pb - pa, x), t = normalize(cross(upA, s)), n = cross(s, t);
	float height = dot(pa, n);
	if (abs(height) < 1e-6) { hide(); return; }
	len = max(dot(pb - pa, s), 1e-4);
	planeS = rays(s - n * (dot(pa, s) / height));
	planeT = rays(t - n * (dot(pa, t) / height));
	planeN = rays(n) / height;
	shape = vec4(vec2(a.size.x * ua, b.size.x * ub) + (width.y > 0.0 ? vec2(rim) : rim * vec2(ua, ub) / width.x), 1.0, 1.0);
	rims = 1.0 - vec2(a.size.x * ua, b.size.x * ub) / max(shape.xy, 1e-12);
	// The cuts are made in the picture, of points that both segments know.
	cutA = cutB = vec3(0.0);
	float near = frame.rayForward.w * 1.01;
	if (joinedA && depthOf(pa) > near) {
		vec2 at = pixelOf(clipOf(pa)), along = pixelOf(clipOf(pa + cross(upA, unit(u + x, cross(upA, u))) * min(shape.x, 0.2 * depthOf(pa)))) - at;
		cutA = cutAt(at, -left(unit(along, vec2(0.0, 1.0))), -left(unit(along, vec2(0.0, 1.0))));
	}
	if (joinedB && depthOf(pb) > near) {
		vec2 at = pixelOf(clipOf(pb)), along = pixelOf(clipOf(pb + cross(upB, unit(x + v, cross(upB, x))) * min(shape.y, 0.2 * depthOf(pb)))) - at;
		cutB = -cutAt(at, -left(unit(along, vec2(0.0, 1.0))), -left(unit(along, vec2(0.0, 1.0))));
	}
	// Seen from below, left is right.
	if (height > 0.0) { cutA = -cutA; cutB = -cutB; }
	around = vec4(dot(q0 - pa, s), dot(q0 - pa, t), dot(q1 - pa, s), dot(q1 - pa, t));
	vec2 ru = unit(vec2(dot(u, s), dot(u, t)), vec2(1.0, 0.0)), rv = unit(vec2(dot(v, s), dot(v, t)), vec2(1.0, 0.0));
	joinA = joinOf(ru, vec2(1.0, 0.0));
	joinB = joinOf(vec2(1.0, 0.0), rv);
	float head = ends.y >= 3.0 && !joinedB ? 3.0 : 1.0, side = max(shape.x, shape.y) * head;
	bool atB = corner.x > 0.0;
	vec3 here = atB ? pb + s * shape.y * reachOf(joinB) : pa - s * shape.x * reachOf(joinA), there = atB ? pa : pb;
	vec3 at = ahead(here + t * corner.y * side, there + t * corner.y * side), middle = ahead(here, there), end = ahead(there, here);
	if (max(depthOf(pa), depthOf(pb)) < near || depthOf(at) < near * 0.99) { hide(); return; }
	vec4 clip = clipOf(at);
	vec2 pixel = pixelOf(clip), centre = pixelOf(clipOf(middle)), along = unit(centre - pixelOf(clipOf(end)), vec2(1.0, 0.0)), out2 = pixel - centre, across = left(along);
	pixel += (along + across * (dot(out2, across) < 0.0 ? -1.0 : 1.0)) * 1.5;
	place(clip, pixel, d.eyeLow.w + min(width.w / clip.w, 0.5));
}

void main() {
	Draw d = drawOf(drawRecord);
#if CURVE
	uint segment = uint(gl_VertexID) / 4u, k = segment % steps;
	Curve c = curveOf(segment / steps);
	bool joinedA = k > 0u, joinedB = k + 1u < steps;
	End a = End(pointOf(d, c, k), c.size), b = End(pointOf(d, c, k + 1u), c.size);
	vec2 t = vec2(k, k + 1u) / float(steps);
	marks = vec4(0.0, 0.0, mix(c.times.xx, c.times.yy, t));
#if LOOK
	if (pattern.x > 0.0) marks.xy = vec2(curveLength(c, t.x), curveLength(c, t.y));
#endif
	vec4 inkA = mix(c.colorA, c.colorB, t.x), inkB = mix(c.colorA, c.colorB, t.y);
	featureId = d.idBase + c.feature;
#else
	uint at = firstPoint + uint(gl_VertexID) / 4u;
	uvec4 a1 = texelFetch(strokeData, int(at * 2u + 1u));
	if ((a1.w & SEGMENT) == 0u) { hide(); return; }
	uvec4 a0 = texelFetch(strokeData, int(at * 2u)), b0 = texelFetch(strokeData, int(at * 2u + 2u)), b1 = texelFetch(strokeData, int(at * 2u + 3u));
	bool joinedA = (a1.w & JOINED) != 0u, joinedB = (b1.w & JOINED) != 0u;
	End a = End(toEye(d, uintBitsToFloat(a0.xyz)), unpackHalf2x16(a1.z)), b = End(toEye(d, uintBitsToFloat(b0.xyz)), unpackHalf2x16(b1.z));
	marks = uintBitsToFloat(uvec4(a1.x, b1.x, a1.y, b1.y));
	vec4 inkA = unpackUnorm4x8(a0.w), inkB = unpackUnorm4x8(b0.w);
	featureId = d.idBase + (a1.w & ~(SEGMENT | JOINED));
#endif
	a.size.x *= 0.5;
	b.size.x *= 0.5;
	if (ends.y == 4.0) { a.size.x *= 2.0; b.size.x *= 2.0; } // its left half is cut away
	if (max(a.size.x, b.size.x) <= 0.0 || (flow.y > 0.0 && rest.x <= 0.0 && rest.z <= 0.0 && (min(marks.z, marks.w) > flow.x || max(marks.z, marks.w) < flow.x - flow.y))) { hide(); return; }
	float alpha = 1.0 - d.fade;
	if (flicker.x > 0.0) { // two waves of chance, the quicker one upon the slower
		vec2 t = flicker.y * vec2(7.0, 31.0), f = fract(t);
		uvec2 i = uvec2(t);
		float slow = mix(unitFloat(hash2(uvec2(i.x, featureId))), unitFloat(hash2(uvec2(i.x + 1u, featureId))), f.x);
		float quick = mix(unitFloat(hash2(uvec2(i.y, featureId + 7u))), unitFloat(hash2(uvec2(i.y + 1u, featureId + 7u))), f.y);
		alpha *= 1.0 - flicker.x * clamp(0.7 * slow * slow + 0.5 * quick, 0.0, 1.0);
	}
	colorA = tinted(d, inkA, behindGlobe(a.at) ? 0.0 : alpha);
	colorB = tinted(d, inkB, behindGlobe(b.at) ? 0.0 : alpha);
#if CURVE
	vec3 p0 = joinedA ? pointOf(d, c, k - 1u) : a.at, p1 = joinedB ? pointOf(d, c, k + 2u) : b.at;
#else
	vec3 p0 = joinedA ? pointOf(d, at - 1u) : a.at, p1 = joinedB ? pointOf(d, at + 2u) : b.at;
#endif
	vec2 corner = vec2((gl_VertexID & 2) == 0 ? -1.0 : 1.0, (gl_VertexID & 1) == 0 ? 1.0 : -1.0);
	if (width.z > 0.0) level(d, p0, a, b, p1, joinedA, joinedB, corner);
	else facing(d, p0, a, b, p1, joinedA, joinedB, corner);
}

// A segment of a polyline or a curve: its shape as a distance in the segment's plane, with smooth edges.
//!define ID 0 1
//!define LOOK 0 1
#include "frame.glsl"
#include "beyond.glsl"
uniform vec2 ends;    // drawable.Join, drawable.Cap
uniform vec4 casing;  // linear, straight alpha
uniform vec4 pattern; // drawable.RhythmKind, period in pixels of this picture or metres, share of it that is drawn, how far it has moved
uniform bool patternMetres;
uniform vec4 chevron; // linear, straight alpha
uniform vec2 flow;    // clock, length of the tail; 0 = none
uniform vec4 rest;    // opacity without light, taper, cycle, 1 = even tail
flat in vec3 planeS;
flat in vec3 planeT;
flat in vec3 planeN;
flat in vec3 cutA;
flat in vec3 cutB;
flat in vec4 around;
flat in vec3 joinA;
flat in vec3 joinB;
flat in vec4 shape;
flat in float len;
flat in vec2 rims;
flat in vec4 colorA;
flat in vec4 colorB;
flat in vec4 marks;
flat in uint featureId;
#if ID
layout(location = 0) out uint id;
vec4 color;
#else
layout(location = 0) out vec4 color;
#endif

// covers tells whether the neighbour from a corner to its far end, of a half width, has a
// point wholly, other than where it ends.
bool covers(vec2 p, vec2 corner, vec2 far, float r) {
	vec2 way = far - corner, q = p - corner;
	float t = dot(q, way) / max(dot(way, way), 1e-12);
	if (ends.y > 0.0) return t <= 1.0;
	q -= way * clamp(t, 0.0, 1.0);
	return dot(q, q) <= r * r;
}

void main() {
#if BEYOND
	if (beforeGlass(gl_FragCoord.z)) discard;
#endif
	vec3 h = vec3(gl_FragCoord.xy, 1.0);
	float w = dot(planeN, h);
	if (w <= 0.0) discard; // behind the eye
	w = 1.0 / w;
	vec2 p = vec2(dot(planeS, h), dot(planeT, h)) * w;
	vec2 ds = (planeS.xy - p.x * planeN.xy) * w, dt = (planeT.xy - p.y * planeN.xy) * w; // by the pixel
	float pixel = length(dt), t = p.x / len, k = clamp(t, 0.0, 1.0);
	float radius = mix(shape.x, shape.y, k);
	bool endA = cutA == vec3(0.0), endB = cutB == vec3(0.0);

	// What the neighbour covers on its side of the cut is the neighbour's.
	if (!endA && dot(cutA, h) < 0.0 && (p.x < 0.0 || covers(p, vec2(0.0), around.xy, shape.x - 0.5 * pixel))) discard;
	if (!endB && dot(cutB, h) <= 0.0 && (p.x > len || covers(p, vec2(len, 0.0), around.zw, shape.y - 0.5 * pixel))) discard;

	float along = shape.z == shape.w ? t : t * shape.z / max(mix(shape.w, shape.z, t), 1e-3 * shape.z); // in space
	along = clamp(along, -1.0, 2.0);
	float share = clamp(along, 0.0, 1.0);
	color = mix(colorA, colorB, share);
#if LOOK
	if (flow.y > 0.0) {
		float age = flow.x - mix(marks.z, marks.w, share);
		if (rest.z > 0.0) age -= rest.z * floor(age / rest.z);
		age /= flow.y;
		float light = age >= 0.0 && age <= 1.0 ? 1.0 - age : 0.0;
		radius *= 1.0 - rest.y * (1.0 - light);
		color.a *= mix(rest.x, 1.0, rest.w > 0.0 ? ceil(light) : light);
	}
#endif
	float narrow = 1.0;
	if (endB && ends.y >= 3.0) { // the head grows from its tip to three times the width
		float head = min(6.0 * radius * (ends.y == 4.0 ? 0.5 : 1.0), len), left = len - p.x;
		if (left < head) narrow = 3.0 * left / head;
	}
	float most = max(radius, 0.5 * pixel) * max(narrow, 0.0);
	float thin = min(radius / max(0.5 * pixel, 1e-12), 1.0);

	// The distance beyond the shape, and along which way it grows.
	vec2 grow = vec2(0.0, p.y < 0.0 ? -1.0 : 1.0);
	float d = abs(p.y) - most;
	bool a = p.x < 0.0, b = p.x > len;
	if (a && (endA ? ends.y == 0.0 : ends.x == 0.0) || b && (endB ? ends.y == 0.0 : ends.x == 0.0)) {
		vec2 q = a ? p : p - vec2(len, 0.0);
		d = length(q) - most;
		grow = q / max(length(q), 1e-12);
	}
	float over;
	if (endA && ends.y > 0.0 && (over = -p.x - (ends.y == 2.0 ? most : 0.0)) > d) { d = over; grow = vec2(-1.0, 0.0); }
	if (endB && ends.y > 0.0 && (over = p.x - len - (ends.y == 2.0 ? most : 0.0)) > d) { d = over; grow = vec2(1.0, 0.0); }
	if (ends.x > 0.0) {
		if (a && !endA && (over = dot(p, joinA.xy) - joinA.z * most) > d) { d = over; grow = joinA.xy; }
		if (b && !endB && (over = dot(p - vec2(len, 0.0), joinB.xy) - joinB.z * most) > d) { d = over; grow = joinB.xy; }
	}
	if (ends.y == 4.0 && p.y > d) { d = p.y; grow = vec2(0.0, 1.0); }
#if LOOK
	float metres = (marks.y - marks.x) / len; // a unit of the plane along the line
	if (shape.z != shape.w) { float m = mix(shape.w, shape.z, k); metres *= shape.z * shape.w / (m * m); }
	if (pattern.x > 0.0 && metres > 0.0) {
		float period = pattern.y;
		if (!patternMetres) {
			float depth = shape.z == 1.0 && shape.w == 1.0 ? w : 1.0 / mix(1.0 / shape.z, 1.0 / shape.w, k);
			period *= exp2(round(log2(depth * 2.0 * frame.rayUp.w * frame.size.w)));
		}
		float at = mix(marks.x, marks.y, along);
		bool points = pattern.x == 2.0;
		if (points) at += abs(p.y) * metres; // sides trail behind the tip
		float u = at / period - pattern.w;
		u = (u - floor(u) - 0.5 * pattern.z);
		u = (u > 0.5 ? u - 1.0 : u) * period; // metres from the middle of what is drawn
		float gap = (abs(u) - 0.5 * pattern.z * period) / metres;
		float far = length(ds) * metres * 2.0 / period; // where the pattern is as fine as pixels its mean stays
		float shown = clamp(0.5 - gap / length(ds), 0.0, 1.0);
		shown = mix(shown, pattern.z, clamp(far * 2.0 - 1.0, 0.0, 1.0));
		if (points) {
			float inside = clamp(0.5 - (abs(p.y) - 0.72 * most) / pixel, 0.0, 1.0);
			color = mix(color, vec4(chevron.rgb, color.a), shown * inside * chevron.a);
		} else if (far >= 1.0) {
			color.a *= shown;
		} else {
			vec2 way = vec2(u < 0.0 ? -1.0 : 1.0, 0.0);
			if (ends.y == 0.0 && gap + most > 0.0) { // round ends within its length
				vec2 q = vec2(gap + most, p.y);
				gap = length(q) - most;
				way = vec2(way.x * q.x, q.y) / max(length(q), 1e-12);
			}
			if (gap > d) { d = gap; grow = way; }
		}
	}
#endif
	float slope = max(length(ds * grow.x + dt * grow.y), 1e-12); // units of the distance in a pixel
	float cover = clamp(0.5 - d / slope, 0.0, 1.0);
#if LOOK
	float border = mix(rims.x, rims.y, k);
	if (border > 0.0) color = mix(vec4(casing.rgb, casing.a * color.a), color, clamp(0.5 - (d + border * most) / slope, 0.0, 1.0));
#endif
	color.a *= cover * thin;
	if (color.a <= 0.0) discard;
#if ID
	id = featureId;
#endif
}

// A segment as a capsule with smooth edges; timed ones fade towards their tail.
//!define ID 0 1
#include "frame.glsl"
uniform vec2 trail;
flat in vec4 ends;
flat in vec4 bisectors;
flat in vec4 shape;
flat in vec4 colorA;
flat in vec4 colorB;
flat in vec2 times;
flat in uint featureId;
#if ID
layout(location = 0) out uint id;
vec4 color;
#else
layout(location = 0) out vec4 color;
#endif

void main() {
	vec2 p = gl_FragCoord.xy, ab = ends.zw - ends.xy;
	// Both sides of a join compute the same plane; one of them takes its points.
	if (bisectors.xy != vec2(0.0) && dot(p - ends.xy, bisectors.xy) < 0.0) discard;
	if (bisectors.zw != vec2(0.0) && dot(p - ends.zw, bisectors.zw) >= 0.0) discard;
	float t = clamp(dot(p - ends.xy, ab) / max(dot(ab, ab), 1e-8), 0.0, 1.0);
	float radius = mix(shape.x, shape.y, t);
	float coverage = clamp(max(radius, 0.5) + 0.5 - distance(p, ends.xy + ab * t), 0.0, 1.0) * min(radius * 2.0, 1.0);
	float s = t * shape.z / mix(shape.w, shape.z, t); // along the line in space
	color = mix(colorA, colorB, s);
	color.a *= coverage;
	if (trail.y > 0.0) {
		float age = (trail.x - mix(times.x, times.y, s)) / trail.y;
		if (age < 0.0 || age > 1.0) discard;
		color.a *= 1.0 - age;
	}
	if (color.a <= 0.0) discard;
#if ID
	id = featureId;
#endif
}

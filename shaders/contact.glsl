// Shadows of what touches a surface, which the sun's map loses to its texels and to the
// offset that keeps surfaces from shadowing themselves: a short march through the picture's
// depths towards the sun. Needs shadow.glsl, and the jittered picture's linear depth.
//!define CONTACT 0 1
#if CONTACT
uniform int contactSteps;

const float CONTACT_TEXELS = 5.0; // of the map, that the march covers
const float CONTACT_THICK = 0.4;  // of the march: what lies deeper behind is not hidden

float contactShadow(sampler2D depths, vec3 p, vec3 n, float z) {
	int count = int(frame.counts.y);
	if (count == 0 || dot(n, frame.sun.xyz) <= 0.0) return 1.0;
	int c = min(cascadeAt(z, count), count - 1);
	float reach = min(CONTACT_TEXELS * cascadeOf(frame.cascadeTexel, c), 0.05 * z);
	float pixel = z * 2.0 * frame.rayUp.w * frame.size.w;
	if (reach < 2.0 * pixel) return 1.0; // finer than the picture
	vec3 from = p + n * (pixel + 3e-4 * z);
	vec4 a = frame.viewProj * vec4(from, 1.0), b = frame.viewProj * vec4(from + frame.sun.xyz * reach, 1.0);
	if (b.w <= frame.rayForward.w) return 1.0;
	float first = gradientNoise(gl_FragCoord.xy + 5.588 * frame.clock.y + 2.083 * float(frame.counts.z * (frame.counts.w & 7u)));
	for (int i = 0; i < contactSteps; i++) {
		float t = (float(i) + 0.25 + 0.75 * first) / float(contactSteps);
		vec4 q = mix(a, b, t);
		vec2 at = q.xy / q.w * 0.5 + 0.5;
		if (any(lessThan(at, vec2(0.0))) || any(greaterThanEqual(at, vec2(1.0)))) break;
		float behind = q.w - texelFetch(depths, ivec2(at * frame.size.xy), 0).r;
		if (behind > 0.5 * pixel && behind < CONTACT_THICK * reach) return smoothstep(0.7, 1.0, t);
	}
	return 1.0;
}
#endif

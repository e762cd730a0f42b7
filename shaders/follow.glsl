// A ray over the picture to the surface that it meets first (as in McGuire and Mara 2014,
// Efficient GPU Screen-Space Ray Tracing): places at even steps along its line, where one over
// the view depth is linear, then halves of the step that goes through. Needs frame.glsl.
uniform sampler2D linearDepth;
uniform int steps;

float depthAt(vec2 at) { return textureLod(linearDepth, (floor(at * frame.size.xy) + 0.5) * frame.size.zw, 0.0).r; }

// follow tells how far to trust that a ray of the eye frame ends at a place of the picture,
// where it leaves the picture if that is 0, and how far in view depth it goes. Surfaces that
// lie nearer than nearest do not count.
float follow(vec3 from, vec3 along, float nearest, out vec2 at, out float depth) {
	vec4 a = frame.viewProj * vec4(from, 1.0), b = frame.viewProj * vec4(along, 0.0);
	vec2 start = a.xy / a.w * 0.5 + 0.5, end;
	float inverse = 1.0 / a.w, last = 0.0;
	if (b.w > 1e-4) {
		end = b.xy / b.w * 0.5 + 0.5; // infinitely far
	} else { // towards the eye
		float t = min(0.85 * a.w / max(-b.w, 1e-4), 50.0 * a.w);
		vec4 e = a + b * t;
		end = e.xy / e.w * 0.5 + 0.5;
		last = 1.0 / e.w;
	}
	at = clamp(start, 0.0, 1.0);
	depth = a.w;
	if (at != start) return 0.0;
	// Up to the border of the picture.
	vec2 way = end - start, room = mix(start, 1.0 - start, step(0.0, way)) / max(abs(way), vec2(1e-6));
	float most = min(min(room.x, room.y), 1.0), pixels = length(way * frame.size.xy) * most;
	int n = clamp(int(0.5 * pixels) + 1, 1, steps);
	float before = 0.0;
	for (int i = 1; i <= n; i++) {
		float s = most * float(i) / float(n);
		float z = 1.0 / max(mix(inverse, last, s), 1e-13);
		float own = depthAt(start + way * s);
		if (own <= z && own > nearest) {
			float low = before, high = s;
			for (int k = 0; k < 6; k++) {
				float m = 0.5 * (low + high), there = depthAt(start + way * m);
				if (there <= 1.0 / max(mix(inverse, last, m), 1e-13) && there > nearest) high = m;
				else low = m;
			}
			z = 1.0 / max(mix(inverse, last, high), 1e-13);
			at = start + way * high;
			own = depthAt(at);
			// It went behind something where the surface found lies well before it.
			if (z - own <= 0.08 * own + 2.0 * abs(z - 1.0 / max(mix(inverse, last, low), 1e-13)) || own > 5e11) {
				depth = own;
				vec2 edge = smoothstep(vec2(0.0), vec2(0.04), min(at, 1.0 - at));
				return edge.x * edge.y;
			}
		}
		before = s;
	}
	at = start + way * most;
	depth = depthAt(at);
	return 0.0;
}

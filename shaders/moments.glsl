// How much light comes through to a depth, from sums over all transparent surfaces of a
// pixel whatever their order: the total absorbance and its first four power moments over
// the depth (Münstermann, Krumpen, Klein and Peters 2018, Moment-Based Order-Independent
// Transparency; the reconstruction is that of Peters and Klein 2015, Moment Shadow Mapping).
uniform vec2 momentRange; // log2 of the nearest depth, 2 / log2 of the farthest over it

const float MOMENT_BIAS = 5e-7;
const float MOMENT_AT = 0.25; // share of what lies in the very depth that hides what is there

float momentDepth(float z) { return clamp((log2(max(z, 1e-4)) - momentRange.x) * momentRange.y - 1.0, -1.0, 1.0); }

float absorbanceOf(float alpha) { return -log(max(1.0 - alpha, 1e-4)); }

// moments are sums; total is that of absorbance.
float throughTo(float depth, vec4 moments, float total) {
	if (total < 1e-6) return 1.0;
	vec4 b = mix(moments / total, vec4(0.0, 0.375, 0.0, 0.375), MOMENT_BIAS);
	// The three depths, the given one among them, of masses that have these moments.
	float l32d22 = b.z - b.x * b.y, d22 = b.y - b.x * b.x, variance = b.w - b.y * b.y;
	float d33d22 = variance * d22 - l32d22 * l32d22;
	float l32 = l32d22 / d22;
	vec3 c = vec3(1.0, depth - b.x, depth * depth);
	c.z -= b.y + l32 * c.y;
	c.y /= d22;
	c.z *= d22 / d33d22;
	c.y -= l32 * c.z;
	c.x -= dot(c.yz, b.xy);
	float p = c.y / c.z, q = c.x / c.z, r = sqrt(max(0.25 * p * p - q, 0.0));
	vec2 z = vec2(-0.5 * p - r, -0.5 * p + r);
	// The parabola through what each mass hides of the given depth, and its mean.
	vec3 f = vec3(MOMENT_AT, step(z.x, depth), step(z.y, depth));
	float f01 = (f.y - f.x) / (z.x - depth), f12 = (f.z - f.y) / (z.y - z.x), f012 = (f12 - f01) / (z.y - depth);
	float before = f.x + f01 * (b.x - depth) + f012 * (b.y - (depth + z.x) * b.x + depth * z.x);
	return exp(-total * clamp(before, 0.0, 1.0));
}

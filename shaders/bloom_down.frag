// One step down the bloom pyramid: 13 taps in five overlapping boxes (Jimenez 2014, "Next
// generation post processing in Call of Duty"). FIRST weighs each box by its brightness
// (Karis 2013), so that single bright pixels do not flicker.
//!define FIRST 0 1
uniform sampler2D source;
in vec2 uv;
out vec3 color;

vec3 tap(vec2 o) { return max(textureLod(source, uv + o / vec2(textureSize(source, 0)), 0.0).rgb, 0.0); }

vec3 box(vec3 a, vec3 b, vec3 c, vec3 d, float share, inout float weight) {
	vec3 m = 0.25 * (a + b + c + d);
#if FIRST
	m = min(m, vec3(400.0));
	float w = share / (1.0 + max(m.r, max(m.g, m.b)) * 0.05);
#else
	float w = share;
#endif
	weight += w;
	return m * w;
}

void main() {
#if FIRST
	// The finest level is the dearest, and its glow is too small to show the boxes: four
	// taps that overlap nowhere.
	float weight = 0.0;
	color = box(tap(vec2(-1, 1)), tap(vec2(1, 1)), tap(vec2(-1, -1)), tap(vec2(1, -1)), 1.0, weight);
	color /= weight;
#else
	vec3 a = tap(vec2(-2, 2)), b = tap(vec2(0, 2)), c = tap(vec2(2, 2));
	vec3 d = tap(vec2(-2, 0)), e = tap(vec2(0, 0)), f = tap(vec2(2, 0));
	vec3 g = tap(vec2(-2, -2)), h = tap(vec2(0, -2)), i = tap(vec2(2, -2));
	vec3 j = tap(vec2(-1, 1)), k = tap(vec2(1, 1)), l = tap(vec2(-1, -1)), m = tap(vec2(1, -1));
	float weight = 0.0;
	vec3 sum = box(j, k, l, m, 0.5, weight) + box(a, b, d, e, 0.125, weight) + box(b, c, e, f, 0.125, weight)
		+ box(d, e, g, h, 0.125, weight) + box(e, f, h, i, 0.125, weight);
	color = sum / weight;
#endif
}

// The field of the cloud layer as a tile that repeats: billows, which are cells turned
// inside out, over a smooth noise that gathers them (after Schneider 2015, in two dimensions).
#include "common.glsl"
uniform vec2 size;
out vec4 color;

uint wrapped(ivec2 c, int period, uint seed) {
	c = (c % period + period) % period;
	return hash2(uvec2(c) + seed * 7919u);
}

float smoothTile(vec2 p, int period, uint seed) {
	vec2 i = floor(p), f = p - i;
	f = f * f * f * (f * (f * 6.0 - 15.0) + 10.0);
	ivec2 c = ivec2(i);
	float a = unitFloat(wrapped(c, period, seed)), b = unitFloat(wrapped(c + ivec2(1, 0), period, seed));
	float d = unitFloat(wrapped(c + ivec2(0, 1), period, seed)), e = unitFloat(wrapped(c + ivec2(1, 1), period, seed));
	return mix(mix(a, b, f.x), mix(d, e, f.x), f.y);
}

// 1 at a cell's middle, 0 on its rim.
float cellTile(vec2 p, int period, uint seed) {
	ivec2 i = ivec2(floor(p));
	float best = 4.0;
	for (int y = -1; y <= 1; y++)
		for (int x = -1; x <= 1; x++) {
			ivec2 c = i + ivec2(x, y);
			uint h = wrapped(c, period, seed);
			vec2 o = vec2(c) + vec2(unitFloat(h), unitFloat(hash1(h))) - p;
			best = min(best, dot(o, o));
		}
	return 1.0 - min(sqrt(best), 1.0);
}

void main() {
	vec2 uv = gl_FragCoord.xy / size;
	float gather = 0.0, billow = 0.0, sum = 0.0, amp = 1.0;
	vec2 bend = vec2(smoothTile(uv * 8.0, 8, 91u), smoothTile(uv * 8.0, 8, 57u)) - 0.5;
	for (int k = 0; k < 5; k++) {
		int n = 4 << k;
		gather += amp * smoothTile((uv + bend * 0.05) * float(n), n, uint(k));
		billow += amp * cellTile((uv + bend * 0.03) * float(n * 2), n * 2, uint(k) + 31u);
		sum += amp;
		amp *= 0.55;
	}
	color = vec4(vec3(clamp(0.55 * gather / sum + 0.62 * billow / sum - 0.07, 0.0, 1.0)), 1.0);
}

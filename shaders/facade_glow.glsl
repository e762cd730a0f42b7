// Lamps behind the windows of a wall as a pixel of any size sees them. Where windows are
// larger than pixels each is on or off, in a light of its own. Where they are smaller,
// blocks of 2, 4, 8… windows a side stand for them, as in the levels of a mipmap: what a
// block gives off scatters about the same mean, the less the larger it is, but more than
// independent windows would, as rooms that belong together are lit together. Each level is
// filtered over the pixel's footprint and blended into the next, so that a wall keeps its
// mean radiance and its sparkle however far it is, and nothing flickers.

// What lamps a building has: homes from candle to white, workplaces warm white to daylight.
// Half of it is the building's own, half each window's: h1.
float lampHue(float own, float h1, bool work) {
	float h = mix(own, h1, 0.5);
	return work ? 0.36 + 0.62 * h : 0.92 * h;
}

// How much of a storey's lamps are on, by storeys that let as one: mean 1.
float storeyShare(uint h, float spread) {
	float f = unitFloat(h);
	return mix(1.0, 3.0 * f * f, spread);
}

// The light of a block of windows, 1 = all on. independent is how many windows that are
// lit each by itself have its variance.
vec3 blockLamps(ivec2 at, uint row, float share, float independent, bool work, float own, uint seed) {
	uint h = hash2(uvec2(at) + seed * 3u);
	float h1 = bits10(h), h2 = bits10(h >> 10u), h3 = bits10(h >> 20u);
	float keep = inversesqrt(independent);
	float spread = min(work ? 0.8 : 0.15, 0.485 / max(share, 0.01) - 0.5); // no storey has more than all
	share = min(share * storeyShare(hash2(uvec2(row, seed + 9u)), spread * keep), 0.97);
	float on = step(h3, share);
	if (independent > 1.0) { // log-normal, of the mean and variance of as many windows
		float v = log(1.0 + (1.0 - share) / (max(share, 0.01) * independent));
		on = min(share * exp(sqrt(v) * (h3 + bits10(h >> 5u) - 1.0) * 2.45 - 0.5 * v), 1.5);
	}
	float level = mix(0.667, mix(0.25, 1.5, h2 * h2), keep);
	return on * level * lampColor(lampHue(own, mix(0.5, h1, keep), work));
}

// One level, averaged over the pixel: it covers parts of up to four blocks.
vec3 levelLamps(vec2 uv, vec2 w, float level, float share, bool work, float own, uint seed) {
	float size = exp2(level), independent = exp2(1.4 * level);
	seed += uint(int(level)) * 7919u;
	vec2 p = uv / size - 0.5, i = floor(p);
	vec2 t = clamp((p - i - 0.5) / clamp(w / size, 1e-4, 1.0) + 0.5, 0.0, 1.0);
	ivec2 a = ivec2(i), b = a + 1;
	vec3 low = mix(blockLamps(a, uint(a.y), share, independent, work, own, seed), blockLamps(ivec2(b.x, a.y), uint(a.y), share, independent, work, own, seed), t.x);
	vec3 high = mix(blockLamps(ivec2(a.x, b.y), uint(b.y), share, independent, work, own, seed), blockLamps(b, uint(b.y), share, independent, work, own, seed), t.x);
	return mix(low, high, t.y);
}

vec3 lamps(vec2 uv, vec2 w, float share, bool work, float own, uint seed) {
	float l = max(log2(max(w.x, w.y)), 0.0), level = min(floor(l), 6.0);
	vec3 fine = levelLamps(uv, w, level, share, work, own, seed);
	return l > 0.0 ? mix(fine, levelLamps(uv, w, level + 1.0, share, work, own, seed), min(l - level, 1.0)) : fine;
}

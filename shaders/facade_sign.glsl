// Advertisements and obstacle lights. A sign's layout is drawn by its colour's bytes; it
// says nothing in any script.

// Marks in n cells up a blade or along a panel, each of 4×4 points that mirror.
float marks(vec2 p, float n, uint seed, vec2 w) {
	float cell = floor(p.y * n);
	vec2 q = vec2(p.x, fract(p.y * n)), wq = w * vec2(1.0, n);
	vec2 g = (q - 0.14) / 0.72 * 4.0, wg = wq / 0.72 * 4.0;
	uint bits = hash1(seed + uint(int(cell)) * 7919u);
	float inside = within(q.x, 0.14, 0.86, wq.x) * within(q.y, 0.14, 0.86, wq.y);
	vec2 c = clamp(floor(g), 0.0, 3.0);
	c.x = min(c.x, 3.0 - c.x);
	float on = float(bits >> uint(c.x + 2.0 * c.y) & 1u);
	return inside * mix(on, 0.5, smoothstep(0.4, 1.0, max(wg.x, wg.y)));
}

void sign(inout Surface s, SurfaceInput i, uint kind, uint seed) {
	vec2 p = i.uv, w = max(i.uvWidth, vec2(1e-4));
	float h = unitFloat(seed), g = unitFloat(hash1(seed + 5u));
	vec3 ink = s.base, paper = dot(ink, vec3(0.2, 0.7, 0.1)) > 0.4 ? vec3(0.035, 0.04, 0.06) : vec3(0.80, 0.77, 0.70);
	if (h > 0.6) {
		vec3 swap = ink;
		ink = paper;
		paper = swap;
	}
	float edge = 1.0 - within(p.x, 0.06, 0.94, w.x) * within(p.y, 0.025, 0.975, w.y);
	vec3 c = paper;
	float tube = 0.0;
	if (kind < 2u) {
		float m = marks(p, 3.0 + floor(3.9 * g), seed, w);
		c = mix(mix(paper, ink, m), ink, edge);
		tube = max(m, edge);
	} else {
		// A poster: a slope of colour, a disc, a line of marks.
		c = mix(paper, paper * 0.6 + 0.15 * ink, smoothstep(0.0, 1.0, p.y + (g - 0.5) * p.x));
		vec2 d = (p - vec2(0.24 + 0.5 * step(0.5, g), 0.56)) * vec2(1.7, 1.0);
		float r = length(d), wr = max(w.x * 1.7, w.y);
		c = mix(c, ink, clamp((0.28 - r) / wr + 0.5, 0.0, 1.0));
		c = mix(c, paper, clamp((0.15 - r) / wr + 0.5, 0.0, 1.0) * step(0.4, h));
		float row = within(p.y, 0.10, 0.26, w.y) * within(p.x, 0.08, 0.92, w.x);
		c = mix(c, ink, row * marks(vec2((p.y - 0.10) / 0.16, p.x), 9.0, seed + 3u, vec2(w.y / 0.16, w.x)));
		c = mix(c, vec3(0.22), edge * 0.6);
	}
	s.base = clamp(c, 0.0, 1.0);
	s.roughness = 0.35;
#if NIGHT
	float share = lampShares(solarHour()).z;
	if (g > 0.35 + share) return; // switched off after hours
	float glow = kind == 1u ? 700.0 * tube : kind == 0u ? 110.0 : 75.0;
	s.emission += (kind == 1u ? mix(c, ink, 0.8) : c) * (glow * i.night / WHITE_PAPER) * sunLight.w;
#endif
}

// Medium-intensity lights of type B flash 20 to 60 times a minute, types C and low intensity
// are steady (ICAO Annex 14, table 6-1): 2,000 cd and 32 cd over a lamp of half a square metre.
// Kind 2 are the heads of street lamps, kind 3 lamps of rooms, which are on by day too.
void lamp(inout Surface s, SurfaceInput i, uint kind) {
	s.roughness = 0.3;
	if (kind == 3u) {
		s.emission += s.base * (1.5 * roomLight() * sunLight.w);
		return;
	}
#if NIGHT
	float beat = fract(i.time * (40.0 / 60.0) + 0.15);
	float flash = kind == 0u ? smoothstep(0.0, 0.06, beat) * (1.0 - smoothstep(0.30, 0.46, beat)) : 0.35;
	float level = kind == 2u ? 8000.0 : 2500.0 * flash;
	s.emission += s.base * (level * i.night / WHITE_PAPER) * sunLight.w;
#endif
	s.base *= 0.4;
}

// Ground: noise at several scales, each gone before it is finer than a pixel, and rock
// where it is steep. Greens vary towards straw and moss; grey and sand only in lightness.

void surface(inout Surface s, in SurfaceInput i) {
	vec2 p = i.uv;
	// Along a flat view a pixel is long but narrow: detail across it is still seen.
	float w = min(max(i.uvWidth.x, i.uvWidth.y), 3.0 * i.footprint);
	float huge = fadedNoise(p, 1.0 / 900.0, w), large = fadedNoise(p + 311.0, 1.0 / 170.0, w), middle = fadedNoise(p, 1.0 / 31.0, w);
	float small = fadedNoise(p + 57.0, 1.0 / 4.7, w), tiny = fadedNoise(p, 1.0 / 0.7, w), grit = fadedNoise(p + 11.0, 7.0, w);
	float broad = (huge - 0.5) * 0.5 + (large - 0.5) * 0.7 + (middle - 0.5) * 0.5;
	float fine = (small - 0.5) * 0.4 + (tiny - 0.5) * 0.35 + (grit - 0.5) * 0.3;
	float green = clamp((s.base.g - max(s.base.r, s.base.b)) * 14.0, 0.0, 1.0);
	float brightest = max(s.base.r, max(s.base.g, s.base.b)), dullest = min(s.base.r, min(s.base.g, s.base.b));
	float paved = smoothstep(0.30, 0.16, (brightest - dullest) / max(brightest, 0.01)); // as grey as towns are
	vec3 straw = s.base * vec3(0.76, 0.69, 0.60), moss = s.base * vec3(0.36, 0.44, 0.42);
	vec3 grassy = mix(moss, straw, clamp(0.46 + broad * 0.95 + fine * 0.8, 0.0, 1.0));
	s.base = mix(s.base * (1.0 + broad * 0.16), grassy, green) * (1.0 + fine * mix(0.22, 0.6, green));
	// Rock and scree on slopes, its edge broken by the noise; bands follow the height.
	float slope = 1.0 - dot(i.normal, i.up);
	float rock = smoothstep(0.16, 0.34, slope + broad * 0.10 + fine * 0.05) * mix(0.4, 1.0, green);
	float strata = fadedNoise(vec2(i.local.z * 0.11 + middle * 1.5, large * 3.0), 1.0, w * 0.15);
	vec3 stone = mix(vec3(0.155, 0.142, 0.125), vec3(0.285, 0.265, 0.235), clamp(0.5 + (strata - 0.5) * 0.9 + broad * 0.5, 0.0, 1.0)) * (1.0 + fine * 0.5);
	s.base = clamp(mix(s.base, stone, rock), 0.0, 1.0);
	s.roughness = clamp(mix(s.roughness, 0.93, 0.6) - 0.25 * i.wetness * (1.0 - green), 0.1, 1.0);
	s.base *= 1.0 - 0.25 * i.wetness;
	// Grass is not a plate: it swallows light at a flat look.
	float bump = (1.0 - smoothstep(0.02, 0.4, w)) * 0.12;
	s.normal = normalize(s.normal + bump * vec3(tiny - 0.5, grit - 0.5, 0.0));
	s.ao *= mix(1.0, 0.88 + 0.24 * tiny, green * (1.0 - smoothstep(0.1, 0.7, w)));
	// Lamps of streets and courts reach what is paved; lawns, bare hills and rocks are dark.
	s.emission += underLamps(s.base, 0.14 * paved * (1.0 - green) * (1.0 - rock), i.night);
}

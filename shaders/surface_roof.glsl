// Roofs: pitched ones get courses of tiles, flat ones gravel and stains. uv is metres
// along the ridge and down the slope.

void surface(inout Surface s, in SurfaceInput i) {
	float w = max(i.uvWidth.x, i.uvWidth.y);
	float steep = 1.0 - dot(i.normal, i.up);
	uint seed = hash1(i.paint + 5u);
	vec2 uv = i.uv + float(seed & 1023u);
	float stain = fadedNoise(uv, 0.16, w), grain = fadedNoise(uv, 5.0, w);
	s.base *= 1.0 + (stain - 0.5) * 0.26 + (grain - 0.5) * 0.16;
	// Each building has its own age.
	s.base *= mix(0.86, 1.12, unitFloat(seed));
	if (steep <= 0.03) { // sheets of membrane with welds, patches, and where water stands
		vec2 sheet = uv / vec2(2.0, 11.0);
		sheet.y += 0.37 * floor(sheet.x);
		float weld = 1.0 - grating(sheet.x, 0.03, 0.97, w * 0.5) * grating(sheet.y, 0.006, 0.994, w / 11.0);
		float each = unitFloat(hash2(uvec2(ivec2(floor(sheet))) + seed));
		float keep = 1.0 - smoothstep(0.5, 1.6, w);
		s.base *= 1.0 + keep * (0.10 * (each - 0.5) - 0.12 * weld);
		float pond = fadedNoise(uv + 91.0, 0.09, w) - 0.3 * fadedNoise(uv, 0.6, w);
		s.base *= 1.0 - 0.16 * smoothstep(0.42, 0.62, pond);
	} else {
		vec2 t = uv * vec2(3.6, 2.9);
		float keep = 1.0 - smoothstep(0.2, 0.6, w * 3.6);
		float row = floor(t.y), each = unitFloat(hash2(uvec2(ivec2(vec2(floor(t.x + 0.5 * mod(row, 2.0)), row)))));
		float lip = smoothstep(0.75, 1.0, fract(t.y));
		s.base *= mix(1.0, (0.86 + 0.28 * each) * (1.0 - 0.35 * lip), keep);
		s.ao *= 1.0 - 0.25 * lip * keep;
	}
	s.base = clamp(s.base, 0.0, 1.0);
	s.roughness = clamp(s.roughness - 0.25 * i.wetness * step(steep, 0.03) * smoothstep(0.45, 0.7, stain), 0.05, 1.0);
}

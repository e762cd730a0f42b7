// Walls with windows. uv counts bays along the wall and storeys up it; the building's id
// seeds its style, each window's cell its curtains and its light. Everything is cut with
// the pixel's footprint and fades to its mean where that is larger than a cell, so that
// towns far away keep their tone and do not shimmer.

// Share of a pixel of width w around x that lies in [lo, hi].
float band(float x, float lo, float hi, float w) {
	w = max(w, 1e-4);
	return clamp((min(x + 0.5 * w, hi) - max(x - 0.5 * w, lo)) / w, 0.0, 1.0);
}

// The same for a pattern that repeats in every unit.
float bands(float x, float lo, float hi, float w) {
	float fine = band(fract(x), lo, hi, w);
	return mix(fine, hi - lo, smoothstep(0.6, 1.1, w));
}

// Light of lamps behind glass: from candle to office white.
vec3 lampColor(float h) { return mix(vec3(1.0, 0.48, 0.14), mix(vec3(1.0, 0.68, 0.34), vec3(0.86, 0.92, 1.0), smoothstep(0.72, 0.95, h)), smoothstep(0.0, 0.45, h)); }

const float WINDOW_LUMINANCE = 30.0; // cd/m² of a lit window, of white paper's 30,000

void surface(inout Surface s, in SurfaceInput i) {
	uint seed = hash1(i.feature * 9781u + 77u);
	float pick = unitFloat(seed), tone = unitFloat(hash1(seed + 1u)), detail = unitFloat(hash1(seed + 2u));
	// Offices have bands of glass, the rest holes in a wall. Pale neutral walls more often
	// belong to offices.
	bool office = pick > 0.80, curtain = pick > 0.93;
	vec2 uv = i.uv, w = max(i.uvWidth, vec2(1e-4));
	float far = smoothstep(0.30, 0.85, max(w.x, w.y));
	vec2 cell = floor(uv), f = uv - cell;
	bool ground = uv.y < 1.0 && uv.y >= 0.0;
	float below = band(uv.y, -1e4, 0.0, w.y);

	// The window's box within its cell.
	vec2 lo = vec2(mix(0.20, 0.31, tone), mix(0.22, 0.30, detail)), hi = vec2(1.0 - lo.x, mix(0.80, 0.88, tone));
	if (detail > 0.72) lo.y = 0.06; // French windows
	if (office) {
		lo = vec2(0.035, 0.30);
		hi = vec2(0.965, 0.88);
	}
	if (curtain) {
		lo = vec2(0.03, 0.05);
		hi = vec2(0.97, 0.985);
	}
	bool shop = ground && detail > 0.35;
	if (ground) {
		if (shop) {
			lo = vec2(0.07, 0.06);
			hi = vec2(0.93, 0.74);
		} else {
			lo.y = max(lo.y, 0.30);
		}
	}
	float wx = bands(uv.x, lo.x, hi.x, w.x), wy = bands(uv.y, lo.y, hi.y, w.y);
	float glass = wx * wy * (1.0 - below);
	// Frame around the panes, a bar between them.
	vec2 rim = vec2(0.030, 0.020) + 0.012 * detail;
	float inner = bands(uv.x, lo.x + rim.x, hi.x - rim.x, w.x) * bands(uv.y, lo.y + rim.y, hi.y - rim.y, w.y);
	float bar = office ? 0.0 : bands(uv.x, 0.488, 0.512, w.x);
	float pane = glass * inner * (1.0 - 0.9 * bar);
	float frameShare = max(glass - pane, 0.0);

	// Wall: the colour given, with plaster or brick, floors marked by thin shadows, dirt
	// below sills and at the foot.
	vec3 wall = s.base;
	float grain = fadedNoise(uv * vec2(3.0, 3.2) + float(seed & 255u), 4.0, max(w.x, w.y) * 3.0);
	float blotch = fadedNoise(uv + float(seed & 63u), 0.35, max(w.x, w.y));
	wall *= 1.0 + (grain - 0.5) * 0.10 + (blotch - 0.5) * 0.14;
	bool brick = !office && wall.r > wall.b * 1.7 && detail > 0.25;
	if (brick) {
		vec2 b = uv * vec2(11.0, 38.0), bw = w * vec2(11.0, 38.0);
		float row = floor(b.y);
		b.x += 0.5 * mod(row, 2.0);
		float keep = 1.0 - smoothstep(0.25, 0.7, max(bw.x, bw.y));
		float mortar = 1.0 - band(fract(b.x), 0.06, 0.94, bw.x) * band(fract(b.y), 0.10, 0.90, bw.y);
		float each = unitFloat(hash2(uvec2(ivec2(vec2(floor(b.x), row))) + seed));
		wall *= mix(1.0, mix(0.78 + 0.4 * each, 1.35, mortar), keep * 0.7);
	}
	float ledge = bands(uv.y, 0.0, 0.045, w.y);
	wall *= 1.0 - (curtain ? 0.0 : 0.20) * ledge * (1.0 - 0.7 * far);
	float sill = office ? 0.0 : bands(uv.x, lo.x - 0.03, hi.x + 0.03, w.x) * bands(uv.y, lo.y - 0.035, lo.y, w.y) * (1.0 - below);
	float dirt = office ? 0.0 : bands(uv.x, lo.x, hi.x, w.x) * bands(uv.y, max(lo.y - 0.16, 0.0), lo.y - 0.035, w.y);
	wall *= 1.0 - 0.07 * dirt * (1.0 - below);
	wall = mix(wall, min(wall * 1.25 + 0.03, vec3(0.85)), sill * 0.8);
	if (ground) wall *= shop ? 0.80 : 0.90;
	wall = mix(wall, wall * vec3(0.62, 0.60, 0.58), below);

	// Each window: how dark the room, how far the curtain is drawn.
	uint h = hash2(uvec2(ivec2(cell)) + seed * 3u);
	float h1 = unitFloat(h), h2 = unitFloat(hash1(h + 1u)), h3 = unitFloat(hash1(h + 2u)), floorHash = unitFloat(hash2(uvec2(uint(int(cell.y)), seed)));
	vec3 room = mix(vec3(0.010, 0.013, 0.017), vec3(0.035, 0.042, 0.048), h1);
	float blind = office ? step(0.75, h2) * 0.9 : step(0.55, h2) * h3;
	float drawn = band(f.y, hi.y - (hi.y - lo.y) * blind, hi.y, w.y) * (shop ? 0.0 : 1.0);
	vec3 cloth = mix(vec3(0.34, 0.32, 0.28), vec3(0.55, 0.53, 0.50), h1) * 0.55;
	vec3 behind = mix(mix(room, cloth, drawn), mix(room, vec3(0.05), 0.4) + 0.03 * (1.0 - step(0.0, -blind)), far);
	vec3 tint = curtain ? mix(vec3(0.02, 0.035, 0.05), vec3(0.03, 0.05, 0.05), tone) : behind;
	behind = mix(behind, tint, curtain ? 0.75 : 0.0);
	vec3 framed = (tone > 0.5 && !office) ? vec3(0.62, 0.61, 0.58) : vec3(0.09, 0.09, 0.10);
	// The wall's thickness shades the top and one side of the glass.
	float reveal = 1.0 - 0.55 * (1.0 - far) * max(smoothstep(hi.y - 0.10, hi.y, f.y), smoothstep(lo.x + 0.06, lo.x, f.x)) * (curtain ? 0.2 : 1.0);
	behind *= reveal;
	s.base = wall * (1.0 - glass) + framed * frameShare * mix(reveal, 1.0, 0.5) + behind * pane;
	s.base = clamp(s.base, 0.0, 1.0);

	float wallRough = s.roughness;
	float paneRough = curtain ? 0.05 : 0.07 + 0.05 * h3;
	s.roughness = mix(wallRough, mix(paneRough, 0.22, far), pane);
	s.reflectance = mix(s.reflectance, curtain ? 0.95 : 0.75, pane);
	// Panes are never quite in one plane: each mirrors its own bit of the town.
	vec3 side = cross(i.up, i.normal);
	vec2 tilt = (vec2(h1, h2) - 0.5) * 0.016 * (1.0 - far) * pane;
	s.normal = normalize(s.normal + side * tilt.x + i.up * tilt.y);
	s.ao = min(s.ao, mix(1.0, 0.75, frameShare * (1.0 - far)));

	// Street lamps wash the lower storeys; they stand apart, so the wash comes in pools.
	if (i.night > 0.0) {
		float pools = mix(0.55 + 0.45 * cos(uv.x * 0.7 + float(seed & 7u)), 0.55, smoothstep(2.0, 6.0, w.x));
		float wash = exp(-0.75 * max(uv.y, 0.0)) * pools * max(1.0 - abs(dot(i.normal, i.up)), 0.0);
		s.emission += s.base * (1.0 - pane) * vec3(1.0, 0.64, 0.32) * (i.night * wash * 7.0 / 30000.0) * sunLight.w;
	}

	// Night: which windows are lit. Homes window by window, offices by floor; some keep dark.
	if (i.night > 0.0 && i.lit > 0.0) {
		float share = i.lit * i.night * (office ? mix(0.25, 1.5, floorHash * floorHash) : mix(0.55, 1.25, unitFloat(hash1(seed + 9u))));
		if (ground) share = shop ? min(1.6 * i.lit, 0.95) * i.night : share * 0.8;
		share = clamp(share, 0.0, 0.95);
		float on = step(h3, share) * (1.0 - below);
		vec3 color = lampColor(office ? 0.62 + 0.38 * h1 : h1 * 0.92);
		float level = mix(0.25, 1.5, h2 * h2) * (shop ? 1.6 : 1.0) * (office ? 0.8 : 1.0);
		// Brighter towards the ceiling; cloth glows softly in its own colour.
		float shape = mix(0.65 + 0.7 * smoothstep(lo.y, hi.y, f.y), 1.0, far) * mix(1.0, 0.55, drawn);
		vec3 single = on * color * level * shape;
		vec3 mean = share * (office ? vec3(0.92, 0.84, 0.70) : vec3(1.0, 0.64, 0.32)) * 0.66 * (shop ? 1.6 : 1.0) * (1.0 - below);
		s.emission += mix(single, mean, smoothstep(0.75, 1.3, max(w.x, w.y))) * pane * (WINDOW_LUMINANCE / 30000.0) * sunLight.w;
	}
}

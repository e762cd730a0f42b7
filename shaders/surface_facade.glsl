// Walls with windows. uv counts bays along the wall and storeys up it; the alpha of the
// vertex colour is the style (geo/building/facade, Style.Code), the other bytes and the
// count of bays are the seeds: they are the same at every level of detail. Everything is
// cut with the pixel's footprint and keeps its mean, so that towns far away keep their
// tone and do not shimmer.
#include "facade_sign.glsl"

// The opening within its cell by kind of window: left, sill, right, head.
const vec4 OPENINGS[14] = vec4[14](vec4(0.26, 0.27, 0.74, 0.82), vec4(0.27, 0.27, 0.73, 0.80), vec4(0.30, 0.06, 0.70, 0.80), vec4(0.33, 0.09, 0.67, 0.80),
	vec4(0.29, 0.22, 0.71, 0.83), vec4(0.14, 0.24, 0.86, 0.85), vec4(0.05, 0.38, 0.95, 0.90), vec4(0.0, 0.33, 1.0, 0.84), vec4(0.13, 0.20, 0.87, 0.86),
	vec4(0.0, 0.0, 1.0, 1.0), vec4(0.12, 0.16, 0.88, 0.86), vec4(0.06, 0.72, 0.94, 0.87), vec4(0.02, 0.36, 0.98, 0.92), vec4(0.29, 0.10, 0.71, 0.88));
// Panes across and up, half the width of their bars as a share of a pane, depth of the glass behind the wall in storeys.
const vec4 PANES[14] = vec4[14](vec4(2.0, 1.0, 0.06, 0.05), vec4(2.0, 1.0, 0.06, 0.045), vec4(2.0, 3.0, 0.07, 0.065), vec4(2.0, 3.0, 0.07, 0.06),
	vec4(2.0, 2.0, 0.06, 0.045), vec4(3.0, 1.0, 0.03, 0.04), vec4(3.0, 1.0, 0.03, 0.34), vec4(2.0, 1.0, 0.03, 0.03), vec4(2.0, 1.0, 0.03, 0.08),
	vec4(1.0, 1.0, 0.025, 0.0), vec4(4.0, 5.0, 0.07, 0.06), vec4(4.0, 1.0, 0.03, 0.04), vec4(1.0, 1.0, 0.0, 0.6), vec4(2.0, 4.0, 0.06, 0.10));

const uint TALL = 2u, SHUTTERED = 3u, SASH = 4u, PICTURE = 5u, LOGGIA = 6u, RIBBON = 7u, FRAMED = 8u, CURTAIN = 9u, LOFT = 10u, DECK = 12u, ARCHED = 13u, SIGN = 14u, LAMP = 15u;
const uint ENTRANCE = 1u, SHOPS = 2u, ARCADE = 3u;

// Ten bits of a hash as 0 ≤ x < 1.
float bits10(uint h) { return float(h & 1023u) * (1.0 / 1024.0); }

#if NIGHT
#include "facade_glow.glsl"
#endif

// balconies is the share of a wall's bays that have one, as facade.Balconies builds them
// near by: 1/every at those that leave phase.
vec2 balconies(uint kind, uint paint) {
	uint h = hash1(paint & 0xffffffu), p = h & 255u;
	uvec3 upto = kind == PICTURE ? uvec3(60u, 130u, 180u) : kind == TALL || kind == SHUTTERED ? uvec3(26u, 52u, 92u) : uvec3(0u);
	float every = p < upto.x ? 1.0 : p < upto.y ? 2.0 : p < upto.z ? 3.0 : 0.0;
	return vec2(every, every > 0.0 ? mod(float(h >> 8u & 255u), every) : 0.0);
}

// Brick or ashlar: courses with joints, each unit of its own tone.
vec3 coursed(vec3 wall, vec2 uv, vec2 w, uint seed, bool brick) {
	vec2 size = brick ? vec2(11.0, 38.0) : vec2(3.0, 7.0);
	vec2 b = uv * size, bw = w * size;
	float row = floor(b.y);
	b.x += 0.5 * mod(row, 2.0);
	float keep = 1.0 - smoothstep(0.3, 0.8, max(bw.x, bw.y));
	if (keep <= 0.0) return wall;
	vec2 joint = brick ? vec2(0.06, 0.10) : vec2(0.015, 0.03);
	float unit = lattice(b, joint, 1.0 - joint, bw), each = unitFloat(hash2(uvec2(ivec2(vec2(floor(b.x), row))) + seed));
	return wall * mix(1.0, brick ? mix(1.25, 0.80 + 0.4 * each, unit) : mix(0.72, 0.93 + 0.14 * each, unit), keep * 0.8);
}

// What stands behind the glass of a shop, at a place of its row of windows: things of any
// width and height on a plinth and, over some bays, on a shelf, before a wall that is lit
// from above. It returns how much of the shop's light comes past them.
vec3 display(inout vec3 behind, vec2 p, vec2 w, uint seed, float far) {
	const float each = 5.0; // things in a bay
	vec3 wall = vec3(0.048, 0.046, 0.043) * (0.6 + 0.8 * smoothstep(0.1, 0.7, p.y)), seen = wall, past = vec3(1.06);
	float boards = within(p.y, 0.0, 0.13, w.y);
	for (uint row = 0u; row < 2u; row++) {
		float slot = p.x * each + unitFloat(seed + row) * 7.0, foot = row == 0u ? 0.13 : 0.40;
		uint h = hash2(uvec2(uint(int(floor(slot))), seed ^ (0x51u + row))), bay = hash2(uvec2(uint(int(floor(slot / each))), seed));
		if (row == 1u && (bay & 3u) < 2u) continue;
		if (row == 1u) boards = max(boards, within(p.y, foot - 0.014, foot, w.y));
		float reach = 0.16 + 0.30 * bits10(h), high = (row == 0u ? 0.05 + 0.20 * bits10(h >> 10u) * bits10(h >> 4u) : 0.03 + 0.08 * bits10(h >> 10u));
		float thing = within(fract(slot) - 0.5, -reach, reach, w.x * each) * within(p.y, foot, foot + high, w.y) * step(0.2, bits10(h >> 20u));
		float hue = 6.2831853 * bits10(h >> 15u);
		vec3 paint = vec3(0.115, 0.105, 0.10) * (0.4 + 1.2 * bits10(h >> 7u)) * (1.0 + 0.2 * vec3(cos(hue), cos(hue - 2.1), cos(hue - 4.2)));
		seen = mix(seen, paint * (0.8 + 0.3 * smoothstep(0.0, high, p.y - foot)), thing);
		past = mix(past, min(paint * 4.5 + 0.12, vec3(0.85)), thing);
	}
	behind = mix(mix(seen, vec3(0.085, 0.08, 0.075), boards), behind, far);
	float keep = (1.0 - smoothstep(0.15, 0.5, w.x * each * 0.5)) * (1.0 - far);
	return mix(vec3(1.0), mix(past, vec3(0.66, 0.61, 0.54), boards), keep);
}

void surface(inout Surface s, in SurfaceInput i) {
	uint code = 255u - (i.paint >> 24u), kind = code & 15u, seed = hash1((i.paint & 0xffffffu) + 77u), groundKind = code >> 4u & 3u;
	s.alpha = 1.0;
	if (kind >= SIGN) {
		if (kind == SIGN) sign(s, i, groundKind, seed);
		else lamp(s, i, groundKind);
		return;
	}
	if (code == 0u) { // walls of other makers
		seed = hash1(i.feature * 9781u + 77u);
		const uint likely[8] = uint[8](1u, 1u, 2u, 4u, 5u, 5u, 7u, 8u);
		kind = likely[seed >> 3u & 7u];
		groundKind = seed >> 7u & 3u;
		code = (kind >= RIBBON ? 128u : 0u);
	}
	float tone = bits10(seed), detail = bits10(seed >> 10u);
	bool work = code > 127u, modern = kind >= RIBBON && kind != ARCHED && kind != LOFT;
	vec2 uv = i.uv, w = max(i.uvWidth, vec2(1e-4));
	float wide = max(w.x, w.y), far = smoothstep(0.25, 0.8, wide);
	vec2 cell = floor(uv), f = uv - cell;
	bool ground = groundKind > 0u && uv.y < 1.0;
	float below = within(uv.y, -1e4, 0.0, w.y);

	vec4 box = OPENINGS[kind], panes = PANES[kind];
	if (kind < PICTURE) {
		box.xz += vec2(-0.5, 0.5) * (tone - 0.5) * 0.10;
		box.y += kind == 1u || kind == SASH ? (detail - 0.5) * 0.06 : 0.0;
	}
	bool shop = ground && groundKind == SHOPS, arcade = ground && groundKind == ARCADE;
	bool door = false;
	if (shop) {
		box = vec4(0.03, 0.05, 0.97, 0.70);
		panes = vec4(2.0, 1.0, 0.025, 0.05);
	} else if (arcade) {
		box = vec4(0.13, 0.0, 0.87, 0.84);
		panes = vec4(1.0, 1.0, 0.0, 0.7);
	} else if (ground) {
		box.y = max(box.y, 0.24);
		door = mod(cell.x + float(seed & 3u), 5.0) < 1.0 && kind != DECK;
		if (door) {
			box = vec4(0.28, 0.0, 0.72, 0.74);
			panes = vec4(2.0, 1.0, 0.05, 0.06);
		}
	} else if (uv.y < 1.0 && kind != CURTAIN && kind != DECK) {
		box.y = max(box.y, 0.24);
	}
	vec2 lo = box.xy, hi = box.zw, size = hi - lo;
	float open = lattice(uv, lo, hi, w) * (1.0 - below);
	// Back walls have bays without windows.
	if (groundKind == 0u && kind <= PICTURE && uv.y >= 0.0) open *= mix(step(0.22, unitFloat(hash2(uvec2(uint(int(cell.x)), seed)))), 0.78, smoothstep(0.4, 1.0, w.x));
	if ((kind == ARCHED && !ground) || arcade) { // the head is half an ellipse
		vec2 e = (f - vec2(0.5, hi.y - 0.5 * size.x)) / (0.5 * size.x);
		if (e.y > 0.0) open *= mix(clamp((1.0 - length(e)) * size.x * 0.5 / max(w.x, w.y) + 0.5, 0.0, 1.0), 0.79, far);
	}

	// The glass lies deeper than the wall: where the eye looks past the edge of the opening
	// it sees the side of it.
	vec3 side = cross(i.up, i.normal);
	vec3 eye = vec3(dot(i.toEye, side), dot(i.toEye, i.up), max(dot(i.toEye, i.normal), 0.15));
	vec2 q = f - clamp(eye.xy / eye.z, -2.5, 2.5) * panes.w * vec2(1.05, 1.0) * (1.0 - far);
	float inX = lo.x > 0.0 ? within(q.x, lo.x, hi.x, w.x) : 1.0, inY = lo.y > 0.0 || hi.y < 1.0 ? within(q.y, lo.y, hi.y, w.y) : 1.0;
	float seen = mix(inX * inY, 1.0, far);
	float jamb = q.y > hi.y ? 0.42 : q.y < lo.y ? 0.95 : 0.66;
	vec2 r = (q - lo) / size, rw = w / size;
	if (far > 0.0) r = mix(r, (f - lo) / size, far);
	float pane = lattice(r * panes.xy, panes.zz, 1.0 - panes.zz, rw * panes.xy);
	if (kind == SASH && !ground) pane *= 1.0 - 0.5 * grating(r.y * 6.0, 0.0, 0.10, rw.y * 6.0);

	// The wall: its colour with the weather's marks, joints, floors.
	vec3 wall = s.base;
	wall *= 0.94 + 0.12 * fadedNoise(uv + float(seed & 63u), 0.35, wide);
	if (wide < 0.075) wall *= 0.96 + 0.08 * fadedNoise(uv * vec2(3.0, 3.2) + float(seed & 255u), 4.0, wide * 3.0);
	if ((code & 64u) != 0u) wall = coursed(wall, uv, w, seed, wall.r > wall.b * 1.45);
	bool trim = kind == TALL || kind == SASH || kind == ARCHED || kind == SHUTTERED;
	if (!ground && trim) {
		vec2 t = vec2(0.045, 0.035);
		float surround = lattice(uv, lo - t, hi + t, w) * (1.0 - below);
		wall = mix(wall, min(wall * 1.18 + 0.02, vec3(0.85)), max(surround - open, 0.0) * 0.9);
	}
	float ledge = modern ? grating(uv.y, 0.0, 0.02, w.y) : grating(uv.y, 0.0, 0.045, w.y);
	wall *= 1.0 - (kind == CURTAIN ? 0.0 : 0.16) * ledge * (1.0 - 0.7 * far);
	if (kind == FRAMED) wall *= mix(1.0, 0.86, grating(uv.x, lo.x, hi.x, w.x) * (1.0 - grating(uv.y, lo.y, hi.y, w.y)));
	if (kind == RIBBON) wall *= 1.0 - 0.25 * grating(uv.x * 0.5, 0.0, 0.008, w.x * 0.5) * (1.0 - far);
	if (!modern && !ground) {
		float dirt = lattice(uv, vec2(lo.x, max(lo.y - 0.16, 0.0)), vec2(hi.x, max(lo.y - 0.03, 0.0)), w);
		wall *= 1.0 - 0.07 * dirt;
	}
	if (kind == LOGGIA && !ground) { // parapets before the recess
		vec3 parapet = detail > 0.5 ? vec3(0.24, 0.28, 0.29) : min(s.base * 1.15 + 0.03, vec3(0.8));
		wall = mix(wall, parapet, lattice(uv, vec2(0.04, 0.03), vec2(0.96, 0.36), w));
	}
	vec3 shutter = vec3(0.0);
	if (kind == SHUTTERED && !ground) {
		const vec3 paints[4] = vec3[4](vec3(0.10, 0.16, 0.12), vec3(0.22, 0.27, 0.30), vec3(0.16, 0.09, 0.06), vec3(0.48, 0.47, 0.43));
		shutter = paints[seed >> 5u & 3u] * (0.85 + 0.3 * grating(uv.y * 26.0, 0.3, 1.0, w.y * 26.0));
		float leaves = (grating(uv.x, lo.x - 0.17, lo.x - 0.01, w.x) + grating(uv.x, hi.x + 0.01, hi.x + 0.17, w.x)) * grating(uv.y, lo.y, hi.y, w.y);
		wall = mix(wall, shutter, leaves * (1.0 - below) * step(0.0, uv.y));
	}
	if (shop) { // a fascia for each two bays
		float unit = floor(uv.x * 0.5);
		uint u = hash2(uvec2(uint(int(unit)), seed));
		vec3 tones[4] = vec3[4](vec3(0.07, 0.08, 0.09), vec3(0.20, 0.06, 0.05), vec3(0.05, 0.10, 0.09), vec3(0.55, 0.53, 0.48));
		float board = within(uv.y, 0.75, 0.95, w.y);
		wall = mix(wall * 0.9, mix(tones[u & 3u], vec3(0.20, 0.18, 0.16), smoothstep(0.15, 0.5, w.x)), board * grating(uv.x * 0.5, 0.02, 0.98, w.x * 0.5));
	}
	wall = mix(wall, s.base * vec3(0.62, 0.60, 0.58), below);

	// Each window: how dark the room, how far the curtain is drawn.
	uint h = hash2(uvec2(ivec2(cell)) + seed * 3u);
	float h1 = bits10(h), h2 = bits10(h >> 10u), h3 = bits10(h >> 20u);
	vec3 room = mix(vec3(0.012, 0.014, 0.017), vec3(0.040, 0.044, 0.048), h1);
	float blind = shop || arcade || door || kind == DECK ? 0.0 : modern ? step(0.75, h2) * 0.9 * h3 : step(0.55, h2) * h3;
	float drawn = within(r.y, 1.0 - blind, 1.0, rw.y);
	vec3 cloth = mix(vec3(0.34, 0.32, 0.28), vec3(0.55, 0.53, 0.50), h1) * 0.55;
	vec3 behind = mix(mix(room, cloth, drawn), vec3(0.036) + 0.04 * float(!shop && !arcade && kind != DECK), far);
	if (kind == CURTAIN && !ground) { // glass of its own colour, darker panels before the floors
		vec3 tint = mix(vec3(0.20, 0.26, 0.32), vec3(0.24, 0.30, 0.29), tone) * (0.7 + 0.5 * detail);
		float spandrel = grating(uv.y, 0.0, 0.24, w.y);
		behind = mix(mix(tint, cloth, 0.6 * drawn * (1.0 - far)), tint * 0.55, spandrel);
	}
	vec3 stock = vec3(1.0); // what the goods let through of a shop's light
	if (shop && far < 1.0) stock = display(behind, uv - clamp(eye.xy / eye.z, -2.5, 2.5) * 0.2, w, seed, far);
	vec3 leaf = door ? mix(vec3(0.08, 0.045, 0.03), mix(vec3(0.03, 0.05, 0.05), vec3(0.10, 0.02, 0.02), tone), detail) : vec3(0.0);
	vec3 framed = tone > 0.45 && !work && !shop ? vec3(0.62, 0.61, 0.58) : kind == CURTAIN ? vec3(0.16, 0.165, 0.17) : vec3(0.07, 0.07, 0.075);
	float glass = open * seen * pane;
	if (door) glass *= within(r.y, 0.78, 0.97, rw.y);
	if (kind == SHUTTERED && !ground) { // some are closed
		float closed = mix(step(0.72, bits10(h >> 5u)), 0.28, far);
		framed = mix(framed, shutter, closed);
		glass *= 1.0 - closed;
	}
	if (kind == DECK || arcade) glass *= 0.0; // no glass: a dark room
	vec3 inside = kind == DECK || arcade ? mix(vec3(0.035), s.base * 0.12, step(q.y, lo.y + 0.05) * (1.0 - far)) : framed;
	if (door) inside = leaf;
	// The wall's thickness shades the top and one side of the glass.
	float reveal = 1.0 - 0.5 * (1.0 - far) * smoothstep(0.82, 1.0, r.y) * (kind == CURTAIN ? 0.0 : 1.0);
	s.base = wall * (1.0 - open) + s.base * jamb * open * (1.0 - seen) + inside * reveal * (open * seen - glass) + behind * reveal * glass;
	s.ao = min(s.ao, mix(1.0, 0.65, open * (1.0 - glass) * (1.0 - far)));
	s.opening = smoothstep(0.0, 0.9, open) * (1.0 - far);

	// Balconies from afar: the parapet's front and the shadow under it.
	vec2 bal = groundKind > 0u && uv.y > 0.8 ? balconies(kind, i.paint) : vec2(0.0);
	if (bal.x > 0.0) {
		float bx = bal.x > 1.5 ? grating((uv.x - bal.y) / bal.x, 0.04 / bal.x, 0.96 / bal.x, w.x / bal.x) : 1.0;
		float show = smoothstep(0.06, 0.25, wide) * bx * step(1.0, uv.y + 0.2);
		float front = grating(uv.y, 0.0, 0.33, w.y) * step(1.0, uv.y), under = grating(uv.y, 0.82, 1.0, w.y);
		s.base = mix(s.base, s.base * 0.7, under * show);
		s.base = mix(s.base, mix(s.base, vec3(0.25), 0.55), front * show);
		glass *= 1.0 - 0.8 * front * show;
	}
	s.base = clamp(s.base, 0.0, 1.0);

	float smoothness = kind == CURTAIN ? 0.05 : 0.07 + 0.05 * h3;
	s.roughness = mix(s.roughness, mix(smoothness, 0.20, far), glass);
	s.reflectance = mix(s.reflectance, kind == CURTAIN ? 0.95 : 0.75, glass);
	if (kind == CURTAIN && !ground) s.metallic = 0.55 * glass; // coated: it mirrors the sky
	// Panes are never quite in one plane: each mirrors its own bit of the town.
	vec2 tilt = (vec2(h1, h2) - 0.5) * 0.016 * (1.0 - far) * glass;
	s.normal = normalize(s.normal + side * tilt.x + i.up * tilt.y);

#if NIGHT
	// Street lamps wash the lower storeys; they stand apart, so the wash comes in pools.
	float pools = mix(0.55 + 0.45 * cos(uv.x * 0.7 + float(seed & 7u)), 0.55, smoothstep(2.0, 6.0, w.x));
	float wash = exp(-0.75 * max(uv.y, 0.0)) * pools * max(1.0 - abs(dot(i.normal, i.up)), 0.0);
	s.emission += s.base * (1.0 - glass) * vec3(1.0, 0.64, 0.32) * (i.night * painted * wash * 7.0 / WHITE_PAPER) * sunLight.w;

	// Which windows are lit, by the hour: homes one by one, workplaces by floors.
	if (i.lit > 0.0 && kind != DECK) {
		vec3 shares = lampShares(mod(solarHour() + 1.2 * (detail - 0.5), 24.0));
		float share = work ? shares.y * mix(0.35, 1.65, bits10(seed >> 20u)) : shares.x * mix(0.35, 1.35, tone);
		if (shop || arcade) share = shares.z * 2.0;
		else if (ground) share *= 0.7;
		else { // rooms that belong together: flats, tenants of a few storeys
			vec2 room = mix(cell + 0.5, uv, smoothstep(0.3, 1.0, wide)) + float(seed & 1023u);
			share *= 2.0 * fadedNoise(room * vec2(1.0, 1.6), 0.23, wide * 1.6) * (0.5 + fadedNoise(room, 0.07, wide));
		}
		vec3 light = lamps(uv, w, clamp(share * i.lit * 1.25, 0.0, 0.96) * i.night, work, detail, seed) * (shop || arcade ? 1.1 : kind == CURTAIN ? 0.7 : 0.95) * stock;
		// Brighter towards the ceiling; cloth glows softly in its own colour.
		float shape = mix((0.65 + 0.7 * smoothstep(0.0, 1.0, r.y)) * mix(1.0, 0.55, drawn), 1.0, far);
		float shown = glass + (arcade ? open * 0.6 : 0.0);
		if (kind == CURTAIN && !ground) shown *= mix(1.0, 0.15, grating(uv.y, 0.0, 0.24, w.y));
		s.emission += light * (shape * shown * (1.0 - below) * 30.0 / WHITE_PAPER) * sunLight.w; // 30 cd/m²
	}
#endif
}

// Roads: asphalt with wear, markings where it is wide enough, puddles when it is wet and
// pools of lamplight at night. uv.x is -1..1 across, uv.y metres along.

float band(float x, float lo, float hi, float w) {
	w = max(w, 1e-4);
	return clamp((min(x + 0.5 * w, hi) - max(x - 0.5 * w, lo)) / w, 0.0, 1.0);
}

// Metres of half the road: how much ground a unit of uv.x is, from the ratio of areas.
float halfWidth(vec3 p, vec2 uv) {
	vec2 a = dFdx(uv), b = dFdy(uv);
	return clamp(length(cross(dFdx(p), dFdy(p))) / max(abs(a.x * b.y - a.y * b.x), 1e-9), 0.3, 40.0);
}

const float LAMP_SPACING = 28.0;
const float LAMP_LUX = 26.0; // under a lamp

void surface(inout Surface s, in SurfaceInput i) {
	// Plates where roads meet have one coordinate all over: no lanes, and even light.
	bool plate = max(i.uvWidth.x, i.uvWidth.y) < 1e-6;
	float hw = plate ? 2.0 : halfWidth(i.position, i.uv);
	vec2 m = vec2(i.uv.x * hw, i.uv.y); // metres
	vec2 w = max(vec2(i.uvWidth.x * hw, i.uvWidth.y), vec2(1e-4));
	float wm = max(w.x, w.y);
	bool asphalt = s.base.r < 0.30 && abs(s.base.r - s.base.b) < 0.06;
	vec2 p = i.local.xy;
	float broad = fadedNoise(p, 1.0 / 9.0, wm), patchy = fadedNoise(p + 71.0, 1.0 / 2.3, wm), grit = fadedNoise(p, 9.0, wm);
	s.base *= 1.0 + (broad - 0.5) * 0.22 + (patchy - 0.5) * 0.16 + (grit - 0.5) * 0.30;
	// Wheels polish two tracks in each lane; the gutter is dirty.
	if (asphalt && hw > 2.2) {
		float lane = hw > 4.6 ? 0.5 : 1.0, x = abs(fract(i.uv.x * 0.5 / lane + 0.5) * 2.0 - 1.0) * hw * lane;
		float track = exp(-pow((x - 0.85) / 0.42, 2.0)) * (1.0 - smoothstep(0.4, 2.0, w.x));
		s.base *= 1.0 - 0.10 * track;
		s.roughness -= 0.06 * track;
	}
	if (!plate) s.base *= 1.0 - 0.18 * smoothstep(0.80, 1.0, abs(i.uv.x));

	float paint = 0.0;
	if (asphalt && hw > 2.6) {
		const float line = 0.075; // half a line, metres
		float dash = band(fract(i.uv.y / 9.0), 0.0, 0.36, w.y / 9.0);
		dash = mix(dash, 0.36, smoothstep(0.5, 1.0, w.y / 9.0));
		paint = band(m.x, -line, line, w.x) * dash;
		if (hw > 3.4) paint += band(abs(m.x), hw - 0.42, hw - 0.42 + 2.0 * line, w.x);
		if (hw > 6.2) paint += band(abs(m.x), 0.5 * hw - line, 0.5 * hw + line, w.x) * dash;
		paint *= 0.80 - 0.45 * smoothstep(0.35, 0.75, patchy);
	}
	s.base = mix(s.base, vec3(0.62, 0.61, 0.58), clamp(paint, 0.0, 1.0));

	// Rain darkens, then fills the hollows and the gutter.
	if (i.wetness > 0.0) {
		float hollow = 0.62 * fadedNoise(p + 13.0, 1.0 / 5.5, wm) + 0.38 * patchy + 0.22 * smoothstep(0.55, 1.0, abs(i.uv.x));
		float puddle = smoothstep(1.02 - 0.62 * i.wetness, 1.14 - 0.62 * i.wetness, hollow + 0.12);
		float damp = i.wetness * (asphalt ? 1.0 : 0.6);
		s.base *= mix(1.0, 0.52, damp);
		s.roughness = mix(s.roughness, mix(0.34 + 0.08 * grit, 0.045, puddle), damp);
		s.reflectance = mix(s.reflectance, 0.55, damp);
		vec2 g = vec2(grit - 0.5, fadedNoise(p + 91.0, 9.0, wm) - 0.5);
		s.normal = normalize(s.normal + vec3(g * 0.05 * (1.0 - puddle) * damp, 0.0));
	}
	s.base = clamp(s.base, 0.0, 1.0);
	s.roughness = clamp(s.roughness, 0.03, 1.0);

	// Lamps stand on alternate sides, 7 m high; what they throw on the road is added as
	// its own light, so that a town needs no thousand shadow maps.
	if (i.night > 0.0 && asphalt && hw > 1.8) {
		float sum = 0.0;
		float at = i.uv.y / LAMP_SPACING, k = floor(at + 0.5);
		for (float n = -1.0; n <= 1.0; n += 1.0) {
			float side = mod(k + n, 2.0) < 0.5 ? 1.0 : -1.0;
			vec2 d = vec2(m.x - side * (hw - 0.3), i.uv.y - (k + n) * LAMP_SPACING);
			float q = 1.0 + dot(d, d) / 49.0;
			sum += 1.0 / (q * q);
		}
		sum = plate ? 0.36 : mix(sum, 0.36, smoothstep(0.4, 1.0, w.y / LAMP_SPACING));
		vec3 warm = vec3(1.0, 0.66, 0.34);
		s.emission += s.base / 3.14159 * warm * (i.night * LAMP_LUX * sum / 30000.0) * sunLight.w * 1.6;
	}
}

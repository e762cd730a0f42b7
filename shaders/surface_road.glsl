// Streets, paths and rails. uv.x is 4·code + (-1..1 across), uv.y metres along; the codes
// are those of geo/street: what is painted on a surface, or what it is made of. Lines are
// filtered boxes: as wide as a pixel at least, as strong as they cover it.

const int PLAIN = 0, WALK = 1, PARKING = 2, ACROSS = 3, CYCLE = 4, BUS = 5, ZEBRA = 6;
const int PAINT = 8, BALLAST = 9, TRAM = 10, STEPS = 11, RUTS = 12, LANED = 64;

// The share of a pixel of width w about x that lies between lo and hi.
float band(float x, float lo, float hi, float w) {
	w = max(w, 1e-4);
	return clamp((min(x + 0.5 * w, hi) - max(x - 0.5 * w, lo)) / w, 0.0, 1.0);
}

// The same for a pattern of period p that is on from 0 to part.
float stripes(float x, float p, float part, float w) {
	float t = x / p, f = max(w / p, 1e-4);
	float a = t - 0.5 * f, b = t + 0.5 * f, k = part / p;
	float on = (floor(b) * k + min(fract(b), k)) - (floor(a) * k + min(fract(a), k));
	return clamp(on / f, 0.0, 1.0);
}

// The gradient of a surface coordinate over the ground, per metre, in the eye frame.
vec3 gradient(vec3 p, float t, vec3 n) {
	vec3 dx = dFdx(p), dy = dFdy(p);
	vec3 a = cross(dy, n), b = cross(n, dx);
	float d = dot(dx, a);
	return (a * dFdx(t) + b * dFdy(t)) / (abs(d) < 1e-12 ? 1e-12 : d);
}

// The mean of street lamps' light on their street, as a share of that under one.
const float EVEN_LIGHT = 0.3;

void surface(inout Surface s, in SurfaceInput i) {
	int code = int(floor(i.uv.x * 0.25 + 0.5));
	float x = i.uv.x - 4.0 * float(code);
	vec3 across = gradient(i.position, i.uv.x, i.normal);
	float steep = length(across);
	bool plate = steep < 1e-4; // areas where ways meet have one coordinate all over
	float hw = plate ? 4.0 : clamp(1.0 / steep, 0.05, 40.0);
	across *= hw;
	vec2 m = vec2(x * hw, i.uv.y); // metres
	vec2 w = max(vec2(i.uvWidth.x * hw, i.uvWidth.y), vec2(1e-4));
	if (plate) w = vec2(i.footprint);
	float wm = min(max(w.x, w.y), 50.0);
	vec2 p = i.local.xy;
	bool asphalt = s.base.r < 0.30 && abs(s.base.r - s.base.b) < 0.06;
	float broad = fadedNoise(p, 1.0 / 9.0, wm), patchy = fadedNoise(p + 71.0, 1.0 / 2.3, wm), grit = fadedNoise(p, 9.0, wm);
	float near = 1.0 - smoothstep(0.4, 2.0, wm);

	float paint = 0.0, gutter = 0.0, lit = 1.0;
	vec3 paintColor = vec3(0.62, 0.61, 0.58);
	if (code == WALK) {
		// Slabs, a kerb stone of 15 cm that leans to the gutter, and the dust behind.
		float back = hw - m.x; // metres from the kerb
		float slab = max(1.0 - stripes(m.y + 1000.0, 1.2, 1.185, w.y), 1.0 - stripes(back + 0.9, 0.9, 0.885, w.x));
		float tone = unitFloat(hash2(uvec2(ivec2(floor(m.y / 1.2), floor((back + 0.9) / 0.9)) + 4096)));
		float fine = 1.0 - smoothstep(0.15, 0.6, wm);
		s.base *= 1.0 + (broad - 0.5) * 0.16 + (grit - 0.5) * 0.12 + (tone - 0.5) * 0.10 * fine;
		s.base *= 1.0 - 0.28 * slab * fine;
		float stone = band(back, 0.0, 0.17, w.x);
		float face = band(back, -0.02, 0.07, w.x);
		s.base = mix(s.base, vec3(0.52, 0.51, 0.49), 0.75 * stone);
		s.base *= 1.0 - 0.35 * band(back, 0.165, 0.19, w.x) * fine;
		s.base *= 1.0 - 0.62 * face;
		s.ao *= 1.0 - 0.3 * face;
		s.normal = normalize(s.normal + across * 0.9 * face);
	} else if (code == BALLAST || code == TRAM) {
		float gauge = 0.7175, d = abs(m.x);
		float rail = band(d, gauge - 0.035, gauge + 0.035, w.x);
		if (code == BALLAST) {
			float stones = fadedNoise(p, 14.0, wm), bed = 1.0 - smoothstep(1.45, 1.75, d + (patchy - 0.5) * 0.3);
			s.base *= 1.0 + (broad - 0.5) * 0.2 + (stones - 0.5) * 0.7;
			s.base *= mix(0.82, 1.0, bed);
			float sleeper = stripes(m.y, 0.6, 0.26, w.y) * band(d, 0.0, 1.3, w.x);
			s.base = mix(s.base, vec3(0.23, 0.215, 0.20) * (0.9 + 0.2 * grit), sleeper * 0.8);
			s.base *= 1.0 - 0.55 * band(d, gauge - 0.10, gauge + 0.10, w.x);
			s.ao *= mix(1.0, 0.75 + 0.5 * stones, near);
		} else {
			s.base *= 1.0 + (broad - 0.5) * 0.2 + (grit - 0.5) * 0.25;
			s.base *= 1.0 - 0.5 * band(d, gauge - 0.085, gauge - 0.035, w.x); // groove
		}
		s.base = mix(s.base, vec3(0.44, 0.43, 0.42), rail);
		s.metallic = mix(s.metallic, 0.45, rail);
		s.roughness = mix(s.roughness, 0.3, rail);
	} else if (code == PAINT) {
		s.base *= 0.88 + 0.2 * patchy;
	} else if (code == STEPS) {
		float t = fract(m.y / 0.34), fine = 1.0 - smoothstep(0.1, 0.3, w.y);
		s.base *= 1.0 + fine * (0.12 - 0.4 * smoothstep(0.75, 1.0, t)) + (grit - 0.5) * 0.15;
	} else {
		s.base *= 1.0 + (broad - 0.5) * 0.22 + (patchy - 0.5) * 0.16 + (grit - 0.5) * 0.30;
		if (code == RUTS) {
			float rut = exp(-pow((abs(m.x) - 0.75) / 0.3, 2.0));
			s.base = mix(s.base, s.base * vec3(0.72, 0.92, 0.62), (1.0 - rut) * near * smoothstep(0.3, 0.7, patchy));
		}
		float edge = plate ? 0.0 : smoothstep(0.55, 0.0, hw - abs(m.x)) * near;
		if (code == PARKING) {
			paint = max(stripes(m.y, 6.0, 0.1, w.y) * band(m.x, hw - 2.0, hw, w.x), band(m.x, hw - 0.1, hw, w.x) * stripes(m.y, 3.0, 0.6, w.y));
			gutter = edge * step(m.x, 0.0);
		} else if (code == ACROSS) {
			paint = stripes(m.y, 2.6, 0.1, w.y);
			gutter = edge * step(m.x, 0.0);
		} else if (code == CYCLE) {
			paint = band(abs(m.x), hw - 0.12, hw, w.x);
		} else if (code == BUS) {
			paint = band(abs(m.x), hw - 0.15, hw, w.x) * 0.8;
			s.base *= vec3(1.5, 0.75, 0.65);
		} else if (code == ZEBRA) {
			paint = stripes(m.x + 0.25 + 50.0, 1.0, 0.5, w.x);
			gutter = edge * 0.5;
		} else if (code >= LANED && asphalt) {
			int k = code - LANED, mark = k / 64, left = (k / 8) % 8, right = k % 8;
			float n = float(left + right), lane = 2.0 * hw / n, mid = hw - lane * float(left);
			const float line = 0.065; // half a line
			float dash = stripes(m.y, mark == 0 ? 6.0 : 12.0, mark == 0 ? 3.0 : 4.0, w.y);
			// Between lanes of one direction.
			float t = (m.x + hw) / lane, at = (t - floor(t + 0.5)) * lane;
			bool inner = abs(m.x) < hw - 0.5 * lane;
			if (inner && abs(m.x - mid) > 0.5 * lane) paint = band(at, -line, line, w.x) * dash;
			if (left > 0 && right > 0) {
				float c = m.x - mid;
				bool both = mark == 2 || (mark == 1 && n >= 4.0);
				float middle = both ? max(band(c, -0.2, -0.2 + 2.0 * line, w.x), band(c, 0.2 - 2.0 * line, 0.2, w.x)) : band(c, -line, line, w.x) * dash;
				if (abs(c) < 0.5 * lane && middle > 0.0) {
					paint = middle;
					if (mark == 2) paintColor = vec3(0.60, 0.40, 0.07);
				}
			}
			if (mark > 0 && n >= 2.0) {
				float rim = band(abs(m.x), hw - 0.35, hw - 0.35 + 2.0 * line, w.x);
				if (rim > paint) {
					paint = rim;
					if (mark == 2 && left == 0 && m.x > 0.0) paintColor = vec3(0.60, 0.40, 0.07);
				}
			}
			// Wheels polish two tracks in each lane.
			float d = abs(abs(fract(t) - 0.5) * lane - 0.85);
			float track = exp(-pow(d / 0.38, 2.0)) * near;
			s.base *= 1.0 - 0.10 * track;
			s.roughness -= 0.06 * track;
			gutter = edge;
		} else if (asphalt) {
			gutter = edge;
		}
		s.base *= 1.0 - 0.22 * gutter;
		paint *= 0.84 - 0.5 * smoothstep(0.45, 0.85, patchy) * near;
		s.base = mix(s.base, paintColor, clamp(paint, 0.0, 1.0));
	}

	// Rain darkens, then fills the hollows and the gutter.
	if (i.wetness > 0.0) {
		float hollow = 0.62 * fadedNoise(p + 13.0, 1.0 / 5.5, wm) + 0.38 * patchy + 0.22 * gutter;
		float puddle = smoothstep(1.02 - 0.62 * i.wetness, 1.14 - 0.62 * i.wetness, hollow + 0.12);
		if (code == BALLAST || code == STEPS) puddle = 0.0;
		float damp = i.wetness * (asphalt ? 1.0 : 0.6);
		s.base *= mix(1.0, 0.52, damp);
		s.roughness = mix(s.roughness, mix(0.34 + 0.08 * grit, 0.045, puddle), damp);
		s.reflectance = mix(s.reflectance, 0.55, damp);
		vec2 g = vec2(grit - 0.5, fadedNoise(p + 91.0, 9.0, wm) - 0.5);
		s.normal = normalize(s.normal + vec3(g * 0.05 * (1.0 - puddle) * damp, 0.0));
	}
	s.base = clamp(s.base, 0.0, 1.0);
	s.roughness = clamp(s.roughness, 0.03, 1.0);

	// What lamps give far away, evenly: no pool of light is painted where no lamp may stand.
	// Paths, and what else is paved beside streets, has what falls there.
	bool street = code >= LANED || code == PARKING || code == ACROSS || code == BUS || code == ZEBRA || code == PAINT || code == CYCLE || code == WALK;
	if (i.night > 0.0 && code != BALLAST && code != RUTS) {
		bool aside = !street && !(asphalt && (plate || hw > 1.7));
		s.emission += underLamps(s.base, EVEN_LIGHT * (aside ? 0.6 : code == WALK ? 0.7 : 1.0), i.night);
	}
}

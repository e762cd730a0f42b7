// Patterns that move over surfaces, drawable.Effect: how much of a colour is there at a spot,
// and how hot it is, by uv and a phase from 0 to 1 at whose end all is as at its beginning.
// Each is averaged over the pixel: stripes and rings in closed form.
#include "noise.glsl"

struct Effect {
	uint pattern; // drawable.Pattern
	float repeat;
	float width;
	float softness;
	float fill;
	float fade;
	float band; // 1 = uv are a band's also where the pattern goes with either
};

struct Spot {
	vec2 uv;
	vec2 dx, dy; // change of uv from pixel to pixel
	float phase; // 0 ≤ phase < 1
	uint seed;   // of the feature
};

const float TAU = 6.28318530718;
const float HAIR = 0.012; // width of fine lines, of a disc's radius

// The change from pixel to pixel of what has that gradient over uv.
float across(Spot s, vec2 gradient) { return length(vec2(dot(gradient, s.dx), dot(gradient, s.dy))); }

// A profile of period 1 that is full before whole numbers, by a share of width on average:
// hard, or a trail that fades backwards. w is the pixel's share of the period.
float pulses(float x, float width) { return floor(x) * width + max(fract(x) - 1.0 + width, 0.0); }
float trails(float x, float k) { return (floor(x) + pow(fract(x), k)) / k; }
float profile(float x, float w, float width, float softness) {
	width = clamp(width, 1e-3, 1.0);
	w = clamp(w, 1e-3, 1.0);
	float a = fract(x) - 0.5 * w, b = a + w, k = 1.0 / width;
	return mix(pulses(b, width) - pulses(a, width), trails(b, k) - trails(a, k), softness) / w;
}

// Lines at whole numbers, a pixel wide at the least.
float lines(float x, float w, float width) {
	width = clamp(max(width, 1.2 * w), 0.0, 1.0);
	return profile(x + 0.5 * width, w, width, 0.0);
}

// What is inside of a border at 0.
float inside(float d, float w) { return clamp(0.5 - d / max(w, 1e-6), 0.0, 1.0); }

float soft(float r) { return r < 1.0 ? (1.0 - r * r) * (1.0 - r * r) : 0.0; }

vec2 discPattern(Effect e, float r, float w) {
	float in1 = inside(r - 1.0, w), rim = in1 - inside(r - 1.0 + e.width, w);
	return vec2(max(rim, e.fill * in1 * mix(1.0, soft(r), e.softness)), 0.0);
}

vec2 breathePattern(Effect e, Spot s, float r, float w) {
	float swell = 0.5 - 0.5 * cos(TAU * s.phase), size = mix(0.62, 1.0, swell);
	vec2 a = discPattern(e, r / size, w / size);
	return vec2(a.x * mix(1.0, 0.55, swell), 0.0);
}

vec2 flashPattern(Effect e, Spot s, float r, float w) {
	float second = s.phase - 0.17, beat = exp(-7.0 * s.phase) * smoothstep(0.0, 0.03, s.phase) + (second > 0.0 ? exp(-7.0 * second) * smoothstep(0.0, 0.03, second) : 0.0);
	vec2 a = e.band > 0.5 ? vec2(1.0, 0.0) : discPattern(e, r, w);
	return vec2(a.x * mix(0.15, 1.0, min(beat, 1.0)), 0.5 * beat * a.x);
}

vec2 ripplePattern(Effect e, Spot s, float r, float w) {
	float ring = profile(r * e.repeat - s.phase, w * e.repeat, e.width, e.softness);
	float out1 = clamp(1.0 - r, 0.0, 1.0);
	float core = e.fill * max(inside(r - 0.09, w), 0.55 * soft(r * 2.2));
	return vec2(max(ring * out1 * smoothstep(0.02, 0.16, r) * inside(r - 1.0, w), core), inside(r - 0.05, w) * e.fill);
}

// Turns clockwise from v, and how much a pixel is of one.
vec2 turn(Spot s, float r) {
	return vec2(atan(s.uv.x, s.uv.y) / TAU, across(s, vec2(s.uv.y, -s.uv.x) / (TAU * max(r * r, 1e-6))));
}

vec2 sweepPattern(Effect e, Spot s, float r, float w) {
	vec2 t = turn(s, r);
	float x = t.x - s.phase, in1 = inside(r - 1.0, w);
	float beam = profile(x, t.y, e.width, e.softness) * in1;
	float marks = lines(r * e.repeat, w * e.repeat, 0.5 * HAIR * e.repeat);
	float cross = max(inside(abs(s.uv.x) - 0.004, w), inside(abs(s.uv.y) - 0.004, w));
	float rim = in1 - inside(r - 1.0 + 1.6 * HAIR, w);
	float ground = in1 * e.fill * mix(0.35, 1.0, max(max(marks, cross) * 0.8, rim));
	return vec2(max(max(beam, rim * max(e.fill, 0.6)), ground), beam * pow(fract(x), 30.0));
}

vec2 turntablePattern(Effect e, Spot s, float r, float w) {
	vec2 t = turn(s, r);
	float n = max(floor(e.repeat), 3.0);
	float rim = inside(abs(r - 0.985) - 0.5 * HAIR, w);
	float ticks = profile(t.x * n - s.phase * n, t.y * n, e.width, 0.0) * inside(abs(r - 0.91) - 0.035, w);
	float arcs = profile(t.x * 3.0 + s.phase, t.y * 3.0, 0.62, 0.0) * inside(abs(r - 0.78) - 0.018, w);
	float trail = profile(t.x * 2.0 - s.phase * 2.0, t.y * 2.0, 0.4, 1.0) * inside(abs(r - 0.64) - 0.055, w);
	float hair = inside(abs(r - 0.54) - 0.5 * HAIR, w);
	float glow = e.fill * inside(r - 1.0, w) * mix(smoothstep(0.2, 1.0, r), soft(r), e.softness);
	return vec2(max(max(max(rim, ticks * 0.9), max(arcs, trail * 0.8)), max(hair * 0.7, glow)), 0.35 * arcs);
}

vec2 scanPattern(Effect e, Spot s, float r, float w) {
	float front = s.phase * (1.0 + e.width), t = (front - r) / max(e.width, 1e-3);
	float wave = t > 0.0 && t < 1.0 ? (1.0 - t) * (1.0 - t) : 0.0;
	wave *= inside(r - front, w);
	float fine = mix(1.0, lines(r * e.repeat, w * e.repeat, 0.22), 0.6 * (1.0 - e.softness));
	float edge = inside(abs(r - front + 0.5 * HAIR) - 0.5 * HAIR, w);
	float in1 = inside(r - 1.0, w);
	return vec2(max(max(wave * fine * 0.8, edge), e.fill) * in1, edge * in1 * 0.6);
}

vec2 spiralPattern(Effect e, Spot s, float r, float w) {
	const float WIND = 2.5;
	vec2 t = turn(s, r), outward = s.uv / max(r, 1e-4), around = vec2(s.uv.y, -s.uv.x) / (TAU * max(r * r, 1e-6));
	float x = r * WIND + t.x * e.repeat - s.phase;
	float arm = profile(x, across(s, outward * WIND + around * e.repeat), e.width, e.softness);
	float in1 = inside(r - 1.0, w);
	return vec2(max(arm * smoothstep(0.0, 0.2, r), e.fill * soft(r)) * in1, 0.4 * arm * arm);
}

float waveOf(Spot s, Effect e) {
	float at = e.band > 0.5 ? s.uv.y : length(s.uv);
	return pow(fract(at - s.phase), 6.0);
}

vec2 hexagonPattern(Effect e, Spot s) {
	const vec2 STEP = vec2(1.0, 1.7320508);
	vec2 p = s.uv * e.repeat;
	vec2 a = mod(p, STEP) - 0.5 * STEP, b = mod(p - 0.5 * STEP, STEP) - 0.5 * STEP;
	vec2 g = dot(a, a) < dot(b, b) ? a : b, q = abs(g);
	uvec2 cell = uvec2(ivec2(round((p - g) * vec2(2.0, 1.1547005))));
	float d = 0.5 - max(q.x, dot(q, vec2(0.5, 0.8660254))); // from the cell's border
	float w = e.repeat * max(length(s.dx), length(s.dy)), gone = smoothstep(0.25, 0.8, w);
	float net = mix(inside(d - 0.5 * max(e.width, 1.2 * w), w), 1.0 - (1.0 - e.width) * (1.0 - e.width), gone);
	float h = unitFloat(hash2(cell + s.seed)), lit = pow(max(cos(TAU * (s.phase + h)), 0.0), 8.0) * step(0.55, fract(h * 7.31));
	lit = mix(lit, 0.1, gone);
	float inner = mix(1.0, smoothstep(0.5, 0.0, d), e.softness);
	float wave = waveOf(s, e);
	return vec2(max(net * mix(0.45, 1.0, wave), e.fill * mix(0.35, 1.0, inner) * (0.3 + 0.7 * max(lit, wave)) ), 0.5 * net * wave);
}

vec2 gridPattern(Effect e, Spot s) {
	float x = lines(s.uv.x * e.repeat, e.repeat * across(s, vec2(1.0, 0.0)), e.width);
	float y = lines(s.uv.y * e.repeat, e.repeat * across(s, vec2(0.0, 1.0)), e.width);
	float net = 1.0 - (1.0 - x) * (1.0 - y), wave = waveOf(s, e);
	return vec2(max(net * mix(0.5, 1.0, wave), e.fill * (0.4 + 0.6 * wave)), 0.5 * net * wave);
}

vec2 energyPattern(Effect e, Spot s) {
	vec2 o = 2.0 * vec2(cos(TAU * s.phase), sin(TAU * s.phase)), p = s.uv * e.repeat + float(s.seed & 255u);
	float n = 0.62 * valueNoise(p + o) + 0.38 * valueNoise(p * 2.3 - 1.7 * o.yx);
	float m = 0.62 * valueNoise(p * 1.3 - o.yx + 31.0) + 0.38 * valueNoise(p * 2.9 + 1.3 * o + 57.0);
	float d = min(abs(n - 0.5), 0.8 * abs(m - 0.5)), w = 0.9 * e.repeat * max(length(s.dx), length(s.dy));
	float width = max(e.width, w), bolt = exp(-d / width * 3.0) * min(e.width / width, 1.0);
	bolt *= smoothstep(0.35, 0.75, valueNoise(p * 0.6 + 0.8 * o + 11.0));
	return vec2(max(mix(bolt * bolt, bolt, e.softness), e.fill), pow(bolt, 3.0));
}

vec2 sparklePattern(Effect e, Spot s, float r) {
	float t = pow(max(cos(TAU * (s.phase - 0.5)), 0.0), 12.0);
	vec2 q = abs(s.uv);
	float rays = exp(-26.0 * q.x / (0.2 + t)) * soft(q.y) + exp(-26.0 * q.y / (0.2 + t)) * soft(q.x);
	float core = exp(-34.0 * r * r), dim = e.fill * exp(-70.0 * r * r);
	return vec2(clamp(max(dim, t * (core + rays)) * inside(r - 1.0, 0.05), 0.0, 1.0), max(t * core, dim * 0.5));
}

vec2 stripePattern(Effect e, Spot s, float x, vec2 gradient) {
	float a = profile(x, across(s, gradient), e.width, e.softness);
	return vec2(mix(e.fill, 1.0, a), 0.4 * e.softness * a * a);
}

vec2 sparkPattern(Effect e, Spot s) {
	float c = s.uv.x * e.repeat, w = e.repeat * across(s, vec2(1.0, 0.0)), gone = smoothstep(0.5, 1.5, w);
	uint h = hash1(uint(int(floor(c))) + 7919u * s.seed);
	float at = unitFloat(h), size = unitFloat(hash1(h)), turns = 1.0 + float(h & 1u);
	float length1 = mix(0.06, 0.22, size), head = fract(s.phase * turns + at) * (1.0 + length1);
	float t = (head - s.uv.y) / length1, streak = t > 0.0 && t < 1.0 ? (1.0 - t) * (1.0 - t) : 0.0;
	float f = (fract(c) - 0.5 + 0.4 * (size - 0.5)) / max(e.width, w), thin = exp(-4.0 * f * f) * min(e.width / max(e.width, w), 1.0);
	float a = mix(streak * thin, 0.1 * e.width, gone);
	return vec2(max(a, e.fill), a * smoothstep(0.25, 0.0, t));
}

// effectAt is the opacity of a pattern and its heat, 0 to 1.
vec2 effectAt(Effect e, Spot s) {
	float r = length(s.uv), w = across(s, s.uv / max(r, 1e-4)), top = r;
	vec2 a = vec2(0.0);
	switch (e.pattern) {
	case 1u: a = discPattern(e, r, w); break;
	case 2u: a = breathePattern(e, s, r, w); break;
	case 3u: a = ripplePattern(e, s, r, w); break;
	case 4u: a = sweepPattern(e, s, r, w); break;
	case 5u: a = turntablePattern(e, s, r, w); break;
	case 6u: a = scanPattern(e, s, r, w); break;
	case 7u: a = spiralPattern(e, s, r, w); break;
	case 8u: a = hexagonPattern(e, s); break;
	case 9u: a = gridPattern(e, s); break;
	case 10u: a = energyPattern(e, s); break;
	case 11u: a = flashPattern(e, s, r, w); break;
	case 12u: a = sparklePattern(e, s, r); break;
	case 13u: a = stripePattern(e, s, s.uv.x * e.repeat - s.phase, vec2(e.repeat, 0.0)); break;
	case 14u: a = stripePattern(e, s, s.uv.x * e.repeat + 0.5 * abs(2.0 * s.uv.y - 1.0) - s.phase, vec2(e.repeat, s.uv.y < 0.5 ? -1.0 : 1.0)); break;
	case 15u: a = stripePattern(e, s, s.uv.y * e.repeat - s.phase, vec2(0.0, e.repeat)); break;
	case 16u: a = sparkPattern(e, s); break;
	}
	if (e.pattern >= 13u || e.band > 0.5) top = s.uv.y;
	else if (e.pattern >= 8u && e.pattern <= 10u) a *= inside(r - 1.0, w);
	float left = 1.0 - e.fade * clamp(top, 0.0, 1.0);
	return clamp(a * (left * left), 0.0, 1.0);
}

// hotColor moves a colour towards white.
vec3 hotColor(vec3 c, float heat) { return mix(c, vec3(max(c.r, max(c.g, c.b))), 0.75 * heat); }

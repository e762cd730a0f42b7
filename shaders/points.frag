// A disc or another shape, filled or as a ring; with TEXTURED a picture; with EFFECT a pattern
// that moves, of effect.glsl.
//!define ID 0 1
//!define TEXTURED 0 1
//!define EFFECT 0 1
#include "beyond.glsl"
#if EFFECT
#include "effect.glsl"
uniform vec4 effectShape; // pattern, repeat, width, softness
uniform vec4 effectLook;  // fill, fade, -, stagger
uniform uint effectCycles;
flat in uint ownId;
#endif
#if TEXTURED
uniform sampler2D sprites; // premultiplied
flat in vec4 tile;
#endif
uniform vec3 ring;        // width of the stroke and opacity within it, as shares; softness
uniform vec4 strokeColor; // linear; alpha 0 = the point's own
uniform vec4 outline;     // tips (0 = a disc, -1 = a cross, -2 = an arrow), radius of tips, radius between them, turns to the first
flat in vec3 disc;
flat in vec4 ink;
flat in vec2 turned;
flat in uint featureId;
#if ID
layout(location = 0) out uint id;
vec4 color;
#else
layout(location = 0) out vec4 color;
#endif

// The distance from a star with straight sides, of which polygons are the case without
// notches: within a sixth of it exact enough for edges of a pixel.
float starDistance(vec2 p) {
	float sector = 6.28318530718 / outline.x, a = atan(p.x, p.y) - outline.w * 6.28318530718;
	a = abs(a - sector * round(a / sector));
	vec2 q = length(p) * vec2(cos(a), sin(a)), tip = vec2(outline.y, 0.0);
	vec2 side = outline.z * vec2(cos(0.5 * sector), sin(0.5 * sector)) - tip;
	return dot(q - tip, normalize(vec2(side.y, -side.x)));
}

// An arrowhead with a notch, pointing up.
float arrowDistance(vec2 p) {
	p.x = abs(p.x);
	vec2 tip = vec2(0.0, 1.4), wing = vec2(0.95, -1.0), notch = vec2(0.0, -0.5);
	float side = dot(p - tip, normalize(vec2(tip.y - wing.y, wing.x - tip.x)));
	return max(side, dot(p - notch, normalize(vec2(wing.y - notch.y, notch.x - wing.x))));
}

float crossDistance(vec2 p) {
	p = abs(p);
	if (p.y > p.x) p = p.yx;
	return max(p.x - outline.y, p.y - outline.z);
}

void main() {
#if BEYOND
	if (beforeGlass(gl_FragCoord.z)) discard;
#endif
	vec2 p = gl_FragCoord.xy - disc.xy;
	p = vec2(turned.y * p.x - turned.x * p.y, turned.x * p.x + turned.y * p.y);
	float radius = max(disc.z, 0.5), thin = min(disc.z * 2.0, 1.0);
	color = ink;
#if TEXTURED
	vec2 q = p / radius * 0.5 + 0.5;
	float edge = min(0.25 / radius, 0.5); // cells end half a pixel before the next one's
	vec2 inside = clamp((0.5 - abs(q - 0.5)) * 2.0 * radius + 0.5, 0.0, 1.0);
	vec4 s = textureGrad(sprites, tile.xy + clamp(vec2(q.x, 1.0 - q.y), vec2(edge), vec2(1.0 - edge)) * tile.zw, vec2(tile.z * 0.5 / radius, 0.0), vec2(0.0, tile.w * 0.5 / radius));
	color.rgb *= s.rgb / max(s.a, 1e-4);
	color.a *= s.a * inside.x * inside.y * thin;
#elif EFFECT
	Spot at;
	at.uv = p / radius;
	at.dx = vec2(1.0, 0.0) / radius;
	at.dy = vec2(0.0, 1.0) / radius;
	uint own = hash1(ownId), now = effectCycles + uint(effectLook.w * unitFloat(own) * 65536.0);
	at.phase = float(now & 65535u) / 65536.0;
	at.seed = own & 0xffffu;
	vec2 a = effectAt(Effect(uint(effectShape.x), effectShape.y, effectShape.z, effectShape.w, effectLook.x, effectLook.y, 0.0), at);
	color.rgb = hotColor(color.rgb, a.y);
	color.a *= a.x * thin;
#else
	float r = length(p), d = r - radius; // from the border, pixels
	if (outline.x > 0.0) d = starDistance(p / radius) * radius;
	else if (outline.x == -1.0) d = crossDistance(p / radius) * radius;
	else if (outline.x < -1.0) d = arrowDistance(p / radius) * radius;
	float coverage = clamp(0.5 - d, 0.0, 1.0) * thin, x = min(r / radius, 1.0);
	coverage *= mix(1.0, (1.0 - x * x) * (1.0 - x * x), ring.z);
	if (ring.x > 0.0) {
		float stroke = clamp(d + disc.z * ring.x + 0.5, 0.0, 1.0);
		if (strokeColor.a > 0.0) {
			color.rgb = mix(color.rgb, strokeColor.rgb, stroke);
			coverage *= mix(ring.y, strokeColor.a, stroke);
		} else coverage *= mix(ring.y, 1.0, stroke);
	}
	color.a *= coverage;
#endif
	if (color.a <= 0.0) discard;
#if ID
	if (color.a < 0.02) discard;
	id = featureId;
#endif
}

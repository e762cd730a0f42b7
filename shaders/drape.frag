// Colours what lies on the ground by where it is: pictures in their regions, and looks of
// height, slope and place. Reads depth and G-buffer and blends into the base colour; with
// EMIT 1 it adds light of its own instead. Where nothing is drawn it colours the globe, for
// the sky's pass: alpha is then its cover. What covers in part is blended by square roots, as
// base colours are held and eyes see it; lines, rings and shade by light, so that thin ones
// keep their strength.
//!define LOOK 0 1 2 3 4 5 6 7 8 9
//!define EMIT 0 1
// ABOVE 1 draws over a picture, by as much as flat areas cover of it.
//!define ABOVE 0 1
#include "frame.glsl"
#include "gbuffer.glsl"
#include "surface.glsl"
#include "sky_directions.glsl"
#include "drape.glsl"
uniform sampler2D depthMap;
uniform sampler2D gNormal;
uniform sampler2D gProperties;
uniform uint over;         // bits of drawable.Surfaces
uniform vec4 drapeColor;   // linear, straight alpha
uniform vec4 drapeWindow;  // x, y share of the picture's width; z metres of reach; w pixels of a line
uniform vec4 drapeLines;   // x step, y bold every so many, z palette's first value, w its last
uniform vec4 drapeLight;   // xyz of a relief, east north up; w phase of a band or of rings, 0..1
uniform vec4 drapeGlow;    // x emission, y share of it by night only, z sine and w cosine of a grid's turn
uniform sampler2D palette;
uniform sampler2D picture;
uniform vec4 pictureUV;    // corner and size of the region in the picture
uniform mat3 adjustColor;
uniform vec2 adjustTone;   // factor and sum
#if ABOVE
uniform sampler2D flatCover;
uniform sampler2D below;   // the picture that is drawn over
#endif
in vec2 uv;
out vec4 color;

bool covers(uint model) {
	uint bit = model == MODEL_GROUND ? 1u : model == MODEL_WATER ? 2u : model == MODEL_ROAD ? 4u : 8u;
	return (over & bit) != 0u && model != MODEL_UNLIT;
}

// The cover of a line of so many pixels, x being the distance in pixels.
float inked(float x, float width) { return clamp(0.5 * width + 0.5 - x, 0.0, 1.0) * min(width, 1.0); }

// The cover of lines at whole numbers of v, of which a pixel spans so much; gone where they
// would be closer than a few pixels.
float ruled(float v, float span, float width) {
	float near = abs(v - round(v)) / max(span, 1e-9);
	return inked(near, width) * (1.0 - smoothstep(0.12, 0.35, span));
}

// Lines at every step, bold every so many.
float lines(float v, float span, float width) {
	float thin = ruled(v, span, width);
	if (drapeLines.y < 1.5) return thin;
	return max(0.55 * thin, ruled(v / drapeLines.y, span / drapeLines.y, 1.8 * width));
}

// The opacity by which a blend of square roots is about as bright as one of light: exactly over
// what reflects 4 %, between the sea and land.
float evened(vec4 c) {
	const float ground = 0.2;
	float y = dot(c.rgb, vec3(0.2126, 0.7152, 0.0722));
	return c.a * (sqrt(y) + ground) / (sqrt(mix(ground * ground, y, c.a)) + ground);
}

vec4 ramp(float value) {
	float t = (value - drapeLines.z) / (drapeLines.w - drapeLines.z);
	return textureLod(palette, vec2(clamp(t, 0.002, 0.998), 0.5), 0.0) * drapeColor;
}

// The picture over a pixel's footprint: samples along its longer axis, of the level of the
// shorter one. Drivers that run in software choose levels by four pixels at a time.
vec4 pictureAt(vec2 at, vec2 gx, vec2 gy) {
	vec2 texels = vec2(textureSize(picture, 0));
	float a = length(gx * texels), b = length(gy * texels);
	vec2 along = a > b ? gx : gy;
	float longer = max(a, b), shorter = max(min(a, b), longer / 8.0);
	int n = int(clamp(ceil(longer / max(shorter, 1.0)), 1.0, 8.0));
	float level = log2(max(shorter, 1e-6));
	vec4 sum = vec4(0.0);
	for (int i = 0; i < n; i++) {
		vec4 c = textureLod(picture, at + along * ((float(i) + 0.5) / float(n) - 0.5), level);
		sum += vec4(c.rgb * c.a, c.a);
	}
	return vec4(sum.rgb / max(sum.a, 1e-4), sum.a / float(n));
}

void main() {
	ivec2 p = ivec2(gl_FragCoord.xy);
	if (uv.x < drapeWindow.x || uv.x >= drapeWindow.y) discard;
#if ABOVE
	float covered = texelFetch(flatCover, p, 0).a;
	if (covered <= 0.0) discard;
#endif
	float depth = texelFetch(depthMap, p, 0).r;
	vec3 ray = viewRay(uv), d = normalize(ray), position, normal;
	bool globe = depth <= 0.0;
	if (globe) {
		vec3 bent = d + pole.xyz * (pole.w * dot(pole.xyz, d));
		// Its height is of no data.
		if (LOOK >= 1 && LOOK <= 5 || (over & 1u) == 0u || belowHorizon(normalize(bent)) < -2.0 * frame.rayUp.w * frame.size.w) discard;
		position = d * globeHit(d);
	} else {
		if (!covers(modelOf(texelFetch(gProperties, p, 0).a))) discard;
		position = ray * viewDepth(depth);
		normal = unpackNormal(texelFetch(gNormal, p, 0).rg);
	}
	Spot s = spotOf(position);
	vec3 upward = toEyeFrame(s.up);
	if (globe) normal = upward;
	// How far the place moves from one pixel to the next, on the surface's plane.
	vec3 facing = dot(normal, d) < -0.02 ? normal : normalize(normal - d * (dot(normal, d) + 0.02));
	float t = dot(facing, position) / dot(facing, ray);
	vec3 dx = frame.rayRight.xyz * 2.0 * frame.size.z, dy = frame.rayUp.xyz * 2.0 * frame.size.w;
	dx = t * (dx - ray * (dot(facing, dx) / dot(facing, ray)));
	dy = t * (dy - ray * (dot(facing, dy) / dot(facing, ray)));
	float width = drapeWindow.w * frame.clock.w;
	vec4 c = drapeColor;

#if LOOK == 0
	vec2 at = regionOf(s);
	bool beyond = false; // there the picture's rim goes on, which coarser levels mix with what is within
	if ((regionBeyond & 1u) != 0u) {
		vec2 rim = clamp(at, 0.0, 1.0);
		beyond = at != rim;
		at = rim;
	}
	if ((regionBeyond & 2u) != 0u) at.y = max(at.y, 0.0);
	if ((regionBeyond & 4u) != 0u) at.y = min(at.y, 1.0);
	if (at.x < 0.0 || at.x > 1.0 || at.y < 0.0 || at.y > 1.0) discard;
	vec2 gx = regionStep(s, dx), gy = regionStep(s, dy);
	if (beyond) gx = gy = vec2(0.0);
	c *= pictureAt(pictureUV.xy + at * pictureUV.zw, gx * pictureUV.zw, gy * pictureUV.zw);
	if (adjustTone.x != 1.0 || adjustTone.y != 0.0 || adjustColor[0].x != 1.0)
		c.rgb = srgbDecode(clamp(adjustColor * (srgbEncode(c.rgb) * adjustTone.x + adjustTone.y), 0.0, 1.0));
	if (width > 0.0) { // borders of tiles
		vec2 span = vec2(length(vec2(gx.x, gy.x)), length(vec2(gx.y, gy.y))), edge = min(at, 1.0 - at) / max(span, vec2(1e-9));
		c = mix(c, vec4(1.0, 0.22, 0.05, 1.0), inked(min(edge.x, edge.y), max(width, 1.5)));
	}
#elif LOOK == 1
	c = ramp(s.height);
#elif LOOK == 2
	// Light and shade beside that of level ground (Horn 1981 gives the shade of a slope).
	vec3 n = fromEyeFrame(normal, s);
	float flat_ = max(drapeLight.z, 0.05), shade = max(dot(n, drapeLight.xyz), 0.0) / flat_;
	float dark = clamp(1.0 - shade, 0.0, 1.0), bright = 0.45 * clamp((shade - 1.0) * flat_ / (1.0 - flat_), 0.0, 1.0);
#if !ABOVE && !EMIT
	// As much of the light, of what is blended by square roots.
	dark = 1.0 - sqrt(1.0 - dark);
	bright *= 1.6 - 0.8 * bright;
#endif
	c = vec4(dark > 0.0 ? c.rgb : vec3(1.0, 0.98, 0.92), c.a * max(dark, bright));
#elif LOOK == 3
	c = ramp(degrees(acos(clamp(dot(normal, upward), -1.0, 1.0))));
#elif LOOK == 4
	vec3 n = fromEyeFrame(normal, s);
	c = ramp(mod(degrees(atan(n.x, n.y)), 360.0));
	c.a *= smoothstep(0.004, 0.05, 1.0 - n.z); // level ground faces nowhere
#elif LOOK == 5
	// By the surface's plane, which is wrong where normals are smoothed, or by the pixels
	// beside it, which are wrong at edges.
	float rise = min(length(vec2(dot(upward, dx), dot(upward, dy))), length(vec2(dFdx(s.height), dFdy(s.height)))) / drapeLines.x;
	c.a *= lines(s.height / drapeLines.x, rise, width) * smoothstep(4e-4, 3e-3, rise * frame.clock.w); // ground as good as level is no line
#elif LOOK == 6
	mat2 turn = mat2(drapeGlow.w, drapeGlow.z, -drapeGlow.z, drapeGlow.w);
	vec2 plan = turn * s.local.xy / drapeLines.x;
	vec2 px = turn * toRegionFrame(dx).xy / drapeLines.x, py = turn * toRegionFrame(dy).xy / drapeLines.x;
	vec2 span = vec2(length(vec2(px.x, py.x)), length(vec2(px.y, py.y)));
	c.a *= max(lines(plan.x, span.x, width), lines(plan.y, span.y, width));
#elif LOOK == 7
	vec3 east = toEyeFrame(s.east), north = toEyeFrame(s.north);
	vec2 a = degrees(vec2(dot(east, dx), dot(east, dy)) / max(s.axis, 1.0)) / drapeLines.x;
	vec2 b = degrees(vec2(dot(north, dx), dot(north, dy)) / regionPlace.z) / drapeLines.x;
	float meridians = lines(degrees(s.lng) / drapeLines.x, length(a), width);
	meridians *= step(abs(degrees(s.lat)), 90.0 - 0.5 * drapeLines.x); // they would crowd at the poles
	c.a *= max(meridians, lines(degrees(s.lat) / drapeLines.x, length(b), width));
#elif LOOK == 8
	float turn8 = drapeGlow.z > 0.5 ? degrees(s.lat) / 180.0 + 0.5 : degrees(s.lng) / 360.0 + 0.5;
	float behind = fract(drapeLight.w - turn8);
	c.a *= pow(max(1.0 - behind * 360.0 / drapeLines.x, 0.0), 1.6);
#elif LOOK == 9
	float r = length(s.local.xy), wave = fract(drapeLight.w - r / drapeLines.x);
	c.a *= pow(wave, 8.0);
#endif
	if (drapeWindow.z > 0.0) {
		float r = length(s.local.xy) / drapeWindow.z;
		c.a *= 1.0 - smoothstep(0.6, 1.0, r);
	}
	if (c.a <= 0.0) discard;
#if ABOVE
#if !EMIT && LOOK < 5 && LOOK != 2
	// What the picture's blend, which is by light, makes the one by square roots.
	vec3 under = max(texelFetch(below, p, 0).rgb, 0.0);
	c.rgb = mix(2.0 * sqrt(c.rgb * under) - under, c.rgb, c.a);
#endif
	c.a *= covered;
#elif !EMIT && LOOK >= 5
	c.a = evened(c);
#endif
#if EMIT
	float day = smoothstep(-0.10, 0.08, dot(upward, frame.sun.xyz));
	color = vec4(c.rgb * c.a * drapeGlow.x * (1.0 - drapeGlow.y * day), 0.0);
#elif ABOVE
	color = c;
#else
	color = vec4(packBase(c.rgb), c.a);
#endif
}

// Glass: what lies behind it, bent, tinted and blurred, and what its surface mirrors.
// BODY 1 bends at both sides of a body, whose far side has been drawn (after Wyman 2005, An
// Approximate Image-Space Approach for Interactive Refraction); else it is a thin pane, which
// bends nothing and mirrors by both its faces. MIRROR 1 follows reflections over the picture.
//!define SHADOW_TAPS 1 2 4 9 16
//!define LIGHTS 0 1
//!define BODY 0 1
//!define MIRROR 0 1
#include "material.glsl"
#include "gbuffer.glsl"
#include "shadow.glsl"
#include "atmosphere.glsl"
#include "sky_uniforms.glsl"
#include "horizon.glsl"
#include "sky_directions.glsl"
#include "lighting_model.glsl"
#include "aerial.glsl"
#include "fog.glsl"
#include "follow.glsl"
#if LIGHTS
#include "lights.glsl"
#endif
uniform sampler2D behind;     // the picture without this layer of glass
uniform sampler2D frost;      // frost.frag, with its levels
uniform sampler2D backDepth;  // of far sides
uniform sampler2D backNormal; // outward
uniform vec4 glass;           // transmission, index of refraction, metres that stand for its body where no far side is found, metres across it at the most
uniform vec4 absorption;      // by the metre; w 1 = rough
layout(location = 0) out vec4 outColor;

// The air before the glass: light times through, plus light of its own.
vec3 airLight = vec3(0.0), airThrough = vec3(1.0);

vec3 throughAir(vec3 light) { return light * airThrough + airLight; }

// What a dielectric mirrors of unpolarised light (Fresnel 1823), by the cosine outside and its index.
float fresnel(float c, float n) {
	c = max(c, 1e-4); // at 0 without a step of the index it has no value
	float g = sqrt(max(n * n - 1.0 + c * c, 0.0)), a = (g - c) / (g + c), b = (c * (g + c) - 1.0) / (c * (g - c) + 1.0);
	return 0.5 * a * a * (1.0 + b * b);
}

vec2 placeOf(vec3 p) {
	vec4 c = frame.viewProj * vec4(p, 1.0);
	return c.xy / c.w * 0.5 + 0.5;
}

// A level of frost by cubic B-splines, in four fetches (Sigg and Hadwiger 2005, GPU Gems 2): its
// texels do not show.
vec4 smoothFrost(vec2 at, float level) {
	vec2 size = vec2(textureSize(frost, int(level))), p = at * size - 0.5, f = fract(p), i = p - f + 0.5;
	vec2 g = 1.0 - f, w0 = g * g * g / 6.0, w3 = f * f * f / 6.0;
	vec2 w1 = (4.0 - 3.0 * f * f * (2.0 - f)) / 6.0, w2 = 1.0 - w0 - w1 - w3;
	vec2 low = (i - 1.0 + w1 / (w0 + w1)) / size, high = (i + 1.0 + w3 / (w2 + w3)) / size, s = w0 + w1;
	return mix(mix(textureLod(frost, high, level), textureLod(frost, vec2(low.x, high.y), level), s.x),
		mix(textureLod(frost, vec2(high.x, low.y), level), textureLod(frost, low, level), s.x), s.y);
}

// The picture at a place, blurred over a number of pixels. Alpha is that of what is seen.
vec4 picture(vec2 at, float pixels) {
	vec4 sharp = textureLod(behind, at, 0.0);
	float level = log2(max(pixels, 1.0));
	if (level <= 0.0) return sharp;
	level = min(level - 1.0, float(textureQueryLevels(frost) - 1));
	float whole = floor(max(level, 0.0));
	vec4 f = mix(smoothFrost(at, whole), smoothFrost(at, min(whole + 1.0, float(textureQueryLevels(frost) - 1))), max(level, 0.0) - whole);
	vec4 soft = f.a > 0.02 ? vec4(f.rgb / f.a, 1.0) : sharp;
	return mix(sharp, soft, clamp(level + 1.0, 0.0, 1.0));
}

// How wide a lobe of a tangent is in pixels where it meets what it shows.
float spreadAt(float spread, float own, float depth) { return spread * max(depth - own, 0.0) / depth / (2.0 * frame.rayUp.w * frame.size.w); }

#if BODY
// How far a ray within the body goes to its far side, whose outward normal is out. The far
// side is what was drawn of it: the first of a few places that lies behind it, then the plane
// that is seen there. Where none is, it is as far as the material says, to a face parallel to
// the near one.
float toFarSide(vec3 from, vec3 along, vec3 normal, out vec3 far) {
	far = -normal;
	if (textureLod(backDepth, gl_FragCoord.xy * frame.size.zw, 0.0).r <= 0.0) return glass.z / max(dot(along, -normal), 0.2);
	const int looks = 10;
	float low = 0.0, high = glass.w;
	for (int i = 1; i <= looks; i++) {
		float t = glass.w * float(i) / float(looks), d;
		vec3 p = from + along * t;
		d = textureLod(backDepth, placeOf(p), 0.0).r;
		if (d <= 0.0 || depthOf(p) * d >= frame.rayForward.w) {
			high = t;
			break;
		}
		low = t;
	}
	float t = 0.5 * (low + high);
	for (int i = 0; i < 5; i++) {
		ivec2 at = ivec2(placeOf(from + along * t) * frame.size.xy);
		float d = textureLod(backDepth, middle(at), 0.0).r;
		if (d <= 0.0) { // beside it
			high = t;
			t = 0.5 * (low + high);
			continue;
		}
		far = unpackNormal(textureLod(backNormal, middle(at), 0.0).rg);
		float k = dot(far, along);
		t = clamp(k > 0.02 ? dot(viewRay(middle(at)) * viewDepth(d) - from, far) / k : high, low, high);
	}
	return t;
}
#endif

// What a ray shows that leaves the glass, seen from the eye: light before the air of the way
// to it. Alpha is the picture's.
vec4 shown(vec3 from, vec3 along, float spread, float own) {
	vec2 at;
	float depth, trust;
	if (steps > 0) {
		trust = follow(from, along, own, at, depth);
	} else { // where it leaves, and on as it was going by the eye
		at = placeOf(from);
		depth = depthAt(at);
		trust = float(depth > own && at == clamp(at, 0.0, 1.0));
	}
	vec4 seen = picture(at, spreadAt(spread, own, depth));
	if (trust < 1.0) { // beyond the picture's border, and behind what hides it: the sky, and what is about there
		vec3 around = throughAir(probeSpecular(along, 0.0));
		if (depth > own) around = mix(around, picture(at, 0.03 * frame.size.y).rgb, 0.5);
		seen = mix(vec4(around, 1.0), seen, trust);
	}
	return seen;
}

// The same of frosted glass: some rays of the lobe, turned from pixel to pixel, each of which
// stands for a part of it, so that edges blur that lie before others.
vec4 scattered(vec3 from, vec3 along, float spread, float own) {
	if (spread <= 0.0 || steps == 0) return shown(from, along, spread, own);
	vec3 side = normalize(abs(along.z) < 0.9 ? cross(along, vec3(0.0, 0.0, 1.0)) : cross(along, vec3(1.0, 0.0, 0.0))), top = cross(along, side);
	float turn = 6.2831853 * gradientNoise(gl_FragCoord.xy + 5.588 * (frame.clock.y + float(frame.counts.w)));
	vec4 sum = vec4(0.0);
	for (int k = 0; k < 4; k++) {
		float a = turn + 1.5707963 * float(k), r = spread * (k % 2 == 0 ? 0.4 : 0.8);
		sum += 0.25 * shown(from, normalize(along + r * (cos(a) * side + sin(a) * top)), 0.9 * spread, own);
	}
	return sum;
}

void main() {
	if (behindGlobe(eyePos)) discard;
	Surface s = shade();
	vec2 here = gl_FragCoord.xy * frame.size.zw;
	float own = depthOf(eyePos), distance = length(eyePos);
	vec3 v = eyePos / -distance, n = s.normal;
	float nv = max(dot(n, v), 1e-3);

	vec4 air = aerial(here, -v, distance);
	airThrough = throughColor(air.a);
	airLight = air.rgb;
	if (fog.x > 0.0) {
		vec4 f = fogBefore(-v, distance, 1.0);
		airThrough *= f.a;
		airLight = airLight * f.a + f.rgb;
	}

	float index = max(glass.y, 1.0), alpha = s.roughness * s.roughness, edge = (index - 1.0) / (index + 1.0);
	GBuffer g = GBuffer(s.base, s.roughness, n, s.metallic, s.reflectance, s.ao, 0u);
	Bsdf b = bsdfOf(g);
	b.f0 = mix(vec3(edge * edge), s.base, s.metallic);
	float clear = glass.x * (1.0 - s.metallic);
	b.diffuse *= 1.0 - clear;
	vec2 share = environmentShare(s.roughness, nv);
	vec3 mirrored = mix(mix(vec3(fresnel(nv, index)), s.base, s.metallic), b.f0 * share.x + share.y, smoothstep(0.05, 0.3, s.roughness));
#if !BODY
	mirrored = 2.0 * mirrored / (1.0 + mirrored); // by both faces
#endif

	// What it sends itself.
	vec3 r = reflect(-v, n), light = probeSpecular(r, s.roughness);
#if MIRROR
	float shows = (1.0 - smoothstep(0.2, 0.4, s.roughness)) * smoothstep(0.06, 0.12, max(mirrored.r, max(mirrored.g, mirrored.b)));
	if (shows > 0.0) { // where it mirrors enough to be worth it
		vec2 at;
		float depth, trust = follow(eyePos + n * (1e-3 * distance), r, 0.0, at, depth) * shows;
		if (trust > 0.0) light = mix(light, max(textureLod(behind, at, 0.0).rgb - airLight, 0.0) / max(airThrough, 0.05), trust);
	}
#endif
	light = light * mirrored + s.emission + probeDiffuse(n) * b.diffuse * (1.0 - mirrored);
	light += sunAt(eyePos) * sunShadow(eyePos, n) * direct(b, n, v, frame.sun.xyz, nv);
	light += moonLight.rgb * direct(b, n, v, frame.moon.xyz, nv);
#if LIGHTS
	light += localLights(b, eyePos, n, v, nv, false, own);
#endif

	// What comes through.
	vec3 through = (1.0 - mirrored) * clear * s.base;
	float spread = absorption.w > 0.0 ? 2.0 * alpha * max(index - 1.0, 0.1) : 0.0;
	vec4 seen;
#if BODY
	vec3 inside = refract(-v, n, 1.0 / index), far;
	float t = toFarSide(eyePos, inside, n, far);
	vec3 exit = eyePos + inside * t;
	vec2 at = placeOf(exit);
	float depth = depthAt(at);
	if (depth < depthOf(exit) * 1.001 + 0.02 && depth > own && at == clamp(at, 0.0, 1.0)) { // on something within it, or that it stands on
		float low = 0.0, high = t;
		for (int i = 0; i < 6; i++) {
			t = 0.5 * (low + high);
			at = placeOf(eyePos + inside * t);
			depth = depthAt(at);
			if (depth < depthOf(eyePos + inside * t) && depth > own) high = t;
			else low = t;
		}
		seen = picture(at, spreadAt(spread, own, depth));
	} else {
		vec3 along = refract(inside, -far, index);
		if (along == vec3(0.0)) along = reflect(inside, -far); // all of it stays within
		else {
			float lost = fresnel(clamp(dot(along, far), 0.0, 1.0), index);
			light += through * lost * probeSpecular(reflect(inside, -far), s.roughness); // and leaves elsewhere
			through *= 1.0 - lost;
		}
		seen = scattered(exit, along, spread, own);
	}
	through *= exp(-absorption.rgb * t);
#else
	seen = spread > 0.0 ? scattered(eyePos, -v, spread, own) : textureLod(behind, here, 0.0);
#endif
	vec3 sum = throughAir(light) + through * max(seen.rgb - airLight, 0.0);
	float cover = 1.0 + dot(through, vec3(1.0 / 3.0)) * (seen.a - 1.0);
	outColor = mix(textureLod(behind, here, 0.0), vec4(sum, cover), clamp(s.alpha * (1.0 - placeUp.w), 0.0, 1.0));
}

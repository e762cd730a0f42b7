// Ground-truth ambient occlusion (Jimenez, Wu, Pesce and Jarabo 2016): the horizon of each
// slice through the view is found step by step, and the cosine-weighted arc that a step
// raises it by is hidden as much as the distance of what raises it says. From near to far
// that is what a ray tracer sums on a height field, so that nothing is bent to look right
// (XeGTAO blends horizons and takes a power of the sum). Samples crowd towards the pixel.
// The sum is taken relative to that of the bare surface, so that a plane is open exactly,
// whatever its slices. Red: visibility in 1023rds, the share of the sky behind the point;
// green: depth, for the edge-aware filter.
//!define HALF 0 1
//!define HEIGHTS 0 1
#include "frame.glsl"
#include "gbuffer.glsl"
uniform sampler2D linearDepth; // no levels: those that differ from pixel to pixel are read wrongly by software
uniform sampler2D gNormal;
uniform int slices;
uniform int steps;   // a side
uniform float radius; // metres
uniform uint noiseIndex;
uniform vec4 tuning; // the reach's factor, the share over which hiding fades, power, thickness by reach
#if HEIGHTS
uniform sampler2D skyHeights; // from above, reversed depth: 1 is up
uniform vec4 skyPlace;        // its centre in the eye frame, half its side; w 0 = nothing hides the sky
uniform int skyAzimuths;
uniform int skySteps;
#endif
in vec2 uv;
out vec2 color;

const float PI = 3.14159265358979;
const float SKY = 5e11;

// Position along the Hilbert curve of a 64×64 tile, then the R2 sequence (Roberts 2018).
vec2 spatialNoise(uvec2 p) {
	uint index = 0u;
	p &= 63u;
	for (uint side = 32u; side > 0u; side >>= 1u) {
		uint rx = (p.x & side) != 0u ? 1u : 0u, ry = (p.y & side) != 0u ? 1u : 0u;
		index += side * side * ((3u * rx) ^ ry);
		if (ry == 0u) {
			if (rx == 1u) p = 63u - p;
			p = p.yx;
		}
	}
	index += 288u * (noiseIndex & 63u);
	return fract(0.5 + float(index) * vec2(0.75487766624669276, 0.56984029099805327));
}

float fastAcos(float x) {
	float a = abs(x), r = (-0.156583 * a + 0.5 * PI) * sqrt(1.0 - a);
	return x >= 0.0 ? r : PI - r;
}

// Of a slice: the arc from the view direction to an angle of cosine h on one side.
float arc(float h, float side, float cosN, float sinN) {
	h = clamp(h, -1.0, 1.0);
	float a = fastAcos(h), s = side * sinN;
	return 0.25 * (cosN + 2.0 * a * s - ((2.0 * h * h - 1.0) * cosN + 2.0 * h * sqrt(1.0 - h * h) * s));
}

#if HEIGHTS
// skyShare is how much of the sky that a bare surface would see is left by what stands
// further away than reach: horizons of the map of heights in a few directions, and between
// horizon and zenith the cosine to the surface, integrated.
float skyShare(vec3 p, vec3 n, float reach, float noise) {
	float far = 1.6 * skyPlace.w;
	if (skyPlace.w <= 0.0 || reach > 0.5 * far) return 1.0;
	float texel = 2.0 * skyPlace.w / float(textureSize(skyHeights, 0).x);
	float near = max(reach, 1.5 * texel), seen = 0.0, whole = 0.0;
	for (int a = 0; a < skyAzimuths; a++) {
		// The same directions everywhere: skylight is soft, and noise in it is not.
		float phi = (float(a) + 0.25) * 2.0 * PI / float(skyAzimuths);
		vec2 dir = vec2(cos(phi), sin(phi));
		float rise = 0.0; // tangent of the horizon
		for (int k = 0; k < skySteps; k++) {
			float r = near * pow(far / near, (float(k) + 0.15 + 0.7 * fract(0.25 * noise + float(a) * 0.618)) / float(skySteps));
			vec2 at = (p.xy + dir * r - skyPlace.xy) / (2.0 * skyPlace.w) + 0.5;
			if (any(lessThan(at, vec2(0.0))) || any(greaterThan(at, vec2(1.0)))) break;
			float depth = textureLod(skyHeights, at, 0.0).r;
			if (depth > 0.0) rise = max(rise, ((2.0 * depth - 1.0) * skyPlace.w + skyPlace.z - p.z) / r);
		}
		// Over elevations e from the horizon up: (n·d) cos e, where it is above 0.
		float across = dot(n.xy, dir), low = max(0.0, n.z > 0.0 ? atan(-across, n.z) : 0.0);
		float high = n.z >= 0.0 ? 0.5 * PI : clamp(atan(across, -n.z), 0.0, 0.5 * PI);
		float e = clamp(atan(rise), low, max(high, low));
		float top = max(high, low);
		// The antiderivative: across (e/2 + sin 2e / 4) + n.z sin² e / 2.
		float at0 = across * (0.5 * low + 0.25 * sin(2.0 * low)) + n.z * 0.5 * sin(low) * sin(low);
		float at1 = across * (0.5 * e + 0.25 * sin(2.0 * e)) + n.z * 0.5 * sin(e) * sin(e);
		float at2 = across * (0.5 * top + 0.25 * sin(2.0 * top)) + n.z * 0.5 * sin(top) * sin(top);
		seen += max(at2 - at1, 0.0);
		whole += max(at2 - at0, 0.0);
	}
	return clamp(seen / max(whole, 1e-4), 0.0, 1.0);
}
#endif

void main() {
#if HALF
	ivec2 full = min(ivec2(gl_FragCoord.xy) * 2, textureSize(linearDepth, 0) - 1);
#else
	ivec2 full = ivec2(gl_FragCoord.xy);
#endif
	float z = texelFetch(linearDepth, full, 0).r;
	vec2 at = (vec2(full) + 0.5) * frame.size.zw;
	vec3 ray = viewRay(at), p = ray * z;
	vec3 v = -normalize(ray);
	vec3 n = unpackNormal(texelFetch(gNormal, full, 0).rg);
	// Pixels that the radius spans here.
	float reach = radius;
	float pixels = reach / (z * 2.0 * frame.rayUp.w) * frame.size.y;
	if (z > SKY) {
		color = vec2(1.0 + 0.999 / 1023.0, z);
		return;
	}
	float limited = clamp(pixels, 8.0, 0.12 * frame.size.y) * tuning.x;
	reach *= limited / pixels;
	// Hiding by distance: full up to a share of the reach, none at its end.
	float falloffMul = -1.0 / (reach * tuning.y), falloffAdd = 1.0 / tuning.y;
	float thick = reach * tuning.w;
	vec2 noise = spatialNoise(uvec2(gl_FragCoord.xy));
	vec3 right = normalize(frame.rayRight.xyz), upward = normalize(frame.rayUp.xyz);
	ivec2 last = textureSize(linearDepth, 0) - 1;
	float sum = 0.0, open = 0.0;
	for (int s = 0; s < slices; s++) {
		float phi = (float(s) + noise.x) * PI / float(slices);
		vec2 omega = vec2(cos(phi), sin(phi));
		vec3 dir = right * omega.x + upward * omega.y;
		vec3 ortho = dir - dot(dir, v) * v;
		vec3 axis = normalize(cross(ortho, v));
		vec3 projected = n - axis * dot(n, axis);
		float len = length(projected);
		float cosN = clamp(dot(projected, v) / max(len, 1e-6), -1.0, 1.0);
		float gamma = sign(dot(ortho, projected)) * fastAcos(cosN);
		float sinN = sin(gamma);
		float h0 = cos(gamma + 0.5 * PI), h1 = cos(gamma - 0.5 * PI);
		float bare = arc(h0, 1.0, cosN, sinN) + arc(h1, -1.0, cosN, sinN), hidden = 0.0;
		for (int k = 0; k < steps; k++) {
			float x = fract(noise.y + float(s + k * slices) * 0.6180339887498949);
			x = (float(k) + x) / float(steps);
			float offset = max(x * x * limited, 1.3 + float(k));
			vec2 o = omega * offset;
			ivec2 d = ivec2(round(o)), pa = clamp(full + d, ivec2(0), last), pb = clamp(full - d, ivec2(0), last);
			vec3 da = viewRay((vec2(pa) + 0.5) * frame.size.zw) * texelFetch(linearDepth, pa, 0).r - p;
			vec3 db = viewRay((vec2(pb) + 0.5) * frame.size.zw) * texelFetch(linearDepth, pb, 0).r - p;
			float la = length(da), lb = length(db);
			float wa = clamp(la * falloffMul + falloffAdd, 0.0, 1.0), wb = clamp(lb * falloffMul + falloffAdd, 0.0, 1.0);
			// Whole pixels stray from the slice: what does not rise over the surface by two
			// degrees or so is the surface.
			wa *= smoothstep(0.012, 0.06, dot(da, n) / la);
			wb *= smoothstep(0.012, 0.06, dot(db, n) / lb);
			// What lies beyond the picture is not known: it hides nothing.
			wa = all(equal(pa, full + d)) ? wa : 0.0;
			wb = all(equal(pb, full - d)) ? wb : 0.0;
			// What is seen has a back: below that lies a gap, through which light comes.
			vec3 ba = da - v * thick, bb = db - v * thick;
			float back0 = max(h0, dot(ba, v) * inversesqrt(dot(ba, ba))), back1 = max(h1, dot(bb, v) * inversesqrt(dot(bb, bb)));
			h0 = max(h0, dot(da, v) / la);
			h1 = max(h1, dot(db, v) / lb);
			hidden += wa * (arc(back0, 1.0, cosN, sinN) - arc(h0, 1.0, cosN, sinN)) + wb * (arc(back1, -1.0, cosN, sinN) - arc(h1, -1.0, cosN, sinN));
		}
		sum += len * (bare - hidden);
		open += len * bare;
	}
	float visible = pow(clamp(sum / max(open, 1e-4), 0.0, 1.0), tuning.z);
	visible = max(visible, 0.03);
#if HEIGHTS
	float sky = skyShare(p, n, reach, noise.x);
#else
	const float sky = 1.0;
#endif
	// Two numbers in one: ten bits and the rest.
	visible = (floor(visible * 1023.0) + 0.999 * sky) / 1023.0;
	color = vec2(visible, z);
}

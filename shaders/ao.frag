// Ground-truth ambient occlusion (Jimenez, Wu, Pesce and Jarabo 2016) with what is hidden
// kept as sectors (Therrien, Levesque and Gilet 2023, Visibility Bitmask): each slice through
// the view is followed step by step, and the arc between two steps is hidden as much as
// their distance says, once, by the nearer ones. Two steps are one surface if each lies on
// the same side of the other's plane, as in a corner or over an edge; else the nearer one
// stands loose, and what lies between is open but for a share of the way. Sectors are
// equal parts of the cosine-weighted arc; samples crowd towards the pixel.
// With PLANES the planes are those of triangles, and the normal only weighs directions. Else
// normals stand for them, but the pixel's own comes from its neighbours' depths where they go
// on evenly, so that bumps of leaves and stones do not hide themselves.
// Red: visibility in 1023rds, the share of the sky behind the point; green: depth, for the
// edge-aware filter.
// HALF 1: at half resolution; 2: of that every other pixel, by the parity of column and row,
// the others in the next frame; they lie side by side in a picture half as wide.
//!define HALF 0 1 2
//!define HEIGHTS 0 1
//!define PLANES 0 1
#include "frame.glsl"
#include "gbuffer.glsl"
uniform sampler2D linearDepth; // no levels: those that differ from pixel to pixel are read wrongly by software
uniform sampler2D gNormal;
#if PLANES
uniform sampler2D gPlane;
#else
#define gPlane gNormal
#endif
uniform int slices;
uniform int steps;   // a side
uniform float radius; // metres
uniform uint noiseIndex;
uniform int turn;     // 0 or 1: which of the pixels
uniform vec2 spread; // pixels that the radius may span: the least, the most as a share of the picture's height
uniform vec4 tuning; // the reach's factor, the share over which hiding fades, power, the share of the way that loose surfaces fill
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

// What lies between two shares of the arc, in sectors, rounded by chance, so that the mean is
// that of whole numbers of them.
uint sectorsOf(float a, float b, float chance) {
	uint lo = uint(min(a, b) * 32.0 + chance), hi = uint(max(a, b) * 32.0 + chance);
	return (hi > 31u ? ~0u : (1u << hi) - 1u) & ~(lo > 31u ? ~0u : (1u << lo) - 1u);
}

// Where a ray meets the plane dot(n, x) = c, not far from a depth.
vec3 onPlane(vec3 ray, vec3 n, float c, float z) {
	float f = dot(n, ray);
	return ray * (f < -1e-3 ? clamp(c / f, 0.9 * z, 1.1 * z) : z);
}

#if HEIGHTS
uniform vec4 skyTurn; // cosine and sine of the first direction, and of the way from one to the next

// Angle of a unit vector of the upper right quarter (Abramowitz and Stegun 4.4.45).
float angleOf(vec2 at) {
	float x = clamp(at.x, 0.0, 1.0);
	return sqrt(1.0 - x) * (1.5707288 + x * (-0.2121144 + x * (0.0742610 - 0.0187293 * x)));
}

// What a surface sees of the sky from the level up to an elevation, whose cosine and sine are
// at: the integral of (across cos e + nz sin e) cos e.
float below(vec2 at, float across, float nz) { return 0.5 * (across * (angleOf(at) + at.x * at.y) + nz * at.y * at.y); }

// skyShare is how much of the sky that a bare surface would see is left by what stands
// further away than reach: horizons of the map of heights in a few directions, and between
// horizon and zenith the cosine to the surface, integrated. Neither angles nor powers are
// needed on the way: the distances of the steps are a geometric series.
float skyShare(vec3 p, vec3 n, float reach, float noise) {
	float far = 1.6 * skyPlace.w;
	if (skyPlace.w <= 0.0 || reach > 0.5 * far) return 1.0;
	vec2 size = vec2(textureSize(skyHeights, 0));
	float texel = 2.0 * skyPlace.w / size.x;
	float near = max(reach, 1.5 * texel), seen = 0.0, whole = 0.0;
	float octaves = log2(far / near) / float(skySteps), factor = exp2(octaves);
	vec2 here = (p.xy - skyPlace.xy) / texel + 0.5 * size;
	float scale = 1.0 / texel, lift = skyPlace.z - skyPlace.w - p.z;
	// The same directions everywhere: skylight is soft, and noise in it is not.
	vec2 dir = skyTurn.xy;
	for (int a = 0; a < skyAzimuths; a++) {
		float rise = 0.0; // tangent of the horizon
		float r = near * exp2(octaves * (0.15 + 0.7 * fract(0.25 * noise + float(a) * 0.618)));
		for (int k = 0; k < skySteps; k++) {
			vec2 at = here + dir * (r * scale);
			float depth = textureLod(skyHeights, at / size, 0.0).r;
			bool known = depth > 0.0 && clamp(at, vec2(0.0), size) == at;
			rise = max(rise, known ? (depth * 2.0 * skyPlace.w + lift) / r : 0.0);
			r *= factor;
		}
		// Cosine and sine of elevations: where the surface begins to see, and where it ends.
		float across = dot(n.xy, dir), tilt = inversesqrt(max(across * across + n.z * n.z, 1e-12));
		vec2 low = across < 0.0 && n.z > 0.0 ? vec2(n.z, -across) * tilt : vec2(1.0, 0.0);
		vec2 top = n.z >= 0.0 ? vec2(0.0, 1.0) : across > 0.0 ? vec2(-n.z, across) * tilt : vec2(1.0, 0.0);
		vec2 e = vec2(1.0, rise) * inversesqrt(1.0 + rise * rise);
		e = e.y < low.y ? low : e.y > top.y ? top : e;
		float all = below(top, across, n.z);
		seen += max(all - below(e, across, n.z), 0.0);
		whole += max(all - below(low, across, n.z), 0.0);
		dir = vec2(dir.x * skyTurn.z - dir.y * skyTurn.w, dir.y * skyTurn.z + dir.x * skyTurn.w);
	}
	return clamp(seen / max(whole, 1e-4), 0.0, 1.0);
}
#endif

void main() {
	ivec2 pixel = ivec2(gl_FragCoord.xy);
#if HALF == 2
	pixel.x = 2 * pixel.x + ((pixel.y + turn) & 1);
#endif
#if HALF
	ivec2 full = min(pixel * 2, textureSize(linearDepth, 0) - 1);
#else
	ivec2 full = pixel;
#endif
	vec2 at = middle(full);
	float z = textureLod(linearDepth, at, 0.0).r;
	vec3 ray = viewRay(at), p = ray * z;
	vec3 v = -normalize(ray);
	vec3 n = unpackNormal(textureLod(gNormal, at, 0.0).rg);
	// Pixels that the radius spans here.
	float reach = radius;
	float pixels = reach / (z * 2.0 * frame.rayUp.w) * frame.size.y;
	if (z > SKY) {
		color = vec2(1.0 + 0.999 / 1023.0, z);
		return;
	}
	float limited = clamp(pixels, spread.x, spread.y * frame.size.y) * tuning.x;
	reach *= limited / pixels;
	// Hiding by distance: full up to a share of the reach, none at its end.
	float falloffMul = -1.0 / (reach * tuning.y), falloffAdd = 1.0 / tuning.y;
	vec2 noise = spatialNoise(uvec2(pixel));
	ivec2 last = textureSize(linearDepth, 0) - 1;
	vec3 pixelX = frame.rayRight.xyz * (2.0 * frame.size.z), pixelY = frame.rayUp.xyz * (2.0 * frame.size.w);
	vec3 m = n;
#if PLANES
	vec3 own = unpackNormal(textureLod(gPlane, at, 0.0).rg);
#else
	// 1/z is linear over a plane: its steps to the neighbours say which plane it is.
	vec2 slope;
	bool even = true;
	for (int i = 0; i < 2; i++) {
		ivec2 e = i == 0 ? ivec2(1, 0) : ivec2(0, 1);
		float back = 1.0 / z - 1.0 / textureLod(linearDepth, middle(full - e), 0.0).r, ahead = 1.0 / textureLod(linearDepth, middle(full + e), 0.0).r - 1.0 / z;
		slope[i] = abs(back) < abs(ahead) ? back : ahead;
		even = even && abs(back - ahead) < 0.3 * (abs(back) + abs(ahead)) + 1e-4 / z;
	}
	if (even) {
		vec3 forward = -vec3(frame.view[0].z, frame.view[1].z, frame.view[2].z);
		vec3 tilt = pixelX * (slope.x / dot(pixelX, pixelX)) + pixelY * (slope.y / dot(pixelY, pixelY));
		m = -normalize(tilt + forward * (1.0 / z - dot(tilt, ray)));
	}
#endif
	m = normalize(m + v * max(0.0, 0.1 - dot(m, v))); // seen, however flat
#if !PLANES
	vec3 own = m;
#endif
	float plane = dot(own, p), foot = z * 2.0 * frame.rayUp.w * frame.size.w;
	float sum = 0.0, open = 0.0;
	for (int s = 0; s < slices; s++) {
		float phi = (float(s) + noise.x) * PI / float(slices);
		vec2 omega = vec2(cos(phi), sin(phi));
		vec3 dir = pixelX * omega.x + pixelY * omega.y; // what the ray gains by a pixel
		vec3 ortho = dir - dot(dir, v) * v;
		vec3 axis = normalize(cross(ortho, v));
		vec3 projected = m - axis * dot(m, axis);
		float len = length(projected);
		float cosN = clamp(dot(projected, v) / max(len, 1e-6), -1.0, 1.0);
		float gamma = sign(dot(ortho, projected)) * fastAcos(cosN);
		float sinN = sin(gamma);
		for (int k = 0; k < 2; k++) {
			float side = float(1 - 2 * k);
			vec3 along = dir * side;
			float low = cos(gamma + side * 0.5 * PI), bare = max(arc(low, side, cosN, sinN), 1e-4);
			uint taken = 0u;
			float hidden = 0.0;
			// The step before: pixels away, depth, plane, share of the arc, weight.
			float ta = 0.0, za = z, ca = plane, ua = 1.0, wa = 1.0;
			vec3 na = own;
			for (int i = 0; i < steps; i++) {
				float x = (float(i) + fract(noise.y + float(s + i * slices) * 0.6180339887498949)) / float(steps);
				float t = max(x * x * limited, ta + 1.0);
				ivec2 q = full + ivec2(round(omega * (t * side)));
				if (clamp(q, ivec2(0), last) != q) break; // what lies beyond the picture is not known
				vec3 nb = unpackNormal(textureLod(gPlane, middle(q), 0.0).rg);
				vec3 rq = viewRay((vec2(q) + 0.5) * frame.size.zw), ra = ray + along * ta, rb = ray + along * t;
				float zq = textureLod(linearDepth, middle(q), 0.0).r, cb = dot(nb, rq) * zq, fb = dot(nb, rb);
				// Whole pixels stray from the slice: back to it along their plane.
				float zb = fb < -1e-3 ? clamp(cb / fb, 0.98 * zq, 1.02 * zq) : zq;
				vec3 pb = rb * zb - p;
				float d = length(pb), wb = clamp(d * falloffMul + falloffAdd, 0.0, 1.0);
				float ub = clamp(arc(max(dot(pb, v) / d, low), side, cosN, sinN) / bare, 0.0, 1.0);
				float over = dot(own, rq) * zq - plane;
#if PLANES
				if (over < 0.3 * foot) ub = 1.0; // the pixel's own plane, or under it
				float touching = foot;
#else
				if (abs(over) < 0.3 * foot) ub = 1.0; // the pixel's own plane
				float touching = 0.003 * zb;
#endif
				float beyond = ca - dot(na, rb) * zb, before = cb - dot(nb, ra) * za;
				bool one = beyond * before >= 0.0 || min(abs(beyond), abs(before)) < touching;
				float other = ua, w = 0.5 * (wa + wb), chance = fract(noise.x * 7.31 + float(i) * 0.618);
				if (!one) {
#if PLANES
					if (ua < 1.0) { // the surface before goes on, too
						vec3 pa = onPlane(ray + along * mix(ta, t, tuning.w), na, ca, za) - p;
						float ends = clamp(arc(max(dot(pa, v) * inversesqrt(dot(pa, pa)), low), side, cosN, sinN) / bare, 0.0, 1.0);
						uint sectors = sectorsOf(ua, ends, chance);
						hidden += wa * float(bitCount(sectors & ~taken)) / 32.0;
						taken |= sectors;
					}
#endif
					vec3 pc = onPlane(ray + along * mix(t, ta, tuning.w), nb, cb, zb) - p;
					other = clamp(arc(max(dot(pc, v) * inversesqrt(dot(pc, pc)), low), side, cosN, sinN) / bare, 0.0, 1.0);
					w = wb;
				}
				if (w > 0.0) {
					uint sectors = sectorsOf(ub, other, chance);
					hidden += w * float(bitCount(sectors & ~taken)) / 32.0;
					taken |= sectors;
				}
				ta = t, za = zb, ca = cb, ua = ub, wa = wb, na = nb;
			}
			sum += len * bare * (1.0 - hidden);
			open += len * bare;
		}
	}
	float visible = pow(clamp(sum / max(open, 1e-4), 0.0, 1.0), tuning.z);
	visible = max(visible, 0.03);
	visible = mix(1.0, visible, clamp((pixels - 0.5) / 1.5, 0.0, 1.0)); // AmbientStrength
#if HEIGHTS
	float sky = skyShare(p, n, reach, noise.x);
#else
	const float sky = 1.0;
#endif
	// Two numbers in one: ten bits and the rest.
	visible = (floor(visible * 1023.0) + 0.999 * sky) / 1023.0;
	color = vec2(visible, z);
}

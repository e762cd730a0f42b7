// Screen-space reflections through the pyramid of nearest depths (Uludag 2014, GPU Pro 5).
// The ray is a straight line in picture and reversed depth, marched by its own parameter,
// in pixels, so that nothing depends on how depth is spread. It hits a pixel where it meets
// the plane that the pixel's depth and normal say, within that pixel: so what stands in
// front of it needs no thickness. With planes, what is behind a pixel that the ray passes, and
// where edges lie between pixels, are guessed. Colour is what this sub-frame has lit; alpha is
// how far to trust it, below 0 for what is doubtful: it stands back behind what lies beside.
//!define HALF 0 1
// PLANES 1: the plane is that of the triangle that the pixel shows, and the pyramid knows what
// is nearest within a pixel, so that almost nothing need be found beside one.
//!define HITS 0 1
//!define PLANES 0 1
#include "frame.glsl"
#include "gbuffer.glsl"
uniform sampler2D hiz; // levels side by side: level 0, to its right the others one above the other
uniform ivec2 hizSize; // of level 0, a multiple of the widest cell
uniform sampler2D linearDepth;
uniform sampler2D gBase;
uniform sampler2D gNormal;
#if PLANES
uniform sampler2D gPlane;
#else
#define gPlane gNormal
#endif
uniform sampler2D lit;
uniform int steps;
uniform int levels;
uniform float maxRoughness;
in vec2 uv;
out vec4 color;

// How far in pixels beside a pixel its plane still counts as its surface.
const float SLACK = PLANES == 1 ? 0.1 : 1.0;

#if PLANES
// Hits that are less likely than this are doubtful.
const float LIKELY = 0.56;

// Where the ray would be so many pixels after a hit says how far to believe in it: behind what
// is seen there, so within something, or in front of it again, as beside an edge.
const float AHEAD = 3.0, INSIDE = 1.2, OUTSIDE = 0.8;

// How likely the surface of a pixel, w = k·dot(n, ray) in reversed depth, is still there at a
// place beside the middle: surely where the next pixels that way go on in its plane or lie before
// it; where their planes meet its own, up to there; and where there is a gap, the less the
// further the place is from the middle, as the edge may lie anywhere between the two.
float holds(vec2 center, vec3 n, float k, vec2 at) {
	vec3 own = viewRay(center * frame.size.zw), there = viewRay(at * frame.size.zw);
	float foot = 2.0 * frame.rayUp.w * frame.size.w / (k * dot(n, own)), sure = 1.0;
	bvec2 gap;
	for (int i = 0; i < 2; i++) {
		vec2 next = center;
		next[i] += at[i] < center[i] ? -1.0 : 1.0;
		next *= frame.size.zw;
		vec3 ray = viewRay(next), m = unpackNormal(textureLod(gPlane, next, 0.0).rg);
		float w = k * dot(n, ray), seen = frame.rayForward.w / textureLod(linearDepth, next, 0.0).r, km = seen / dot(m, ray);
		float apart = abs(dot(n, ray) * (1.0 / seen - 1.0 / w)), slack = 0.25 * foot + 0.01 / frame.rayForward.w;
		bool edge = seen < w && apart > slack, meet = km * dot(m, own) > k * dot(n, own);
		gap[i] = edge && !meet;
		if (gap[i]) sure *= 1.0 - abs(at[i] - center[i]);
		else if (edge && km * dot(m, there) < k * dot(n, there)) sure *= 0.5; // past where they meet
	}
	return all(gap) ? 0.85 * sure : sure;
}
#endif

vec4 trace(vec3 position, vec3 r) {
	vec2 size = frame.size.xy;
	// The end of a first piece, kept in front of the eye.
	float z = depthOf(position), dz = depthOf(r);
	float reach = dz < 0.0 ? min(-0.9 * z / dz, 1e4 * z) : z;
	vec4 c0 = frame.viewProj * vec4(position, 1.0), c1 = frame.viewProj * vec4(position + r * reach, 1.0);
	vec3 a = vec3((c0.xy / c0.w * 0.5 + 0.5) * size, c0.z / c0.w), b = vec3((c1.xy / c1.w * 0.5 + 0.5) * size, c1.z / c1.w);
	vec3 dir = b - a;
	float len = max(abs(dir.x), abs(dir.y));
	if (len < 1e-4) return vec4(0.0);
	dir /= len;
	// Out of the picture, or infinitely far.
	bvec2 flat2 = lessThan(abs(dir.xy), vec2(1e-6));
	vec2 inv = 1.0 / mix(dir.xy, vec2(1e-6), flat2), ahead = step(vec2(0.0), dir.xy);
	vec2 toEdge = mix((ahead * size - a.xy) * inv, vec2(1e9), flat2);
	float tMax = min(toEdge.x, toEdge.y);
	if (dir.z < 0.0) tMax = min(tMax, -a.z / dir.z);
	// The view's ray along the way, for planes: at a, and what a pixel adds.
	vec3 rayA = viewRay(a.xy * frame.size.zw);
	vec3 rayStep = (frame.rayRight.xyz * dir.x * frame.size.z + frame.rayUp.xyz * dir.y * frame.size.w) * 2.0;

	vec2 hizTexel = 1.0 / vec2(textureSize(hiz, 0));
	float t = PLANES == 1 ? 0.5 : 0.75, hit = -1.0, facing = 0.0;
	int level = 0, i = 0;
#if PLANES
	// Pixels that the ray passes behind, how closely as a share of the depth, and the least of that by the former.
	float run = 0.0, close = 1e9, room = 1e9;
	vec2 guess = vec2(-1.0, 0.0); // the first hit if it is doubtful, and its facing
#endif
	// A ray whose hit is doubtful looks for another, that may be likely.
	for (int tried = 0; tried <= PLANES; tried++) {
		vec3 met = vec3(0.0);
		vec2 centerMet = vec2(0.0);
		float metK = 0.0;
		for (; i < steps && t < tMax; i++) {
			float cell = float(1 << level);
			vec3 p = a + dir * t;
			vec2 index = floor(p.xy / cell + dir.xy * 1e-4);
			ivec2 origin = level == 0 ? ivec2(0) : ivec2(hizSize.x, hizSize.y - (hizSize.y >> (level - 1)));
			float nearest = textureLod(hiz, (vec2(origin) + index + 0.5) * hizTexel, 0.0).r;
			vec2 out2 = mix(((index + ahead) * cell - a.xy) * inv, vec2(1e9), flat2);
			float leave = max(min(out2.x, out2.y), t) + 1e-3;
			float depth = dir.z < 0.0 ? a.z + dir.z * min(leave, tMax) : p.z;
			if (depth > nearest) {
				// In front of all that the cell holds.
#if PLANES
				run = 0.0, close = 1e9;
#endif
				t = leave;
				level = min(level + 1, levels - 1);
				continue;
			}
			if (level > 0) {
				// Go to where the ray comes to that depth, and look closer.
				if (dir.z < 0.0 && p.z > nearest) t = max(t, min((nearest - a.z) / dir.z, leave - 1e-3));
				level--;
				continue;
			}
			// The pixel's plane in reversed depth is linear over the picture, as the ray is.
#if PLANES
			nearest = frame.rayForward.w / textureLod(linearDepth, (index + 0.5) * frame.size.zw, 0.0).r; // in its middle
#endif
			vec3 n = unpackNormal(textureLod(gPlane, (index + 0.5) * frame.size.zw, 0.0).rg);
			float k = nearest / dot(n, viewRay((index + 0.5) * frame.size.zw));
			float on = -(k * dot(n, rayA) - a.z) / (k * dot(n, rayStep) - dir.z);
			facing = dot(n, r);
			if (facing < 0.0 && on > 0.25 && on > t - SLACK && on < leave + SLACK) {
				hit = on, t = leave;
				met = n, centerMet = index + 0.5, metK = k;
				break;
			}
#if PLANES
			float between = 0.5 * (t + leave), behind = k * dot(n, rayA + rayStep * between) / max(a.z + dir.z * between, 1e-20) - 1.0;
			run = behind > 0.0 ? run + 1.0 : 0.0;
			close = behind > 0.0 ? min(close, behind) : 1e9;
			room = min(room, close / max(run, 1.0));
#endif
			t = leave;
		}
		if (hit < 0.0) break;
#if PLANES
		// Things are about as thick as they are wide: who passes close behind one has met it.
		float wide = room / (2.0 * frame.rayUp.w * frame.size.w);
		float likely = holds(centerMet, met, metK, a.xy + dir.xy * hit) * wide / (wide + 0.6);
		vec3 on = a + dir * (hit + AHEAD);
		bool inside = on.z <= frame.rayForward.w / textureLod(linearDepth, on.xy * frame.size.zw, 0.0).r;
		if (likely * (inside ? INSIDE : OUTSIDE) >= LIKELY) {
			guess.x = -1.0;
			break;
		}
		if (tried == 0) guess = vec2(hit, facing);
		hit = -1.0;
#endif
	}
#if PLANES
	if (guess.x > 0.0) hit = guess.x, facing = guess.y;
#endif
	if (hit < 0.0) return vec4(0.0);
	vec3 p = a + dir * hit;
	vec2 where = p.xy * frame.size.zw;
	float trust = smoothstep(0.0, -0.05, facing);
	vec2 edge = smoothstep(vec2(0.0), vec2(0.06), min(where, 1.0 - where));
	trust *= edge.x * edge.y;
#if PLANES
	if (guess.x > 0.0) trust = -trust;
#endif
#if HITS
	return vec4(p.x, size.y - p.y, max(trust, 0.0), trust);
#else
	return vec4(textureLod(lit, where, 0.0).rgb, trust);
#endif
}

void main() {
	color = vec4(0.0);
#if HALF
	ivec2 full = min(ivec2(gl_FragCoord.xy) * 2, textureSize(linearDepth, 0) - 1);
#else
	ivec2 full = ivec2(gl_FragCoord.xy);
#endif
	vec2 at = middle(full);
	float z = textureLod(linearDepth, at, 0.0).r;
	float roughness = textureLod(gBase, at, 0.0).a;
	if (z > 5e11 || roughness > maxRoughness) return;
	vec3 n = unpackNormal(textureLod(gNormal, at, 0.0).rg);
	vec3 position = viewRay(at) * z;
	vec3 v = normalize(position), r = reflect(v, n);
#if PLANES
	vec3 off = unpackNormal(textureLod(gPlane, at, 0.0).rg);
	if (dot(r, off) <= 0.0) r = reflect(r, off); // a bump throws it into the surface
	vec4 c = trace(position + off * (2e-5 * z), r);
#else
	vec4 c = trace(position + n * (2e-4 * z), r);
#endif
#if HITS
	color = c;
	return;
#endif
	c.a *= 1.0 - smoothstep(0.7 * maxRoughness, maxRoughness, roughness);
	color = c;
}

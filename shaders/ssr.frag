// Screen-space reflections through the pyramid of nearest depths (Uludag 2014, GPU Pro 5).
// The ray is a straight line in picture and reversed depth, marched by its own parameter,
// in pixels, so that nothing depends on how depth is spread. Colour is what this
// sub-frame has lit; alpha is how far to trust it.
//!define HALF 0 1
//!define HITS 0 1
#include "frame.glsl"
#include "gbuffer.glsl"
uniform sampler2D hiz; // with levels
uniform sampler2D linearDepth;
uniform sampler2D gBase;
uniform sampler2D gNormal;
uniform sampler2D lit;
uniform int steps;
uniform int levels;
uniform float maxRoughness;
in vec2 uv;
out vec4 color;

// The ray in pixels and reversed depth after t.
vec3 at(vec3 start, vec3 dir, float t) { return start + dir * t; }

vec4 trace(vec3 position, vec3 n, vec3 r) {
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

	// Leave the pixel that the ray starts in.
	float t = 1.5;
	int level = 0;
	float hit = -1.0;
	for (int i = 0; i < steps && t < tMax; i++) {
		float cell = float(1 << level);
		vec3 p = at(a, dir, t);
		vec2 index = floor(p.xy / cell + dir.xy * 1e-4);
		float nearest = texelFetch(hiz, min(ivec2(index), textureSize(hiz, level) - 1), level).r;
		vec2 out2 = mix(((index + ahead) * cell - a.xy) * inv, vec2(1e9), flat2);
		float leave = max(min(out2.x, out2.y), t) + 1e-3;
		float depth = dir.z < 0.0 ? at(a, dir, min(leave, tMax)).z : p.z;
		if (depth > nearest) {
			// In front of all that the cell holds.
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
		float surface = viewDepth(nearest), ray = viewDepth(max(depth, 1e-20));
		float entry = viewDepth(max(p.z, 1e-20));
		float thick = max(0.25, 0.006 * surface) + abs(ray - entry);
		if (nearest > 0.0 && min(ray, entry) - surface < thick) {
			hit = t;
			break;
		}
		t = leave;
	}
	if (hit < 0.0) return vec4(0.0);
	vec3 p = at(a, dir, hit);
	vec2 where = p.xy * frame.size.zw;
	vec3 nh = unpackNormal(texelFetch(gNormal, ivec2(p.xy), 0).rg);
	float trust = smoothstep(0.15, -0.05, dot(nh, r));
	vec2 edge = smoothstep(vec2(0.0), vec2(0.06), min(where, 1.0 - where));
	trust *= edge.x * edge.y;
#if HITS
	return vec4(p.x, size.y - p.y, trust, trust);
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
	float z = texelFetch(linearDepth, full, 0).r;
	float roughness = texelFetch(gBase, full, 0).a;
	if (z > 5e11 || roughness > maxRoughness) return;
	vec3 n = unpackNormal(texelFetch(gNormal, full, 0).rg);
	vec3 position = viewRay((vec2(full) + 0.5) * frame.size.zw) * z;
	vec3 v = normalize(position), r = reflect(v, n);
	vec4 c = trace(position + n * (0.002 * z), n, r);
#if HITS
	color = c;
	return;
#endif
	c.a *= 1.0 - smoothstep(0.7 * maxRoughness, maxRoughness, roughness);
	color = c;
}

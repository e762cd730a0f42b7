// Temporal anti-aliasing for live pictures: the jittered frame is blended into what the
// last frames said, reprojected by depth and clipped to what the neighbourhood allows
// (Karis 2014). FINE takes nine neighbours by their variance (Salvi 2016) and a bicubic
// history (Jimenez 2016); else the four beside the pixel bound a bilinear one. Pixels of
// the same 2×2 quad are read from each other: a fetch costs more than all the rest.
//!define FINE 0 1
#include "frame.glsl"
uniform sampler2D source;
uniform sampler2D history;
uniform sampler2D depthMap;
uniform float valid; // 0 after a cut
in vec2 uv;
out vec4 color;

vec3 compress(vec3 c) { return c / (1.0 + max(c.r, max(c.g, c.b))); }
vec3 expand(vec3 c) { return c / max(1.0 - max(c.r, max(c.g, c.b)), 1e-3); }

// Alpha, the share of data colours (tonemap.frag), is smoothed with the colours.
vec4 compressed(vec4 c) { return vec4(compress(max(c.rgb, 0.0)), c.a); }
vec4 at(ivec2 p) { return compressed(textureLod(source, middle(p), 0.0)); }

#if FINE
vec3 toYCoCg(vec3 c) { return vec3(dot(c, vec3(0.25, 0.5, 0.25)), dot(c, vec3(0.5, 0.0, -0.5)), dot(c, vec3(-0.25, 0.5, -0.25))); }
vec3 fromYCoCg(vec3 c) { return vec3(c.x + c.y - c.z, c.x + c.z, c.x - c.y - c.z); }

vec4 catmullRom(vec2 at) {
	vec2 size = frame.size.xy, p = at * size, c = floor(p - 0.5) + 0.5, f = p - c;
	vec2 w0 = f * (-0.5 + f * (1.0 - 0.5 * f)), w1 = 1.0 + f * f * (-2.5 + 1.5 * f), w2 = f * (0.5 + f * (2.0 - 1.5 * f)), w3 = f * f * (-0.5 + 0.5 * f);
	vec2 w12 = w1 + w2, m = (c + w2 / w12) / size, a = (c - 1.0) / size, b = (c + 2.0) / size;
	float wm = w12.x * w12.y, wa = w12.x * w0.y, wb = w0.x * w12.y, wc = w3.x * w12.y, wd = w12.x * w3.y;
	vec4 s = textureLod(history, m, 0.0) * wm
		+ textureLod(history, vec2(m.x, a.y), 0.0) * wa
		+ textureLod(history, vec2(a.x, m.y), 0.0) * wb
		+ textureLod(history, vec2(b.x, m.y), 0.0) * wc
		+ textureLod(history, vec2(m.x, b.y), 0.0) * wd;
	return max(s / (wm + wa + wb + wc + wd), 0.0);
}
#endif

void main() {
	ivec2 p = ivec2(gl_FragCoord.xy), last = ivec2(frame.size.xy) - 1;
	// From this pixel to the other column and row of its quad, and away from them.
	ivec2 inward = 1 - 2 * (p & 1), outward = clamp(p - inward, ivec2(0), last);
	vec4 c = at(p);
	// The nearest surface of the quad carries the edge of what moves before it.
	float depth = textureLod(depthMap, middle(p), 0.0).r;
	float nearest = max(depth, depth + float(inward.x) * dFdxFine(depth));
	nearest = max(nearest, nearest + float(inward.y) * dFdyFine(nearest));

	// Where it was, without the jitter of either frame; the sky only turns.
	vec4 before = frame.reproject * vec4(viewRay(uv) * (nearest > 0.0 ? viewDepth(nearest) : 1e9), 1.0);
	vec2 move = before.xy / before.w * 0.5 + 0.5 - (uv - frame.jitter.xy * 0.5);
	vec2 from = uv + move;
#if FINE
	vec3 own = toYCoCg(c.rgb), mean = own, square = own * own;
	vec2 share = c.aa; // lowest and highest
	for (int k = 0; k < 9; k++) {
		if (k == 4) continue;
		vec4 near = at(clamp(p + ivec2(k % 3, k / 3) - 1, ivec2(0), last));
		vec3 s = toYCoCg(near.rgb);
		share = vec2(min(share.x, near.a), max(share.y, near.a));
		mean += s;
		square += s * s;
	}
	mean /= 9.0;
	vec3 sigma = sqrt(max(square / 9.0 - mean * mean, 0.0)) * 1.1;
	vec4 h = compressed(catmullRom(from));
	h.rgb = toYCoCg(h.rgb);
	vec3 off = h.rgb - mean, unitOff = abs(off / max(sigma, 1e-4));
	float far = max(unitOff.x, max(unitOff.y, unitOff.z));
	if (far > 1.0) h.rgb = mean + off / far;
	h = vec4(fromYCoCg(h.rgb), clamp(h.a, share.x, share.y));
#else
	vec4 x0 = at(ivec2(outward.x, p.y)), x1 = c + float(inward.x) * dFdxFine(c);
	vec4 y0 = at(ivec2(p.x, outward.y)), y1 = c + float(inward.y) * dFdyFine(c);
	vec4 low = min(min(min(x0, x1), min(y0, y1)), c), high = max(max(max(x0, x1), max(y0, y1)), c);
	vec4 h = clamp(compressed(textureLod(history, from, 0.0)), low, high);
#endif
	// Quick pans leave less to trust.
	float blend = mix(frame.jitter.w, 0.3, smoothstep(0.5, 12.0, length(move * frame.size.xy)) * 0.5);
	if (valid < 0.5 || any(lessThan(from, vec2(0.0))) || any(greaterThan(from, vec2(1.0)))) blend = 1.0;
	color = vec4(expand(mix(h.rgb, c.rgb, blend)), mix(h.a, c.a, blend));
}

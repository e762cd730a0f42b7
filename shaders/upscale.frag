// Temporal upscaling: a picture of more pixels than its frames have. Each frame is jittered
// by parts of its pixels; what it says of a pixel of the picture counts by how near to that
// pixel's middle it looked, and is blended into what the frames before have said,
// reprojected by depth and clipped to what is around it now (as in taa.frag; the weights by
// distance follow Yang, Liu and Salvi 2020, A Survey of Temporal Antialiasing Techniques).
// CUT 1: there are no frames before.
//!define CUT 0 1
#include "frame.glsl"
uniform sampler2D source;
#if !CUT
uniform sampler2D history;
uniform sampler2D depthMap;
uniform vec2 pixels; // of the picture
#endif
in vec2 uv;
out vec4 color;

#if CUT
void main() { color = textureLod(source, uv + 0.5 * frame.jitter.xy, 0.0); }
#else
vec3 compress(vec3 c) { return c / (1.0 + max(c.r, max(c.g, c.b))); }
vec3 expand(vec3 c) { return c / max(1.0 - max(c.r, max(c.g, c.b)), 1e-3); }

// Alpha, the share of data colours (tonemap.frag), is smoothed with the colours.
vec4 compressed(vec4 c) { return vec4(compress(max(c.rgb, 0.0)), c.a); }
vec4 at(ivec2 p) { return compressed(textureLod(source, middle(p), 0.0)); }

void main() {
	// Where the frame shows this point, its pixel there, and from the one to the other.
	vec2 shown = uv + 0.5 * frame.jitter.xy, place = shown * frame.size.xy;
	ivec2 last = ivec2(frame.size.xy) - 1, p = clamp(ivec2(place), ivec2(0), last);
	vec2 off = vec2(p) + 0.5 - place;
	vec4 c = at(p);
	vec4 x0 = at(ivec2(max(p.x - 1, 0), p.y)), x1 = at(ivec2(min(p.x + 1, last.x), p.y));
	vec4 y0 = at(ivec2(p.x, max(p.y - 1, 0))), y1 = at(ivec2(p.x, min(p.y + 1, last.y)));
	vec4 low = min(min(min(x0, x1), min(y0, y1)), c), high = max(max(max(x0, x1), max(y0, y1)), c);

	// The nearest surface of the quad carries the edge of what moves before it.
	float depth = textureLod(depthMap, middle(p), 0.0).r;
	ivec2 inward = 1 - 2 * (ivec2(gl_FragCoord.xy) & 1);
	float nearest = max(depth, depth + float(inward.x) * dFdxFine(depth));
	nearest = max(nearest, nearest + float(inward.y) * dFdyFine(nearest));
	vec4 before = frame.reproject * vec4(viewRay(shown) * (nearest > 0.0 ? viewDepth(nearest) : 1e9), 1.0);
	vec2 from = before.xy / before.w * 0.5 + 0.5;
	vec4 wide = (high - low) * mix(0.6, 0.0, clamp(length((from - uv) * pixels), 0.0, 1.0));
	low -= wide, high += wide;
	vec4 h = clamp(compressed(textureLod(history, from, 0.0)), low, high);

	float weight = exp2(-3.0 * dot(off, off));
	// Quick pans leave less to trust.
	float blend = mix(1.25 * frame.jitter.w, 0.3, smoothstep(0.5, 12.0, length((from - uv) * pixels)) * 0.5) * weight;
	if (any(lessThan(from, vec2(0.0))) || any(greaterThan(from, vec2(1.0)))) blend = 1.0;
	color = vec4(expand(mix(h.rgb, c.rgb, blend)), mix(h.a, c.a, blend));
}
#endif

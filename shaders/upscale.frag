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
uniform vec4 backward[3]; // rows: from a place of the frame and its depth to where the frame before shows it, times the last
#endif
in vec2 uv;
out vec4 color;

#if CUT
void main() { color = textureLod(source, uv + 0.5 * frame.jitter.xy, 0.0); }
#else
vec3 compress(vec3 c) { return c * (1.0 / (1.0 + max(c.r, max(c.g, c.b)))); }
vec3 expand(vec3 c) { return c * (1.0 / max(1.0 - max(c.r, max(c.g, c.b)), 1e-3)); }

// min and max of numbers: software spends half of its own on what is none.
vec4 least(vec4 a, vec4 b) { return mix(b, a, lessThan(a, b)); }
vec4 most(vec4 a, vec4 b) { return mix(b, a, greaterThan(a, b)); }

void main() {
	// Where the frame shows this point, its pixel there, and from the one to the other.
	vec2 shown = uv + 0.5 * frame.jitter.xy, place = shown * frame.size.xy;
	vec2 p = clamp(floor(place) + 0.5, vec2(0.5), frame.size.xy - 0.5), off = p - place, at = p * frame.size.zw;
	vec4 c = textureLod(source, at, 0.0);
	vec4 x0 = textureLodOffset(source, at, 0.0, ivec2(-1, 0)), x1 = textureLodOffset(source, at, 0.0, ivec2(1, 0));
	vec4 y0 = textureLodOffset(source, at, 0.0, ivec2(0, -1)), y1 = textureLodOffset(source, at, 0.0, ivec2(0, 1));
	vec4 low = least(least(least(x0, x1), least(y0, y1)), c), high = most(most(most(x0, x1), most(y0, y1)), c);

	// The nearest surface of the quad carries the edge of what moves before it.
	float depth = textureLod(depthMap, at, 0.0).r;
	vec2 inward = 1.0 - 2.0 * vec2(ivec2(gl_FragCoord.xy) & 1);
	float nearest = max(depth, depth + inward.x * dFdxFine(depth));
	nearest = max(nearest, nearest + inward.y * dFdyFine(nearest));
	vec4 here = vec4(shown, nearest, 1.0);
	vec2 from = vec2(dot(backward[0], here), dot(backward[1], here)) / dot(backward[2], here), move = (from - uv) * pixels;
	float speed = length(move);
	vec4 wide = (high - low) * (0.6 - 0.6 * min(speed, 1.0));
	vec4 h = clamp(textureLod(history, from, 0.0), low - wide, high + wide);

	float weight = exp2(-3.0 * dot(off, off));
	// Quick pans leave less to trust.
	float blend = mix(1.25 * frame.jitter.w, 0.3, smoothstep(0.5, 12.0, speed) * 0.5) * weight;
	if (clamp(from, 0.0, 1.0) != from) blend = 1.0;
	color = vec4(expand(mix(compress(max(h.rgb, 0.0)), compress(max(c.rgb, 0.0)), blend)), mix(h.a, c.a, blend));
}
#endif

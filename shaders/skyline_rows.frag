// How far along its row of pixels each one is from the sky, and from what has an outline
// before it: pixels, up to reach.
#include "frame.glsl"
#include "gbuffer.glsl"
#include "surface.glsl"
uniform sampler2D depthMap;
uniform sampler2D gProperties;
uniform float behind; // metres from which on all is sky
uniform bool whole;    // not only what is built has an outline
uniform int reach;
out vec2 color; // shares of 255

// kind is x = 1 of sky, y = 1 of what has an outline, nothing of what only hides both.
bvec2 kind(ivec2 p) {
	float depth = texelFetch(depthMap, p, 0).r;
	if (depth <= 0.0) return bvec2(true, false);
	if (length(viewRay(middle(p))) * viewDepth(depth) > behind) return bvec2(true, false);
	if (whole) return bvec2(false, true);
	uint model = modelOf(texelFetch(gProperties, p, 0).a);
	return bvec2(false, model == MODEL_STANDARD || model == MODEL_FACADE || model == MODEL_ROOF || model == MODEL_ROOM);
}

void main() {
	ivec2 p = ivec2(gl_FragCoord.xy), last = textureSize(depthMap, 0) - 1;
	bvec2 here = kind(p);
	vec2 far = vec2(here.x ? 0.0 : 255.0, here.y ? 0.0 : 255.0);
	for (int k = 1; k <= reach && (far.x > float(k) || far.y > float(k)); k++)
		for (int side = -1; side <= 1; side += 2) {
			ivec2 q = ivec2(p.x + k * side, p.y);
			if (q.x < 0 || q.x > last.x) continue;
			bvec2 there = kind(q);
			if (there.x) far.x = min(far.x, float(k));
			if (there.y) far.y = min(far.y, float(k));
		}
	color = far / 255.0;
}

// Metres along the view axis as a float of its own, for passes that also test depth; the
// sky is far beyond everything. LEVEL 1 halves, keeping the shape of what is near (the
// weighted mean of XeGTAO's prefilter); the source's base level is the one to halve.
//!define LEVEL 0 1
#include "frame.glsl"
uniform sampler2D source;
out float color;

const float SKY = 1e12;

void main() {
	ivec2 p = ivec2(gl_FragCoord.xy);
#if LEVEL == 0
	float d = texelFetch(source, p, 0).r;
	color = d > 0.0 ? viewDepth(d) : SKY;
#else
	ivec2 last = textureSize(source, 0) - 1;
	vec4 z = vec4(
		texelFetch(source, min(2 * p, last), 0).r, texelFetch(source, min(2 * p + ivec2(1, 0), last), 0).r,
		texelFetch(source, min(2 * p + ivec2(0, 1), last), 0).r, texelFetch(source, min(2 * p + ivec2(1, 1), last), 0).r);
	float nearest = min(min(z.x, z.y), min(z.z, z.w));
	vec4 w = clamp(1.0 - (z - nearest) / (0.06 * nearest), 0.001, 1.0) * step(z, vec4(0.5 * SKY));
	float sum = dot(w, vec4(1.0));
	color = nearest >= 0.5 * SKY ? SKY : dot(z, w) / sum;
#endif
}

// The nearest depth of every 2×2 block, level by level: the maximum, as depth is
// reversed. Odd sizes take a third row or column, so that no texel is lost. The source's
// base level is the one to halve.
//!define LEVEL 0 1
uniform sampler2D source;
out float color;

void main() {
	ivec2 p = ivec2(gl_FragCoord.xy);
#if LEVEL == 0
	color = texelFetch(source, p, 0).r;
#else
	ivec2 size = textureSize(source, 0), last = size - 1, q = 2 * p;
	float d = max(
		max(texelFetch(source, min(q, last), 0).r, texelFetch(source, min(q + ivec2(1, 0), last), 0).r),
		max(texelFetch(source, min(q + ivec2(0, 1), last), 0).r, texelFetch(source, min(q + ivec2(1, 1), last), 0).r));
	if ((size.x & 1) == 1 && q.x + 3 == size.x) {
		d = max(d, texelFetch(source, min(q + ivec2(2, 0), last), 0).r);
		d = max(d, texelFetch(source, min(q + ivec2(2, 1), last), 0).r);
	}
	if ((size.y & 1) == 1 && q.y + 3 == size.y) {
		d = max(d, texelFetch(source, min(q + ivec2(0, 2), last), 0).r);
		d = max(d, texelFetch(source, min(q + ivec2(1, 2), last), 0).r);
		d = max(d, texelFetch(source, min(q + ivec2(2, 2), last), 0).r);
	}
	color = d;
#endif
}

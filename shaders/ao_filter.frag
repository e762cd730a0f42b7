// Edge-aware smoothing of the AO, and its way up to full resolution: each pixel takes the
// neighbours that lie at its own depth, along the plane that its slope says.
// HALF as in ao.frag; at 2 a pixel that was traced takes its neighbours across, one that was
// not those beside it.
//!define HALF 0 1 2
#include "frame.glsl"
uniform sampler2D aoMap; // visibility, depth
uniform sampler2D linearDepth;
uniform int taps; // 5, or 1 where sub-frames average enough
uniform int turn;
in vec2 uv;
out vec2 color; // visibility near by, the sky's share beyond

void main() {
	ivec2 p = ivec2(gl_FragCoord.xy);
	float z = textureLod(linearDepth, uv, 0.0).r;
	color = vec2(1.0);
	if (z < 5e11) {
		// The plane that the pixel lies on; a jump between neighbours is an edge, not a plane.
		vec2 slope = vec2(dFdx(z), dFdy(z));
		slope *= step(abs(slope), vec2(0.1 * z));
		vec2 size = vec2(textureSize(aoMap, 0));
#if HALF
		vec2 at = vec2(p) * 0.5;
		ivec2 base = ivec2(floor(at + 0.5));
		const float scale = 2.0;
#else
		vec2 at = vec2(p);
		ivec2 base = p;
		const float scale = 1.0;
#endif
		vec2 sum = vec2(0.0);
		float weight = 0.0;
#if HALF == 2
		// The pixel lies on its base or to the lower left of it.
		const ivec2 across[4] = ivec2[4](ivec2(0), ivec2(-1, -1), ivec2(1, -1), ivec2(-1, 1));
		const ivec2 beside[4] = ivec2[4](ivec2(-1, 0), ivec2(0, -1), ivec2(1, 0), ivec2(0, 1));
		bool traced = ((base.x + base.y + turn) & 1) == 0;
		for (int k = 0; k < 4; k++) {
			ivec2 q = base + (traced ? across[k] : beside[k]);
			vec2 s = textureLod(aoMap, (vec2(q.x >> 1, q.y) + 0.5) / size, 0.0).rg;
#else
		// A cross: the corners of a 3×3 block would weigh a fifth and cost nearly half.
		const ivec2 cross5[5] = ivec2[5](ivec2(0), ivec2(-1, 0), ivec2(1, 0), ivec2(0, -1), ivec2(0, 1));
		for (int k = 0; k < taps; k++) {
			ivec2 q = base + cross5[k];
			vec2 s = textureLod(aoMap, (vec2(q) + 0.5) / size, 0.0).rg;
#endif
			vec2 off = (vec2(q) - at) * scale;
			float error = abs(s.y - z - dot(slope, off)) / z;
			float w = max(1.0 - dot(off, off) / (scale * scale * 2.6), 0.0) * (1.0 / (1.0 + 4e4 * error * error) + 1e-4);
			float whole = floor(s.x * 1023.0 + 1e-4);
			sum += vec2(whole / 1023.0, (s.x * 1023.0 - whole) / 0.999) * w;
			weight += w;
		}
		color = sum / weight;
	}
}

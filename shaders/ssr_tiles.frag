// Which tiles of the picture hold anything that reflections are traced for: a texel each.
//!define HALF 0 1
uniform sampler2D gBase;
uniform sampler2D linearDepth;
uniform float maxRoughness;
out float color;

const int TILE = 32; // pixels; also in pass_ssr.go

void main() {
	ivec2 last = textureSize(gBase, 0) - 1, first = ivec2(gl_FragCoord.xy) * TILE;
	color = 0.0;
	for (int y = 0; y < TILE; y += HALF + 1)
		for (int x = 0; x < TILE; x += HALF + 1) {
			ivec2 p = min(first + ivec2(x, y), last);
			vec2 at = (vec2(p) + 0.5) / vec2(last + 1);
			if (textureLod(gBase, at, 0.0).a <= maxRoughness && textureLod(linearDepth, at, 0.0).r < 5e11) color = 1.0;
		}
}

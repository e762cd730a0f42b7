// The picture at half its sides, for what is blurred behind glass: alpha is the share of it
// that lies behind the glass, and colour is times that, so that what stands before the glass
// is not smeared into it.
#include "frame.glsl"
uniform sampler2D picture;
uniform sampler2D linearDepth;
uniform sampler2D glassDepth; // of the near sides, reversed, 0 beside them
uniform float nearest;        // of them, view depth in metres
in vec2 uv;
out vec4 color;

void main() {
	ivec2 p = 2 * ivec2(gl_FragCoord.xy), last = ivec2(frame.size.xy) - 1;
	color = vec4(0.0);
	for (int k = 0; k < 4; k++) {
		vec2 at = middle(min(p + ivec2(k & 1, k >> 1), last));
		float d = textureLod(glassDepth, at, 0.0).r;
		if (textureLod(linearDepth, at, 0.0).r < (d > 0.0 ? viewDepth(d) : nearest)) continue;
		// A lamp behind frosted glass is a glow, not a row of squares.
		color += vec4(min(textureLod(picture, at, 0.0).rgb, vec3(200.0)), 1.0) * 0.25;
	}
}

// The tile of the cloud layer for clouds with bodies: without what is finer than they are
// high, which would stand as pillars, and with the contrast that it had.
#include "cloud_turns.glsl"
uniform sampler2D cloudTile;
uniform vec2 size;
out vec4 color;

void main() {
	vec2 at = gl_FragCoord.xy / size;
	float f = 0.0;
	for (int k = 0; k < 9; k++) f += textureLod(cloudTile, at + (vec2(k % 3, k / 3) - 1.0) * 0.008, 3.5).r / 9.0;
	color = vec4(FIELD_MEAN + 1.13 * (f - FIELD_MEAN));
}

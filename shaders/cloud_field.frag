// The field of the cloud layer for clouds with bodies: without what is finer than they are
// high, which would stand as pillars, and with the contrast that it had.
#include "cloud_layer.glsl"
uniform vec2 size;
out vec4 color;

void main() {
	vec2 at = gl_FragCoord.xy / size;
	float f = 0.0;
	for (int k = 0; k < 9; k++) f += layerField(at + (vec2(k % 3, k / 3) - 1.0) * 0.008, 3.5) / 9.0;
	color = vec4(0.464 + 1.7 * (f - 0.464));
}

// Metres along the view axis as a float of its own, for passes that also test depth; the
// sky is far beyond everything.
#include "frame.glsl"
uniform sampler2D source;
out float color;

const float SKY = 1e12;

void main() {
	ivec2 p = ivec2(gl_FragCoord.xy);
	float d = texelFetch(source, p, 0).r;
	color = d > 0.0 ? viewDepth(d) : SKY;
}

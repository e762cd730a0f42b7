// Metres along the view axis as a float of its own, for passes that also test depth; the
// sky is far beyond everything.
#include "frame.glsl"
uniform sampler2D source;
in vec2 uv;
out float color;

const float SKY = 1e12;

void main() {
	float d = textureLod(source, uv, 0.0).r;
	color = d > 0.0 ? viewDepth(d) : SKY;
}

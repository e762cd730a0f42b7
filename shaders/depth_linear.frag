// Metres along the view axis as a float of its own, for passes that also test depth, without
// what orders surfaces that lie flat; the sky is far beyond everything.
#include "frame.glsl"
#include "gbuffer.glsl"
uniform sampler2D source;
uniform sampler2D gProperties;
in vec2 uv;
out float color;

const float SKY = 1e12;

void main() {
	float d = textureLod(source, uv, 0.0).r;
	color = d > 0.0 ? viewDepth(d) * (1.0 + 1e-4 * flatOrder(textureLod(gProperties, uv, 0.0).a)) : SKY;
}

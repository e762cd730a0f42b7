// Fill and halo from one distance field (Green 2007, Improved alpha-tested magnification).
// Everything is in display values: colours come out exactly as given.
uniform sampler2D atlas;
uniform bool haloPass; // all halos are drawn before all fills
in vec2 uv;
flat in vec4 ink;
flat in vec4 halo;
flat in vec2 edge;
layout(location = 0) out vec4 color;

void main() {
	float d = texture(atlas, uv).r - 128.0 / 255.0;
	if (haloPass) {
		color = halo;
		color.a *= clamp((d + edge.y) / edge.x + 0.5, 0.0, 1.0);
	} else {
		color = ink;
		color.a *= clamp(d / edge.x + 0.5, 0.0, 1.0);
	}
	if (color.a <= 0.0) discard;
}

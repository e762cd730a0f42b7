// A line around what a mask holds, by the share of it in a disc: soft on both sides.
uniform sampler2D mask;
uniform vec4 ink;    // display values, straight alpha
uniform float width; // pixels of the mask
uniform vec2 shift;  // of the mask: the jitter of its frame
in vec2 uv;
out vec4 color;

void main() {
	vec2 texel = 1.0 / vec2(textureSize(mask, 0));
	float share = 0.0;
	for (int i = 0; i < 16; i++) { // sunflower (Vogel 1979)
		float r = sqrt((float(i) + 0.5) / 16.0), a = 2.399963 * float(i);
		share += textureLod(mask, uv + shift + texel * width * r * vec2(cos(a), sin(a)), 0.0).r;
	}
	share /= 16.0;
	color = vec4(ink.rgb, ink.a * clamp(share * 6.0, 0.0, 1.0) * clamp((1.0 - share) * 3.0, 0.0, 1.0));
	if (color.a <= 0.0) discard;
}

// Display values, premultiplied: colours come out exactly as given.
uniform sampler2D sheet;
uniform float share;
in vec2 uv;
layout(location = 0) out vec4 color;

void main() {
	color = texture(sheet, uv) * share;
}

// Fill, halo and shadow from one distance field (Green 2007, Improved alpha-tested
// magnification), and plates behind texts: boxes with round corners by their distance.
// Everything is in display values: colours come out exactly as given.
uniform sampler2D atlas;
uniform int part; // 0 fill, 1 halo, 2 shadow, 3 plate; all of a part are drawn before the next
uniform vec4 shadowColor;
uniform vec3 shadowShape; // offset to the right and up, pixels; pixels across which it fades
in vec2 uv;
flat in vec4 ink;
flat in vec4 halo;
flat in vec2 edge;
flat in vec3 plate; // half of its width and height, radius of its corners; pixels
flat in float opacity;
layout(location = 0) out vec4 color;

// plateColor lays the border, inside of the edge, over the plate.
vec4 plateColor() {
	vec2 q = abs(uv) - plate.xy + plate.z;
	float d = length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - plate.z; // outside is above 0
	vec4 c = ink;
	if (edge.y > 0.0) {
		float rim = clamp(d + edge.y + 0.5, 0.0, 1.0) * halo.a;
		float a = rim + c.a * (1.0 - rim);
		c = vec4(mix(c.rgb, halo.rgb, a > 0.0 ? rim / a : 0.0), a);
	}
	c.a *= edge.x > 1.0 ? smoothstep(0.5, -0.5, d / edge.x) : clamp(0.5 - d, 0.0, 1.0);
	return c;
}

void main() {
	if (part == 3) {
		color = plateColor();
	} else {
		float d = texture(atlas, uv).r - 128.0 / 255.0;
		if (part == 2) {
			float reach = min(edge.x * max(shadowShape.z, 1.0) * 0.5, 0.45); // as far as the field goes
			color = shadowColor;
			color.a *= opacity * smoothstep(-reach, reach, d);
		} else if (part == 1) {
			color = halo;
			color.a *= clamp((d + edge.y) / edge.x + 0.5, 0.0, 1.0);
		} else {
			color = ink;
			color.a *= clamp(d / edge.x + 0.5, 0.0, 1.0);
		}
	}
	if (color.a <= 0.0) discard;
}

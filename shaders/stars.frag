// A star's spot, where its centre truly is.
flat in vec3 light;
flat in vec3 spot;
layout(location = 0) out vec4 color;

void main() {
	vec2 o = gl_FragCoord.xy - spot.xy;
	color = vec4(light * exp(-dot(o, o) * spot.z), 1.0);
}

// A picture over the frame, texel on pixel.
uniform vec4 place; // left, top, width, height in pixels
uniform vec2 pixel; // 2 / size of the picture

out vec2 uv;

void main() {
	const vec2 corner[6] = vec2[6](vec2(0, 0), vec2(1, 0), vec2(0, 1), vec2(0, 1), vec2(1, 0), vec2(1, 1));
	uv = corner[gl_VertexID % 6]; // v counts down
	vec2 p = (place.xy + uv * place.zw) * pixel - 1.0;
	gl_Position = vec4(p.x, -p.y, 0.0, 1.0);
}

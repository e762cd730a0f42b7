// Text at output resolution: a quad for each glyph, placed by the CPU.
layout(std430, binding = 3) readonly buffer Quads { vec4 quads[]; }; // 5 for each glyph; Go: glyphQuad
uniform uint firstQuad;
uniform vec2 pixel; // 2 / size of the picture
uniform int part;
uniform vec3 shadowShape;
uniform sampler2D depths; // of the scene, metres along the view's axis
uniform vec2 picture;     // its size in pixels

out vec2 uv;
flat out vec4 ink;  // sRGB, straight alpha
flat out vec4 halo;
flat out vec2 edge; // atlas values a pixel spans; halo width in atlas values. Plates: pixels across which it fades; width of the border
flat out vec3 plate;
flat out float opacity;

// free is how much of the surroundings of a label's place nothing stands before: 25 looks at the
// scene's depth within some pixels, so that labels fade where an edge passes by.
float free(vec3 place) {
	const float slack = 12.0; // metres; Go: what covered allows, for the ground grid is coarse
	ivec2 size = textureSize(depths, 0);
	float apart = picture.y / 1080.0 * 3.0, n = 0.0;
	for (int k = 0; k < 25; k++) {
		vec2 p = place.xy + apart * vec2(k % 5 - 2, k / 5 - 2);
		float d = texelFetch(depths, clamp(ivec2(p / picture * vec2(size)), ivec2(0), size - 1), 0).r;
		if (d > place.z - slack) n += 1.0;
	}
	return n / 25.0;
}

void main() {
	uint at = (firstQuad + uint(gl_VertexID) / 6u) * 5u;
	const vec2 corner[6] = vec2[6](vec2(0, 0), vec2(1, 0), vec2(0, 1), vec2(0, 1), vec2(1, 0), vec2(1, 1));
	vec2 c = corner[gl_VertexID % 6];
	vec4 box = quads[at], place = quads[at + 1u], style = quads[at + 2u];
	vec4 turn = quads[at + 3u]; // opacity; the pixel that the text turns about, and the angle
	vec4 stands = quads[at + 4u]; // pixel and distance of the label's place; share that is hidden
	if (stands.w > 0.0) turn.x *= 1.0 - stands.w * (1.0 - free(stands.xyz));
	vec2 p = mix(box.xy, box.zw, c);
	if (turn.w != 0.0) {
		vec2 d = p - turn.yz;
		p = turn.yz + vec2(cos(turn.w) * d.x - sin(turn.w) * d.y, sin(turn.w) * d.x + cos(turn.w) * d.y);
	}
	if (part == 2) p += shadowShape.xy; // it does not turn with the text
	gl_Position = vec4(p * pixel - 1.0, 0.0, 1.0);
	uv = vec2(mix(place.x, place.z, c.x), mix(place.w, place.y, c.y)); // v counts down
	plate = place.xyz;
	if (part == 3) uv = (2.0 * c - 1.0) * (place.xy + place.w); // from the middle; w: beyond its edge
	opacity = turn.x;
	if (part != 3 && edge.y < 0.0) halo.a = opacity = 0.0; // on a plate
	ink = unpackUnorm4x8(floatBitsToUint(style.x));
	halo = unpackUnorm4x8(floatBitsToUint(style.y));
	edge = style.zw;
	ink.a *= turn.x;
	halo.a *= turn.x;
}

// Two triangles for each tile of the target that a mask has set, so that a full-screen
// pass runs only where it has something to do. uv is 0..1 over the target.
uniform sampler2D tileMask; // a texel a tile
uniform vec2 tileSize;      // of the target
out vec2 uv;

void main() {
	const ivec2 corner[6] = ivec2[6](ivec2(0, 0), ivec2(1, 0), ivec2(0, 1), ivec2(0, 1), ivec2(1, 0), ivec2(1, 1));
	int tile = gl_VertexID / 6, across = textureSize(tileMask, 0).x;
	ivec2 at = ivec2(tile % across, tile / across);
	uv = min(vec2(at + corner[gl_VertexID % 6]) * tileSize, 1.0);
	gl_Position = texelFetch(tileMask, at, 0).r > 0.5 ? vec4(uv * 2.0 - 1.0, 0.0, 1.0) : vec4(0.0, 0.0, -1.0, 1.0);
}

// Display-encoded RGBA to NV12, BT.709, limited range: a word of the output an
// invocation. Sizes are even; rows go from the top.
layout(local_size_x = 256) in;
uniform sampler2D picture;
uniform ivec2 extent;
layout(std430, binding = 0) writeonly buffer Output { uint words[]; };

vec3 pixel(int x, int y) { return texelFetch(picture, ivec2(x, extent.y - 1 - y), 0).rgb; }

uint luma(int x, int y) {
	return uint(16.5 + 219.0 * dot(pixel(x, y), vec3(0.2126, 0.7152, 0.0722)));
}

uint chroma(int x, int y, bool red) {
	vec3 c = 0.25 * (pixel(x, y) + pixel(x + 1, y) + pixel(x, y + 1) + pixel(x + 1, y + 1));
	float l = dot(c, vec3(0.2126, 0.7152, 0.0722));
	return uint(clamp(128.5 + 224.0 * (red ? (c.r - l) / 1.5748 : (c.b - l) / 1.8556), 16.0, 240.0));
}

void main() {
	int plane = extent.x * extent.y, total = plane + plane / 2;
	int first = int(gl_GlobalInvocationID.x) * 4;
	if (first >= total) return;
	uint word = 0u;
	for (int k = 0; k < 4; k++) {
		int b = first + k;
		uint v = 0u;
		if (b < plane) {
			v = luma(b % extent.x, b / extent.x);
		} else if (b < total) {
			int c = b - plane;
			v = chroma(c % extent.x & ~1, c / extent.x * 2, (c & 1) == 1);
		}
		word |= v << uint(8 * k);
	}
	words[gl_GlobalInvocationID.x] = word;
}

// Lamps near by, by the cells of a grid over the view (Olsson et al. 2012). Go:
// pipeline.lightGrid, pipeline.lightRecord.
#include "frame.glsl"
#include "common.glsl"
uniform usamplerBuffer lightData; // two texels a light, always on the same unit (gpu.LightUnit)
uniform usamplerBuffer lightGrid; // a word for each cell, then lists; gpu.GridUnit

const ivec3 LIGHT_CELLS = ivec3(32, 18, 24);

// lampsAt is where the list of the cell begins and ends that holds a place of the picture
// (0..1) at a view depth.
ivec2 lampsAt(vec2 place, float depth) {
	ivec2 at = clamp(ivec2(place * vec2(LIGHT_CELLS.xy)), ivec2(0), LIGHT_CELLS.xy - 1);
	int slice = clamp(int(floor(log2(max(depth, 1e-3)) * frame.lamps.z + frame.lamps.w)), 0, LIGHT_CELLS.z - 1);
	uint head = texelFetch(lightGrid, (slice * LIGHT_CELLS.y + at.y) * LIGHT_CELLS.x + at.x).r;
	int first = int(head >> 8u);
	return ivec2(first, first + int(head & 255u));
}

// lampLight is what a lamp of a list sends to a position, on a surface that faces it; l is the
// way to it. It falls by the inverse square, windowed so that it ends at its range (Karis 2013).
vec3 lampLight(int i, vec3 position, out vec3 l) {
	int k = int(texelFetch(lightGrid, i).r) * 2;
	uvec4 p = texelFetch(lightData, k);
	vec3 d = uintBitsToFloat(p.xyz) - position;
	float d2 = dot(d, d), x = d2 * uintBitsToFloat(p.w);
	l = d * inversesqrt(max(d2, 1e-6));
	if (x >= 1.0) return vec3(0.0);
	uvec4 q = texelFetch(lightData, k + 1);
	vec2 blue = unpackHalf2x16(q.y);
	float lobe = clamp((dot(octDecode(unpackSnorm2x16(q.z)), -l) - uintBitsToFloat(q.w)) * blue.y, 0.0, 1.0);
	return vec3(unpackHalf2x16(q.x), blue.x) * (lobe * lobe * (1.0 - x * x) * (1.0 - x * x) / max(d2, 0.01));
}

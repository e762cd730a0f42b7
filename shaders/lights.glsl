// Lamps near by, by the cells of a grid over the view (Olsson et al. 2012). Go:
// pipeline.lightGrid, pipeline.lightRecord. Needs lighting_model.glsl.
uniform usamplerBuffer lightData; // two texels a light, always on the same unit (gpu.LightUnit)
uniform usamplerBuffer lightGrid; // a word for each cell, then lists; gpu.GridUnit

const ivec3 LIGHT_CELLS = ivec3(32, 18, 24);

// The light of all lamps that a surface sends to the eye. A lamp's light falls by the
// inverse square, windowed so that it ends at its range (Karis 2013).
vec3 localLights(Bsdf b, vec3 position, vec3 n, vec3 v, float nv, bool leaf, float depth) {
	ivec2 at = min(ivec2(gl_FragCoord.xy * frame.size.zw * vec2(LIGHT_CELLS.xy)), LIGHT_CELLS.xy - 1);
	int slice = clamp(int(floor(log2(max(depth, 1e-3)) * frame.lamps.z + frame.lamps.w)), 0, LIGHT_CELLS.z - 1);
	uint head = texelFetch(lightGrid, (slice * LIGHT_CELLS.y + at.y) * LIGHT_CELLS.x + at.x).r;
	int first = int(head >> 8u), last = first + int(head & 255u);
	vec3 sum = vec3(0.0);
	for (int i = first; i < last; i++) {
		int k = int(texelFetch(lightGrid, i).r) * 2;
		uvec4 p = texelFetch(lightData, k), q = texelFetch(lightData, k + 1);
		vec3 d = uintBitsToFloat(p.xyz) - position;
		float d2 = dot(d, d), x = d2 * uintBitsToFloat(p.w);
		if (x >= 1.0) continue;
		vec3 l = d * inversesqrt(max(d2, 1e-6));
		vec2 blue = unpackHalf2x16(q.y);
		float lobe = clamp((dot(octDecode(unpackSnorm2x16(q.z)), -l) - uintBitsToFloat(q.w)) * blue.y, 0.0, 1.0);
		float share = lobe * lobe * (1.0 - x * x) * (1.0 - x * x) / max(d2, 0.01);
		if (share <= 0.0) continue;
		vec3 color = vec3(unpackHalf2x16(q.x), blue.x) * share;
		sum += color * direct(b, n, v, l, nv);
		if (leaf) sum += color * b.diffuse * vec3(1.25, 1.15, 0.55) * (0.35 / PI * max(-dot(n, l), 0.0));
	}
	return sum;
}

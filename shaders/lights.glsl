// The light of lamps near by on surfaces. Needs lighting_model.glsl.
#include "light_cells.glsl"

// The light of all lamps that a surface sends to the eye.
vec3 localLights(Bsdf b, vec3 position, vec3 n, vec3 v, float nv, bool leaf, float depth) {
	ivec2 list = lampsAt(gl_FragCoord.xy * frame.size.zw, depth);
	vec3 sum = vec3(0.0);
	for (int i = list.x; i < list.y; i++) {
		vec3 l;
		vec3 color = lampLight(i, position, l);
		if (color == vec3(0.0)) continue;
		sum += color * direct(b, n, v, l, nv);
		if (leaf) sum += color * b.diffuse * vec3(1.25, 1.15, 0.55) * (0.35 / PI * max(-dot(n, l), 0.0));
	}
	return sum;
}

// Trees and hedges: every one its own green, leaves lighter at the top and at the rim,
// dark in the depth of the crown. The lighting pass lets the sun through.

void surface(inout Surface s, in SurfaceInput i) {
	uint seed = hash1(i.feature * 31u + hash2(uvec2(ivec2(floor(i.local.xy * 0.125)))));
	float age = unitFloat(seed);
	float w = i.footprint;
	vec2 p = i.local.xy + i.local.z * vec2(0.71, -0.53);
	float clump = fadedNoise(p, 1.1, w), leaf = fadedNoise(p + i.local.zx * 0.37, 5.0, w);
	s.base *= mix(vec3(0.82, 0.92, 0.78), vec3(1.22, 1.06, 0.82), age);
	s.base *= 1.0 + (clump - 0.5) * 0.6 + (leaf - 0.5) * 0.55;
	s.base = clamp(s.base, 0.0, 1.0);
	// A crown is a heap of leaves: its surface is rough at every scale.
	vec3 bump = vec3(clump - 0.5, fadedNoise(p.yx + 9.0, 1.1, w) - 0.5, leaf - 0.5);
	s.normal = normalize(s.normal + 0.85 * bump);
	s.ao *= clamp(0.62 + 0.38 * dot(i.normal, i.up) + (clump - 0.5) * 0.5, 0.25, 1.0);
	s.roughness = 0.78;
	s.reflectance = 0.42;
}

// Trees and hedges: leaves lighter at the top and at the rim, dark in the depth of the
// crown. What tells one tree from the next is the colour of its copy; here are clumps and
// leaves, laid over the crown from three sides, so that they do not streak. The lighting
// pass lets the sun through.

void surface(inout Surface s, in SurfaceInput i) {
	float w = i.footprint;
	vec3 p = i.local, side = abs(i.normal);
	side /= side.x + side.y + side.z;
	float broad = fadedNoise(p.xy + p.z * 0.3, 0.21, w);
	float clump = fadedNoise(p.yz, 1.1, w) * side.x + fadedNoise(p.xz + 7.0, 1.1, w) * side.y + fadedNoise(p.xy + 13.0, 1.1, w) * side.z;
	float leaf = 0.5;
	if (w < 0.4) leaf = fadedNoise(p.yz + 3.0, 5.5, w) * side.x + fadedNoise(p.xz, 5.5, w) * side.y + fadedNoise(p.xy, 5.5, w) * side.z;
	s.base *= mix(vec3(0.90, 0.96, 0.88), vec3(1.12, 1.04, 0.90), broad);
	s.base *= 1.0 + (clump - 0.5) * 0.75 + (leaf - 0.5) * 0.95;
	// Grown leaves are less green than paint.
	s.base = clamp(mix(vec3(dot(s.base, vec3(0.3, 0.6, 0.1))), s.base, 0.86), 0.0, 1.0);
	// A crown is a heap of leaves: its surface is rough at every scale.
	vec3 bump = vec3(clump - 0.5, leaf - 0.5, 0.7 * (clump - leaf));
	s.normal = normalize(s.normal + 1.1 * bump);
	s.ao *= clamp(0.62 + 0.38 * dot(i.normal, i.up) + (clump - 0.5) * 0.6 + (leaf - 0.5) * 0.5, 0.22, 1.0);
	s.roughness = 0.78;
	s.reflectance = 0.42;
}

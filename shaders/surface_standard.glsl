// Plain metal and rough: what the material says. Rain darkens what lies flat.
void surface(inout Surface s, in SurfaceInput i) {
	float level = smoothstep(0.7, 0.95, dot(s.normal, i.up)) * i.wetness * (1.0 - s.metallic);
	s.base *= 1.0 - 0.35 * level;
	s.roughness = mix(s.roughness, min(s.roughness, 0.35), level);
}

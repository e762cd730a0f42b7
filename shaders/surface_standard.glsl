// Plain metal and rough: what the material says. Rain darkens what lies flat.
void surface(inout Surface s, in SurfaceInput i) {
	float level = smoothstep(0.7, 0.95, dot(s.normal, i.up)) * i.wetness * (1.0 - s.metallic);
	s.base *= 1.0 - 0.35 * level;
	s.roughness = mix(s.roughness, min(s.roughness, 0.35), level);
	if (i.lit > 0.0) { // a room: little of the sky comes in, lamps under the ceiling do the rest
		s.model = MODEL_ROOM;
		s.ao *= 0.45;
		float side = 0.80 + 0.14 * dot(s.normal, i.up) + 0.07 * s.normal.x - 0.04 * s.normal.y;
		s.emission *= side * roomLight() * sunLight.w;
	}
}

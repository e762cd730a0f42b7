// Data colours: what comes out is the colour that was given, whatever the light. Where the
// share of lit windows is below 0 it is the light of street lamps on the ground instead.
void surface(inout Surface s, in SurfaceInput i) {
	if (i.lit < 0.0) s.emission += s.base * (i.night * painted * POOL / WHITE_PAPER) * sunLight.w;
	else s.emission += s.base;
	s.base = vec3(0.0);
	s.metallic = 0.0;
	s.reflectance = 0.0;
	s.roughness = 1.0;
}

// Data colours: what comes out is the colour that was given, whatever the light.
void surface(inout Surface s, in SurfaceInput i) {
	s.emission += s.base;
	s.base = vec3(0.0);
	s.metallic = 0.0;
	s.reflectance = 0.0;
	s.roughness = 1.0;
}

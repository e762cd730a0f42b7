// Water: a dark body under a moving surface.
#include "waves.glsl"

void surface(inout Surface s, in SurfaceInput i) {
	// Plan metres: the pattern goes on from tile to tile.
	Waves w = wavesAt(i.uv, i.footprint, dot(i.toEye, i.up), i.time);
	vec3 east = normalize(cross(vec3(0.0, 1.0, 0.0), i.up)), north = cross(i.up, east);
	s.normal = wavyNormal(w, i.normal, i.up, east, north, i.toEye, i.distance);
	s.roughness = clamp(sqrt(wavyAlpha(w)), 0.05, 0.5);
	s.reflectance = 0.36; // F0 of water, 2 %
	s.metallic = 0.0;
	s.base = waterBody(s.base, i.distance);
}

// The shade of clouds with bodies on what lies below them, by the field that they stand on.
#include "cloud_bodies.glsl"
uniform float cloudCut; // as volume.z of cloud_volume.glsl

// The share of the sun that they let through to a point below them; their heads lean over
// their bases by this much of the field. Go: TestCloudBodiesCover.
float bodyShade(vec3 p) {
	float up = (layer.z - p.z) / max(sunDir.z, 0.06);
	if (up < 0.0) return 1.0;
	p += sunDir.xyz * up;
	float x = (bodyField(p) - cloudCut) * (1.0 / 0.24);
	return mix(1.0, 0.16, layer.y * smoothstep(-0.13, 0.23, x) * smoothstep(0.0, 0.06, sunDir.z));
}

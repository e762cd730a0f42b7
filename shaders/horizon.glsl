// What the globe hides: it stands in no depth buffer.
#include "sky_uniforms.glsl"

// Whether the globe lies between the eye and a point of the eye frame. A few kilometres of
// it give way, so that nothing near the horizon flickers.
bool behindGlobe(vec3 p) {
	vec3 v = p + pole.xyz * (pole.w * dot(pole.xyz, p)), o = up.xyz * up.w;
	float t = clamp(-dot(o, v) / max(dot(v, v), 1.0), 0.0, 1.0);
	return t < 1.0 && length(o + v * t) < ball.z - 4000.0;
}

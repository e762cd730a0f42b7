// Where the globe is and what it hides: it stands in no depth buffer.
#include "sky_uniforms.glsl"

// Metres to the ground along d: the stable root of sky.Globe.Hit. Rays that pass above
// the horizon get their nearest point to it.
float globeHit(vec3 d) {
	vec3 bent = d + pole.xyz * (pole.w * dot(pole.xyz, d));
	float a = dot(bent, bent), b = dot(rise.xyz, d);
	float disc = b * b - a * ball.x;
	if (ball.x > ball.z * ball.z) {
		vec3 across = bent - up.xyz * dot(bent, up.xyz);
		disc = a * ball.z * ball.z - up.w * up.w * dot(across, across);
	}
	return ball.x / max(-b + sqrt(max(disc, 0.0)), 1e-3);
}

// Whether the globe lies between the eye and a point of the eye frame. A few kilometres of
// it give way, so that nothing near the horizon flickers; far above it less, where so much of the
// back would show in single pixels along the limb.
bool behindGlobe(vec3 p) {
	vec3 v = p + pole.xyz * (pole.w * dot(pole.xyz, p)), o = up.xyz * up.w;
	float t = clamp(-dot(o, v) / max(dot(v, v), 1.0), 0.0, 1.0);
	return t < 1.0 && length(o + v * t) < ball.z - 4000.0 * min(4e5 / max(up.w - ball.z, 1.0), 1.0);
}

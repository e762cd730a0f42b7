// The sky's own light at night: airglow and what towns send up, warm near the horizon.
#include "sky_uniforms.glsl"

vec3 nightSky(vec3 d) {
	float low = exp(-max(d.z, 0.0) * 5.0);
	return nightGlow.rgb * exp(-max(eyeKm.x, 0.0) / 30.0) * (0.75 + low * vec3(1.9, 1.15, 0.65));
}

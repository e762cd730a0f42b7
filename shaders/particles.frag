// A drop or a flake in the light of the sky around it and, by night in a town, of its lamps.
#include "common.glsl"
#include "sky_uniforms.glsl"
uniform sampler2D irradiance; // octahedral, over pi
uniform bool flakes;
in vec2 across;
flat in float opacity;
flat in float lamps;
layout(location = 0) out vec4 color;

void main() {
	vec3 sky = textureLod(irradiance, vec2(0.5), 0.0).rgb; // from straight above
	sky += vec3(1.0, 0.66, 0.34) * (lamps * (4.5 / 30000.0)) * sunLight.w; // cd/m² of white paper under 14 lux
	float r = length(across);
	float shape = flakes ? smoothstep(1.0, 0.2, r) : (1.0 - across.x * across.x) * smoothstep(1.0, 0.4, abs(across.y));
	color = vec4(sky * (flakes ? 1.0 : 1.15), opacity * shape);
}

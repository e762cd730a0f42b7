// A drop or a flake in the light of the sky around it and, by night, of lamps near by.
#include "beyond.glsl"
uniform sampler2D irradiance; // octahedral, over pi
uniform bool flakes;
in vec2 across;
flat in float opacity;
flat in vec3 lamps;
layout(location = 0) out vec4 color;

void main() {
#if BEYOND
	if (beforeGlass(gl_FragCoord.z)) discard;
#endif
	vec3 light = lamps + textureLod(irradiance, vec2(0.5), 0.0).rgb; // from straight above
	float r = length(across);
	float shape = flakes ? smoothstep(1.0, 0.2, r) : (1.0 - across.x * across.x) * smoothstep(1.0, 0.4, abs(across.y));
	color = vec4(light * (flakes ? 1.0 : 1.15), opacity * shape);
}

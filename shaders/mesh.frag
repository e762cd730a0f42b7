// Fills the G-buffer.
#include "material.glsl"
#include "gbuffer.glsl"
layout(location = 0) out vec4 outBase;
layout(location = 1) out vec2 outNormal;
layout(location = 2) out vec4 outProperties;
layout(location = 3) out vec3 outEmission;

void main() {
	Surface s = shade();
	outBase = vec4(s.base, s.roughness);
	outNormal = packNormal(s.normal);
	outProperties = vec4(s.metallic, s.reflectance, s.ao, float(MODEL) / 255.0);
	outEmission = s.emission;
}

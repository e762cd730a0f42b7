// Fills the G-buffer; with PARTIAL 1 the base colour alone, by the material's opacity. EMIT
// by whether anything in the view gives light of its own. PLANES 1: the plane of the triangle,
// too, of which a normal with bumps and rounding does not tell.
//!define PARTIAL 0 1
//!define EMIT 1 0
//!define PLANES 0 1
#include "material.glsl"
#include "gbuffer.glsl"
layout(location = 0) out vec4 outBase;
#if !PARTIAL
flat in uint order;
layout(location = 1) out vec2 outNormal;
layout(location = 2) out vec4 outProperties;
#if PLANES
layout(location = 3) out vec2 outPlane;
#endif
#if EMIT
layout(location = 3 + PLANES) out vec3 outEmission;
#endif
#endif

void main() {
#if PLANES && !PARTIAL
	vec3 plane = cross(dFdx(eyePos), dFdy(eyePos)); // before anything is discarded
#endif
	Surface s = shade();
#if PARTIAL
	outBase = vec4(packBase(s.base), s.alpha); // the blend keeps the roughness that is there
#else
	outBase = vec4(packBase(s.base), s.roughness);
	outNormal = packNormal(s.normal);
	outProperties = vec4(s.metallic, s.reflectance, s.ao, packModel(s.model, order));
#if PLANES
	float area = dot(plane, plane);
	outPlane = area > 0.0 ? packNormal(plane * (dot(plane, eyePos) > 0.0 ? -1.0 : 1.0) * inversesqrt(area)) : outNormal;
#endif
#if EMIT
	outEmission = s.emission;
#endif
#endif
}

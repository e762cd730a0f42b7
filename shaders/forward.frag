// Blended and overlaid meshes, lit as the lighting pass lights the G-buffer.
// With MOMENTS 1 they leave their moments of absorbance, with 2 their light weighted by what
// those let through: then their order is of no matter.
//!define SHADOW_TAPS 1 2 4 9 16
//!define MOMENTS 0 1 2
//!define LIGHTS 0 1
#include "material.glsl"
#include "gbuffer.glsl"
#include "shadow.glsl"
#include "atmosphere.glsl"
#include "sky_uniforms.glsl"
#include "horizon.glsl"
#include "sky_directions.glsl"
#include "lighting_model.glsl"
#include "aerial.glsl"
#include "beyond.glsl"
#if LIGHTS && MODEL != 7
#include "lights.glsl"
#endif
#if MOMENTS > 0
#include "moments.glsl"
#endif
#if MOMENTS == 1
layout(location = 0) out vec4 outMoments;
layout(location = 1) out float outTotal;
#else
layout(location = 0) out vec4 outColor;
#endif
#if MOMENTS == 2
layout(location = 1) out float outData;
uniform sampler2D momentMap;
uniform sampler2D momentTotal;
#endif

void main() {
#if BEYOND
	if (beforeGlass(gl_FragCoord.z)) discard;
#endif
	if (behindGlobe(eyePos)) discard;
	Surface s = shade();
	float alpha = clamp(s.alpha * (1.0 - placeUp.w), 0.0, 1.0);
#if MOMENTS == 1
	float absorbance = absorbanceOf(alpha), z = momentDepth(depthOf(eyePos));
	outMoments = absorbance * vec4(z, z * z, z * z * z, z * z * z * z);
	outTotal = absorbance;
#else
	GBuffer g = GBuffer(s.base, s.roughness, s.normal, s.metallic, s.reflectance, s.ao, uint(MODEL));
	float distance = length(eyePos);
	vec3 v = eyePos / -distance, light = s.emission;
#if MODEL != 7
	float nv = max(dot(g.normal, v), 1e-3);
	Bsdf b = bsdfOf(g);
	light += sunAt(eyePos) * sunShadow(eyePos, g.normal) * direct(b, g.normal, v, frame.sun.xyz, nv);
	light += moonLight.rgb * direct(b, g.normal, v, frame.moon.xyz, nv);
#if LIGHTS
	light += localLights(b, eyePos, g.normal, v, nv, MODEL == 6, depthOf(eyePos));
#endif
	vec2 share = environmentShare(g.roughness, nv);
	vec3 mirror = b.f0 * share.x + share.y;
	light += probeSpecular(reflect(-v, g.normal), g.roughness) * mirror + probeDiffuse(g.normal) * b.diffuse * (1.0 - mirror);
	vec4 air = aerial(gl_FragCoord.xy * frame.size.zw, -v, distance);
	light = light * throughColor(air.a) + air.rgb;
#endif
#if MOMENTS == 2
	ivec2 p = ivec2(gl_FragCoord.xy);
	float w = alpha * throughTo(momentDepth(depthOf(eyePos)), texelFetch(momentMap, p, 0), texelFetch(momentTotal, p, 0).r);
	outColor = vec4(light * w, w);
	outData = MODEL == 7 ? w : 0.0;
#else
	outColor = vec4(light, alpha);
#endif
#endif
}

// Blended and overlaid meshes, lit as the lighting pass lights the G-buffer.
//!define SHADOW_TAPS 1 2 4 9 16
#include "material.glsl"
#include "gbuffer.glsl"
#include "shadow.glsl"
#include "atmosphere.glsl"
#include "sky_uniforms.glsl"
#include "horizon.glsl"
#include "sky_directions.glsl"
#include "lighting_model.glsl"
#include "aerial.glsl"
layout(location = 0) out vec4 outColor;

void main() {
	if (behindGlobe(eyePos)) discard;
	Surface s = shade();
	GBuffer g = GBuffer(s.base, s.roughness, s.normal, s.metallic, s.reflectance, s.ao, uint(MODEL));
	float distance = length(eyePos);
	vec3 v = eyePos / -distance, light = s.emission;
#if MODEL != 7
	float nv = max(dot(g.normal, v), 1e-3);
	Bsdf b = bsdfOf(g);
	light += sunAt(eyePos) * sunShadow(eyePos, g.normal) * direct(b, g.normal, v, frame.sun.xyz, nv);
	light += moonLight.rgb * direct(b, g.normal, v, frame.moon.xyz, nv);
	vec2 share = environmentShare(g.roughness, nv);
	vec3 mirror = b.f0 * share.x + share.y;
	light += probeSpecular(reflect(-v, g.normal), g.roughness) * mirror + probeDiffuse(g.normal) * b.diffuse * (1.0 - mirror);
	vec4 air = aerial(gl_FragCoord.xy * frame.size.zw, -v, distance);
	light = light * throughColor(air.a) + air.rgb;
#endif
	outColor = vec4(light, clamp(s.alpha * (1.0 - placeUp.w), 0.0, 1.0));
}

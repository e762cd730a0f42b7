// Meshes with a pattern that moves, unlit; with PROJECTED what stands within them has it.
// With MOMENTS they are summed in any order, as in forward.frag.
//!define PROJECTED 0 1
//!define MOMENTS 0 1 2
#include "frame.glsl"
#include "sky_directions.glsl"
#include "horizon.glsl"
#include "effect.glsl"
#include "beyond.glsl"
#if MOMENTS > 0
#include "moments.glsl"
#endif
in vec3 eyePos;
in vec3 eyeNormal;
in vec4 vertexColor;
in vec2 texCoord;
flat in vec4 placeUp;
flat in uint featureId;
flat in uint cycles; // since time 0, in 65536ths
uniform vec4 effectShape;  // pattern, repeat, width, softness
uniform vec4 effectLook;   // fill, fade, rim, stagger
uniform vec2 effectLight;  // emission, 1 = uv are a band's

#if PROJECTED
flat in vec4 toBox0;
flat in vec4 toBox1;
flat in vec4 toBox2;
uniform sampler2D linearDepth;
const float SKY = 1e12; // where only the globe is: see depth_linear.frag

vec3 boxAt(ivec2 p) {
	vec2 at = (vec2(p) + 0.5) * frame.size.zw;
	vec3 ray = viewRay(at);
	float z = texelFetch(linearDepth, clamp(p, ivec2(0), ivec2(frame.size.xy) - 1), 0).r;
	if (z >= SKY) {
		vec3 d = normalize(ray);
		if (belowHorizon(bend(d)) < 0.0) return vec3(1e9); // there is nothing to lie on
		z = globeHit(d) / length(ray);
	}
	vec4 q = vec4(ray * z, 1.0);
	return vec3(dot(toBox0, q), dot(toBox1, q), dot(toBox2, q));
}

// The change along the surface, not over its edge: the smaller one of both sides.
vec2 stepOf(vec3 here, ivec2 p, ivec2 next) {
	vec2 a = boxAt(p + next).xy - here.xy, b = here.xy - boxAt(p - next).xy;
	return dot(a, a) < dot(b, b) ? a : b;
}
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
	Spot s;
	float keep = 1.0 - placeUp.w;
#if PROJECTED
	ivec2 p = ivec2(gl_FragCoord.xy);
	vec3 at = boxAt(p);
	if (any(greaterThan(abs(at), vec3(1.0)))) discard;
#if BEYOND
	if (beforeGlass(frame.rayForward.w / texelFetch(linearDepth, p, 0).r)) discard;
#endif
	s.uv = at.xy;
	s.dx = stepOf(at, p, ivec2(1, 0));
	s.dy = stepOf(at, p, ivec2(0, 1));
	keep *= smoothstep(1.0, 0.7, abs(at.z));
#else
	if (behindGlobe(eyePos)) discard;
#if BEYOND
	if (beforeGlass(gl_FragCoord.z)) discard;
#endif
	s.uv = texCoord;
	s.dx = dFdx(texCoord);
	s.dy = dFdy(texCoord);
	float facing = abs(dot(normalize(eyeNormal), normalize(eyePos)));
	keep *= effectLook.z > 0.0 ? mix(1.0, facing * facing, effectLook.z) : mix(1.0, (1.0 - facing) * (1.0 - facing), -effectLook.z);
#endif
	uint own = hash1(featureId), now = cycles + uint(effectLook.w * unitFloat(own) * 65536.0);
	s.phase = float(now & 65535u) / 65536.0;
	s.seed = own & 0xffffu;
	vec2 ink = effectAt(Effect(uint(effectShape.x), effectShape.y, effectShape.z, effectShape.w, effectLook.x, effectLook.y, effectLight.y), s);
	float alpha = clamp(ink.x * vertexColor.a * keep, 0.0, 1.0);
	if (alpha <= 0.0) discard;
	vec3 light = hotColor(vertexColor.rgb, ink.y) * effectLight.x;
#if MOMENTS == 1
	float absorbance = absorbanceOf(alpha), z = momentDepth(depthOf(eyePos));
	outMoments = absorbance * vec4(z, z * z, z * z * z, z * z * z * z);
	outTotal = absorbance;
#elif MOMENTS == 2
	ivec2 pixel = ivec2(gl_FragCoord.xy);
	float weight = alpha * throughTo(momentDepth(depthOf(eyePos)), texelFetch(momentMap, pixel, 0), texelFetch(momentTotal, pixel, 0).r);
	outColor = vec4(light * weight, weight);
	outData = effectLight.x <= 1.0 ? weight : 0.0;
#else
	outColor = vec4(light, alpha);
#endif
}

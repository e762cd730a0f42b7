// Exposure, bloom, tone curve and, in live pictures, dither. Out: linear light for an
// sRGB target, or sRGB values where ENCODE is 1.
//!define CURVE 0 1
//!define BLOOM 0 1
//!define ENCODE 0 1
#include "frame.glsl"
#include "common.glsl"
uniform sampler2D source;
uniform sampler2D exposureMap;
#if BLOOM
uniform sampler2D bloomMap;
uniform float bloomShare;
#endif
in vec2 uv;
out vec4 color;

// AgX (Sobotka 2022), out as display values of gamma 2.2; its curve as the sixth-degree polynomial of Wrensch 2023, with a
// little more contrast and saturation than its base.
vec3 agx(vec3 c) {
	const mat3 inset = mat3(
		0.842479062253094, 0.0423282422610123, 0.0423756549057051,
		0.0784335999999992, 0.878468636469772, 0.0784336,
		0.0792237451477643, 0.0791661274605434, 0.879142973793104);
	const mat3 outset = mat3(
		1.19687900512017, -0.0528968517574562, -0.0529716355144438,
		-0.0980208811401368, 1.15190312990417, -0.0980434501171241,
		-0.0990297440797205, -0.0989611768448433, 1.15107367264116);
	c = inset * max(c, 1e-10);
	c = clamp((log2(c) + 12.47393) / (12.47393 + 4.026069), 0.0, 1.0);
	vec3 c2 = c * c, c4 = c2 * c2;
	c = 15.5 * c4 * c2 - 40.14 * c4 * c + 31.96 * c4 - 6.868 * c2 * c + 0.4298 * c2 + 0.1191 * c - 0.00232;
	c = pow(max(c, 0.0), vec3(1.3));
	float l = dot(c, vec3(0.2126, 0.7152, 0.0722));
	c = l + (c - l) * 1.25;
	return clamp(outset * c, 0.0, 1.0);
}

// Khronos PBR Neutral (2024): base colours come out as they are, highlights compress.
vec3 neutral(vec3 c) {
	const float start = 0.8 - 0.04, desaturation = 0.15;
	float x = min(c.r, min(c.g, c.b));
	c -= x < 0.08 ? x - 6.25 * x * x : 0.04;
	float peak = max(c.r, max(c.g, c.b));
	if (peak < start) return c;
	const float d = 1.0 - start;
	float newPeak = 1.0 - d * d / (peak + d - start);
	c *= newPeak / peak;
	return mix(c, vec3(newPeak), 1.0 - 1.0 / (desaturation * (peak - newPeak) + 1.0));
}

void main() {
	vec4 s = texelFetch(source, ivec2(gl_FragCoord.xy), 0);
	vec3 c = s.rgb;
#if BLOOM
	c = mix(c, textureLod(bloomMap, uv, 0.0).rgb, bloomShare);
#endif
	c = max(c, 0.0) * texelFetch(exposureMap, ivec2(0), 0).r;
#if CURVE == 0
	c = agx(c);
#else
	c = srgbEncode(neutral(c));
#endif
	float noise = gradientNoise(gl_FragCoord.xy + float(frame.counts.w) * 5.588) - 0.5;
	c = clamp(c + (frame.counts.z == 1u ? noise / 255.0 : 0.0), 0.0, 1.0);
#if !ENCODE
	c = srgbDecode(c);
#endif
	color = vec4(c, s.a);
}

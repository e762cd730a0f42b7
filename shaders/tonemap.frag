// Exposure, bloom, tone curve, grading table and, for 8 bits, a dither that is a function of
// the pixel, so that skies have no bands. Out: sRGB values, times their alpha. CURVE is a pipeline.ToneMap;
// GRADE 1 is a table over all three channels, 2 a curve for each. DATA 1: alpha above 1 is
// the share of data colours, which come out as they were given.
//!define CURVE 0 1 2
//!define BLOOM 0 1
//!define GRADE 0 1 2
//!define DATA 0 1
//!define DITHER 0 1
// CLEAR 1: the sky is left out.
//!define CLEAR 0 1
// DIRT 1: dust and smears on the lens add to the glow.
//!define DIRT 0 1
#include "frame.glsl"
#include "common.glsl"
uniform sampler2D source;
#if BLOOM
uniform sampler2D bloomMap;
uniform float bloomShare;
#if DIRT
#include "lens_dirt.glsl"
uniform vec2 dirt; // share of light that it scatters at most; width of the picture by its height
#endif
#endif
#if GRADE == 1
uniform sampler3D gradeTable;
#elif GRADE == 2
uniform sampler2D gradeTable;
#endif
#if GRADE
uniform vec3 gradeScale; // display values to the table's 0..1
uniform vec3 gradeShift;
#endif
in vec2 uv;
flat in float exposure;
out vec4 color;

// AgX (Sobotka 2022), out as display values of gamma 2.2. Its curve is the sixth-degree polynomial of Wrensch 2023 to the power
// of 1.3, a little more contrast than its base, as one polynomial (within 0.05/255); the logarithm is one of the mantissa (within
// 0.01/255 of what comes out). Software makes powers of polynomials, too, and longer ones.
vec3 agx(vec3 c) {
	const mat3 inset = mat3(
		0.842479062253094, 0.0423282422610123, 0.0423756549057051,
		0.0784335999999992, 0.878468636469772, 0.0784336,
		0.0792237451477643, 0.0791661274605434, 0.879142973793104);
	const mat3 outset = mat3(
		1.19687900512017, -0.0528968517574562, -0.0529716355144438,
		-0.0980208811401368, 1.15190312990417, -0.0980434501171241,
		-0.0990297440797205, -0.0989611768448433, 1.15107367264116);
	const mat3 saturation = mat3(1.25) - 0.25 * mat3(vec3(0.2126), vec3(0.7152), vec3(0.0722));
	const float low = -12.47393, range = 12.47393 + 4.026069; // stops
	ivec3 bits = floatBitsToInt(inset * max(c, 1e-10));
	vec3 m = intBitsToFloat((bits & 0x7fffff) | 0x3f800000) - 1.0;
	c = (((-0.0816194 * m + 0.3186954) * m - 0.6749611) * m + 1.4377111) * m + (8.69e-5 - 127.0 - low) + vec3(bits >> 23);
	c = clamp(c * (1.0 / range), 0.0, 1.0);
	c = (((((((-16.518522 * c + 82.223612) * c - 139.681016) * c + 98.838535) * c - 27.307469) * c + 3.528622) * c - 0.103654) * c + 0.018389) * c - 0.000171;
	return clamp((outset * saturation) * c, 0.0, 1.0);
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

// The reference rendering and output transforms of ACES 1 as fitted by Hill 2016: both
// matrices and one fraction. Out: linear light.
vec3 aces(vec3 c) {
	const mat3 inset = mat3(
		0.59719, 0.07600, 0.02840,
		0.35458, 0.90834, 0.13383,
		0.04823, 0.01566, 0.83777);
	const mat3 outset = mat3(
		1.60475, -0.10208, -0.00327,
		-0.53108, 1.10813, -0.07276,
		-0.07367, -0.00605, 1.07602);
	c = inset * c;
	c = (c * (c + 0.0245786) - 0.000090537) / (c * (0.983729 * c + 0.4329510) + 0.238081);
	return clamp(outset * c, 0.0, 1.0);
}

#if GRADE
// From the first entry's middle to the last one's.
vec3 graded(vec3 c) {
	c = clamp(c * gradeScale + gradeShift, 0.0, 1.0);
#if GRADE == 1
	float n = float(textureSize(gradeTable, 0).x);
	return textureLod(gradeTable, c * ((n - 1.0) / n) + 0.5 / n, 0.0).rgb;
#else
	float n = float(textureSize(gradeTable, 0).x);
	c = c * ((n - 1.0) / n) + 0.5 / n;
	return vec3(textureLod(gradeTable, vec2(c.r, 0.5), 0.0).r, textureLod(gradeTable, vec2(c.g, 0.5), 0.0).g, textureLod(gradeTable, vec2(c.b, 0.5), 0.0).b);
#endif
}
#endif

// Display values of light.
vec3 display(vec3 c) {
	c = max(c, 0.0) * exposure;
#if CURVE == 0
	c = agx(c);
#elif CURVE == 1
	c = srgbEncode(neutral(c));
#else
	// Its middle grey is darker than the others'.
	c = srgbEncode(aces(c * 1.6));
#endif
#if GRADE
	c = graded(c);
#endif
	return c;
}

void main() {
	vec4 s = textureLod(source, uv, 0.0);
	vec3 light = s.rgb;
	vec3 glow = vec3(0.0);
#if BLOOM
	vec3 spread = textureLod(bloomMap, uv, 0.0).rgb;
	float scattered = bloomShare;
#if DIRT
	scattered += dirt.x * lensDirt(vec2(uv.x * dirt.y, uv.y));
#endif
	light = mix(light, spread, scattered);
	glow = spread * scattered;
#endif
	vec3 c = display(light);
	float cover = min(s.a, 1.0);
#if CLEAR
	if (cover < 1.0) {
		// Curves are for a surface's whole light, not for the part of it in a pixel that it
		// covers in part; glow is before the empty sky as well, and covers as much as it is bright.
		c = max(display(glow) - display(vec3(0.0)), 0.0); // a table may lift black
		if (cover > 0.0) {
			c = mix(c, display((light - glow) / cover + glow), cover);
		}
		cover = max(cover, min(max(c.r, max(c.g, c.b)), 1.0));
	}
#endif
#if DITHER
	c += (gradientNoise(gl_FragCoord.xy) - 0.5) / 255.0;
#endif
#if DATA
	c = mix(c, srgbEncode(s.rgb), clamp(s.a - 1.0, 0.0, 1.0));
#endif
	color = vec4(clamp(c, 0.0, 1.0), cover);
}

// The Milky Way as an equirectangular map in galactic coordinates, its centre in the
// middle: a disc seen from within with a bulge, and dust in front of it, denser towards
// the centre. Its place on the sky is true, its clouds are noise.
#include "noise.glsl"
uniform vec2 size;
out vec4 color;

float layered(vec3 p) {
	float sum = 0.0, amp = 0.5;
	for (int i = 0; i < 6; i++) {
		sum += amp * valueNoise(p);
		amp *= 0.55;
		p = OCTAVE_TURN * p * 2.07 + 11.7;
	}
	return sum / 1.08;
}

void main() {
	vec2 uv = gl_FragCoord.xy / size;
	float l = (uv.x - 0.5) * 6.2831853, b = (uv.y - 0.5) * 3.1415927;
	vec3 d = vec3(cos(b) * cos(l), cos(b) * sin(l), sin(b));
	float towards = 0.5 + 0.5 * cos(l);
	float clouds = layered(d * vec3(5.0, 5.0, 9.0)), warp = (layered(d * 3.0 + 40.0) - 0.5) * 0.09;
	float wide = mix(0.10, 0.19, towards * towards), h = b + warp;
	float disc = exp(-abs(h) / wide) * mix(0.30, 0.85, towards * sqrt(towards));
	float bulge = 0.75 * exp(-(l * l / 0.11 + b * b / 0.035));
	// Dust lies in a thinner sheet, torn, with rifts along the plane.
	float torn = smoothstep(0.42, 0.68, layered(d * vec3(7.0, 7.0, 15.0) + 7.0));
	float dust = exp(-abs(h - 0.01) / 0.055) * torn * mix(0.35, 0.95, towards);
	float light = (disc + bulge) * mix(0.45, 1.35, clouds) * (1.0 - 0.85 * dust);
	color = vec4(vec3(1.0 - exp(-1.1 * light)), 1.0);
}

// Fog that thins with height: how much of it a ray crosses is known in closed form. Light
// comes from the sky and, through what of the fog lies above, from the sun; SHAFTS looks
// along the ray for where the sun reaches it, so that buildings cast their shadows into the
// air. Out: premultiplied.
//!define SHAFTS 0 1
//!define SHADOW_TAPS 1 4 9 16
#include "frame.glsl"
#include "atmosphere.glsl"
#include "sky_uniforms.glsl"
#include "common.glsl"
#if SHAFTS
#include "shadow.glsl"
uniform int steps;
#endif
uniform sampler2D depthMap;
uniform sampler2D irradiance; // octahedral, over pi
in vec2 uv;
out vec4 color;

// Density per metre at a height above its base; it grows no more far below.
float fogAt(float z) { return fog.x * exp(-max(z * fog.y, -3.0)); }

float heightOf(vec3 d, float t) { return fog.z + d.z * t + t * t / (2.0 * ball.z); }

// Optical depth of the fog up to a distance.
float fogDepth(vec3 d, float t) {
	float z1 = heightOf(d, t), a = fogAt(fog.z), b = fogAt(z1), x = (z1 - fog.z) * fog.y;
	return abs(x) < 0.02 ? 0.5 * (a + b) * t : (a - b) * t / x;
}

// Henyey and Greenstein 1941; droplets throw light forwards, thick fog makes it even.
float fogPhase(float nu, float g) { return (1.0 - g * g) / (4.0 * PI * pow(max(1.0 + g * g - 2.0 * g * nu, 1e-4), 1.5)); }

void main() {
	float depth = texelFetch(depthMap, ivec2(gl_FragCoord.xy), 0).r;
	vec3 ray = viewRay(uv), d = normalize(ray);
	float t = depth > 0.0 ? viewDepth(depth) * length(ray) : 6e4;
	float tau = fogDepth(d, t), through = exp(-tau);
	if (tau < 1e-4) discard;
	float middle = min(t, 1.0 / max(fogAt(fog.z), 1e-5));
	float z = heightOf(d, middle * 0.5);
	// The sun's way down through the fog; what it loses is scattered on, mostly down too.
	float down = fogAt(z) / fog.y / max(sunDir.w, 0.04);
	float nu = dot(d, sunDir.xyz);
	vec3 sun = mix(sunLow.rgb, sunHigh.rgb, clamp((eyeKm.x + d.z * middle * 0.0005) / 6.0, 0.0, 1.5));
	vec3 lit = sun * (0.7 * fogPhase(nu, 0.55) + 0.3 / (4.0 * PI)) * exp(-0.25 * down);
	float seen = 1.0;
#if SHAFTS
	// Places at equal parts of what the fog scatters: near ones count most.
	float share = 0.0, all = 0.0, far = min(t, 8.0 * middle);
	float jitter = gradientNoise(gl_FragCoord.xy + 5.588 * (frame.clock.y + float(frame.counts.w)));
	for (int k = 0; k < steps; k++) {
		float part = (float(k) + jitter) / float(steps);
		float s = far * part * part;
		float weight = part * fogAt(heightOf(d, s)) * exp(-fogDepth(d, s));
		share += weight * sunShadow(d * s, frame.sun.xyz);
		all += weight;
	}
	seen = share / max(all, 1e-9);
#endif
	vec3 around = 0.5 * (textureLod(irradiance, octEncode(vec3(0.0, 0.0, 1.0)) * 0.5 + 0.5, 0.0).rgb + textureLod(irradiance, octEncode(vec3(0.0, 0.0, -1.0)) * 0.5 + 0.5, 0.0).rgb);
	vec3 moon = moonLight.rgb * (0.7 * fogPhase(dot(d, moonDir.xyz), 0.55) + 0.3 / (4.0 * PI));
	color = vec4((0.97 * (lit * seen + moon) + around) * (1.0 - through), 1.0 - through);
}

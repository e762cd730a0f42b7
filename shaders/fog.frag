// Lays fog over the lit picture. Light comes from the sky and, through what of the fog lies
// above, from the sun; SHAFTS looks along the ray for where the sun reaches it, so that
// buildings cast their shadows into the air. Out: premultiplied.
//!define SHAFTS 0 1
//!define SHADOW_TAPS 1 4 9 16
#include "frame.glsl"
#include "atmosphere.glsl"
#include "sky_uniforms.glsl"
#include "common.glsl"
uniform sampler2D irradiance; // octahedral, over pi
#include "fog.glsl"
#if SHAFTS
#include "shadow.glsl"
uniform int steps;
#endif
uniform sampler2D depthMap;
in vec2 uv;
out vec4 color;

void main() {
	float depth = texelFetch(depthMap, ivec2(gl_FragCoord.xy), 0).r;
	vec3 ray = viewRay(uv), d = normalize(ray);
	float t = depth > 0.0 ? viewDepth(depth) * length(ray) : 6e4;
	if (fogDepth(d, t) < 1e-4) discard;
	float seen = 1.0;
#if SHAFTS
	// Places at equal parts of what the fog scatters: near ones count most.
	float middle = min(t, 1.0 / max(fogAt(fog.z), 1e-5));
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
	vec4 air = fogBefore(d, t, seen);
	color = vec4(air.rgb, 1.0 - air.a);
}

// Fixed stars as points: one vertex each, of a flux that no size of picture changes. What
// the air lets through and the horizon hides is found here, once a star.
//!define LAYER 0 1
// SPACE by whether the eye is beyond the air's and the globe's reach.
//!define SPACE 0 1
#include "frame.glsl"
#include "atmosphere.glsl"
#include "sky_uniforms.glsl"
#include "sky_directions.glsl"
#include "aerial.glsl"
#if LAYER
#include "cloud_layer.glsl"
#endif
layout(std430, binding = 4) readonly buffer Stars { vec4 stars[]; }; // direction (J2000) and peak, colour; Go: starRecord
uniform sampler2D transmittanceTable;
flat out vec3 light;
flat out vec3 spot; // xy centre in pixels, z 1/(2σ²)

void main() {
	vec4 s = stars[2 * gl_VertexID];
	vec3 d = (vec4(s.xyz, 0.0) * frame.toStars).xyz;
	vec4 clip = frame.viewProj * vec4(d, 0.0);
#if SPACE
	const float below = 0.0;
#else
	vec3 bent = bend(d);
	float below = belowHorizon(bent);
#endif
	float peak = s.w * veil.y;
	gl_Position = vec4(2.0, 2.0, 0.0, 1.0); // outside
	gl_PointSize = 1.0;
	light = vec3(0.0);
	spot = vec3(0.0);
	if (clip.w <= 0.0 || below > 0.0 || peak < 0.002 || dot(d, moonDir.xyz) > 1.0 - 0.5 * moonLight.w * moonLight.w) return;
	light = peak * stars[2 * gl_VertexID + 1].rgb;
#if !SPACE
	light *= throughSky(transmittanceTable, bent, textureLod(skyView, skyViewUV(bent, min(below, -1e-6)), 0.0).a);
#endif
#if LAYER
	light *= 1.0 - layer.w * layerAlpha(layerDensity(d * layerHit(d), 60.0));
#endif
	// Bright ones are wider, as on film and in the eye; none is narrower than pixels show.
	float sigma = 0.75 * max(frame.clock.w, 0.85) * pow(max(peak, 1.0), 0.22);
	spot = vec3((clip.xy / clip.w * 0.5 + 0.5) * frame.size.xy, 0.5 / (sigma * sigma));
	gl_Position = vec4(clip.xy, 0.0, clip.w);
	gl_PointSize = max(sigma * max(6.0, 2.0 * sqrt(2.0 * log(max(100.0 * peak, 1.0)))), 2.0); // where it has faded
}

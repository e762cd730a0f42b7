// What lies behind everything: sky, sun, Moon, stars and the globe. Drawn where the depth
// is 0. CLOUDS is 1 where any are seen and 2 where
// they are near enough for billows, 3 below their layer, STARS by whether it is dark.
//!define CLOUDS 0 1 2 3
//!define STARS 0 1
// SHADE by what keeps the sun off the sea below: 1 a flat layer of clouds, 2 clouds with bodies.
//!define SHADE 0 1 2
// DRAPED by whether something colours the globe.
//!define DRAPED 0 1
// PART of a picture whose pixels are known: 1 above the horizon, 2 below it. Software runs both
// branches for each pixel. Go: skyPart.
//!define PART 0 1 2
#include "frame.glsl"
#include "atmosphere.glsl"
#include "sky_uniforms.glsl"
#include "sky_directions.glsl"
#include "noise.glsl"
#include "globe.glsl"
#include "celestial.glsl"
#include "night_sky.glsl"
#include "aerial.glsl"
#if CLOUDS == 3
#include "cloud_under.glsl"

// The layer before what is behind it.
vec3 underLayer(vec3 behind, vec3 d, vec3 bent, float pixelAngle) {
	float t = layerHit(d);
	vec4 seen = layerBelow(d, t, t * pixelAngle / sqrt(max(d.z, 0.02)));
	vec4 air = aerialByDepth(bent, t * ball.w);
	return mix(behind, seen.rgb * throughColor(air.a) + air.rgb, seen.a);
}
#endif
in vec2 uv;
out vec4 color;

void main() {
	vec3 ray = viewRay(uv), d = normalize(ray), bent = bend(d);
	// The angle of a pixel here; the picture's edges see finer than its middle.
	float pixelAngle = 2.0 * frame.rayUp.w * frame.size.w / length(ray);
	// The share of the pixel below the horizon, so that the globe has a smooth rim.
	float below = belowHorizon(bent);
#if PART == 0
	float ground = clamp(below / pixelAngle + 0.5, 0.0, 1.0) * discShare(PI - eyeKm.y, pixelAngle);
#else
	const float ground = float(PART - 1);
#endif
	vec4 sum = vec4(0.0);
	if (ground > 0.0) {
		vec4 view = textureLod(skyView, skyViewUV(bent, max(below, 1e-6)), 0.0);
		sum = ground * vec4(view.rgb + throughColor(view.a) * globeRadiance(d, pixelAngle), 1.0);
	}
	if (ground < 1.0) {
		vec4 view = textureLod(skyView, skyViewUV(bent, min(below, -1e-6)), 0.0);
		vec3 light = view.rgb + nightSky(d), beyond = vec3(0.0);
		if (dot(d, sunSeen.xyz) > 0.9998) beyond += sunDisc(d, pixelAngle);
		if (dot(d, moonDir.xyz) > 0.9998) beyond += moonDisc(d, pixelAngle);
#if STARS
		beyond += milkyWay(d);
#endif
		light += beyond * throughSky(transmittanceTable, bent, view.a);
#if CLOUDS == 3
		light = underLayer(light, d, bent, pixelAngle);
#endif
		sum += (1.0 - ground) * veil.x * vec4(light, 1.0);
	}
	color = vec4(sum.rgb, sum.a);
}

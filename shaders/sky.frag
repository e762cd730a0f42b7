// What lies behind everything: sky, sun, Moon, stars and the globe. Drawn where the depth
// is 0. CLOUDS is 1 where any are seen and 2 where
// they are near enough for billows, STARS by whether it is dark.
//!define CLOUDS 0 1 2
//!define STARS 0 1
#include "frame.glsl"
#include "atmosphere.glsl"
#include "sky_uniforms.glsl"
#include "sky_directions.glsl"
#include "noise.glsl"
#include "globe.glsl"
#include "celestial.glsl"
#include "night_sky.glsl"
#include "aerial.glsl"
in vec2 uv;
out vec4 color;

void main() {
	vec3 ray = viewRay(uv), d = normalize(ray), bent = bend(d);
	// The angle of a pixel here; the picture's edges see finer than its middle.
	float pixelAngle = 2.0 * frame.rayUp.w * frame.size.w / length(ray);
	// The share of the pixel below the horizon, so that the globe has a smooth rim.
	float below = belowHorizon(bent);
	float ground = clamp(below / pixelAngle + 0.5, 0.0, 1.0);
	vec4 sum = vec4(0.0);
	if (ground > 0.0) {
		vec4 view = textureLod(skyView, skyViewUV(bent, max(below, 1e-6)), 0.0);
		sum = ground * vec4(view.rgb + throughColor(view.a) * globeRadiance(d, pixelAngle), 1.0);
	}
	if (ground < 1.0) {
		vec4 view = textureLod(skyView, skyViewUV(bent, min(below, -1e-6)), 0.0);
		vec3 light = view.rgb + nightSky(d), beyond = vec3(0.0);
		if (dot(d, sunDir.xyz) > 0.9998) beyond += sunDisc(d, pixelAngle);
		if (dot(d, moonDir.xyz) > 0.9998) beyond += moonDisc(d, pixelAngle);
#if STARS
		beyond += milkyWay(d);
#endif
		sum += (1.0 - ground) * veil.x * vec4(light + beyond * throughColor(view.a), 1.0);
	}
	color = vec4(sum.rgb, sum.a);
}

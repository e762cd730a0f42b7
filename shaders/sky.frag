// What lies behind everything: sky, sun, Moon, stars and the globe. Drawn where the depth
// is 0.
#include "frame.glsl"
#include "atmosphere.glsl"
#include "sky_uniforms.glsl"
#include "sky_directions.glsl"
#include "noise.glsl"
#include "globe.glsl"
#include "celestial.glsl"
#include "aerial.glsl"
in vec2 uv;
out vec4 color;

void main() {
	vec3 ray = viewRay(uv), d = normalize(ray), bent = bend(d);
	// The angle of a pixel here; the picture's edges see finer than its middle.
	float pixelAngle = 2.0 * frame.rayUp.w * frame.size.w / length(ray);
	vec4 view = textureLod(skyView, skyViewUV(bent), 0.0);
	vec3 through = throughColor(view.a);
	float t = globeHit(d);
	vec3 light = view.rgb;
	float alpha = 1.0;
	if (t > 0.0) {
		light += through * globeRadiance(d, t, pixelAngle);
	} else {
		light += through * (sunDisc(d, pixelAngle) + moonDisc(d, pixelAngle) + stars(d, pixelAngle));
		float thick = exp(-max(eyeKm.x, 0.0) / 30.0);
		light += nightGlow.rgb * thick * mix(1.7, 0.8, sqrt(max(d.z, 0.0)));
		light *= veil.x;
		alpha = veil.x;
	}
	color = vec4(light, alpha);
}

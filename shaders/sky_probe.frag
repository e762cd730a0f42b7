// The light around the eye as an octahedral map, for reflections by roughness: level 0 is
// the sky without the sun's disc, and the ground; higher levels are filtered by the GGX
// lobe of their roughness; SOURCE 2 is irradiance over pi.
//!define SOURCE 0 1 2
// CLOUDS 1 is the layer of clouds where it is, for what mirrors; else its mean.
//!define CLOUDS 0 1
#include "frame.glsl"
#include "atmosphere.glsl"
#include "sky_uniforms.glsl"
#include "sky_directions.glsl"
#include "common.glsl"
#if SOURCE == 0
uniform sampler2D transmittanceTable;
uniform sampler2D multipleTable;
uniform sampler2D skyView;
#else
uniform sampler2D probe;
uniform float roughness;
#endif
uniform vec2 size;
out vec4 color;
#include "night_sky.glsl"

#if SOURCE == 0
#if CLOUDS
#include "cloud_under.glsl"
#endif
// Light of the sky over a horizontal surface, from the many-times scattered part: good to
// a fifth, for what the ground below the eye sends back.
vec3 skyAbove(float muSun) { return multiple(multipleTable, 0.0, muSun) * (2.2 * PI); }

void main() {
	vec3 d = octDecode(gl_FragCoord.xy / size * 2.0 - 1.0);
	vec3 bent = bend(d);
	vec4 view = textureLod(skyView, skyViewUV(bent), 0.0);
	vec3 light = view.rgb;
	float mu = dot(bent, up.xyz);
	if (mu > cos(eyeKm.y)) {
		light += nightSky(d);
#if CLOUDS
		// A texel is some 2.8 degrees wide. Most of the air before clouds is that below them.
		float t = layerHit(d), before = 1.0 - pow(view.a, 0.35);
		vec4 seen = layerBelow(d, t, t * 0.049 / sqrt(max(d.z, 0.02)));
		light = mix(light, mix(seen.rgb, view.rgb, before), seen.a * smoothstep(0.0, 0.03, mu));
#else
		// Clouds in their mean: they send on a third of the sun, greyer than the sky.
		vec3 clouds = (sunLow.rgb * 0.34 + skyAbove(sunDir.w) * sunLight.rgb * 0.7) / PI + nightGlow.rgb;
		light = mix(light, clouds, 0.8 * layer.w * step(0.0, layer.z) * globe.x * smoothstep(0.0, 0.12, mu));
#endif
		// Above most of the air the eye's sky is black; what is seen from there stands on the
		// ground and is lit by the sky over it, brighter towards the horizon.
		vec3 over = skyAbove(sunDir.w) * sunLight.rgb / PI * mix(1.25, 0.75, max(mu, 0.0)) + nightGlow.rgb;
		light = mix(light, over, smoothstep(1.0, 12.0, eyeKm.x));
	} else {
		// What lies below is half shade: a city or a wood is darker than a lawn.
		vec3 albedo = mix(vec3(0.21, 0.195, 0.17), vec3(0.55, 0.56, 0.58), frame.exposure.x);
		vec3 e = sunlight(transmittanceTable, 0.0, sunDir.w) * max(sunDir.w, 0.0) + skyAbove(sunDir.w);
		vec3 lit = e * sunLight.rgb / PI + moonLight.rgb * max(moonDir.z, 0.0) / PI + nightGlow.rgb;
		light += view.a * albedo * lit;
		// Streets under their lamps, about 1.5 cd/m², light the walls from below.
		light += view.a * frame.air.w * exp(-eyeKm.x / 1.5) * sunLight.w * (1.5 / 30000.0) * vec3(1.0, 0.70, 0.42);
	}
	color = vec4(light, 1.0);
}
#elif SOURCE == 1
float radicalInverse(uint b) { return float(bitfieldReverse(b)) * 2.3283064365386963e-10; }

void main() {
	vec3 n = octDecode(gl_FragCoord.xy / size * 2.0 - 1.0);
	vec3 t = normalize(abs(n.z) < 0.9 ? cross(n, vec3(0, 0, 1)) : cross(n, vec3(1, 0, 0))), b = cross(n, t);
	float a = roughness * roughness;
	vec3 sum = vec3(0.0);
	float weight = 0.0;
	for (uint i = 0u; i < 48u; i++) {
		vec2 xi = vec2((float(i) + 0.5) / 48.0, radicalInverse(i));
		float cosT = sqrt((1.0 - xi.y) / (1.0 + (a * a - 1.0) * xi.y)), sinT = sqrt(1.0 - cosT * cosT);
		vec3 h = t * (sinT * cos(2.0 * PI * xi.x)) + b * (sinT * sin(2.0 * PI * xi.x)) + n * cosT;
		vec3 l = 2.0 * dot(n, h) * h - n;
		float nl = l.x * n.x + l.y * n.y + l.z * n.z;
		if (nl > 0.0) {
			sum += textureLod(probe, octEncode(l) * 0.5 + 0.5, 0.0).rgb * nl;
			weight += nl;
		}
	}
	color = vec4(sum / max(weight, 1e-4), 1.0);
}
#else
void main() {
	vec3 n = octDecode(gl_FragCoord.xy / size * 2.0 - 1.0);
	vec3 sum = vec3(0.0);
	float weight = 0.0;
	for (int i = 0; i < 24 * 24; i++) {
		vec2 p = (vec2(i % 24, i / 24) + 0.5) / 12.0 - 1.0;
		vec3 raw = vec3(p, 1.0 - abs(p.x) - abs(p.y));
		float r = length(raw);
		vec3 l = octDecode(p);
		float w = max(dot(n, l), 0.0) / (r * r * r);
		sum += textureLod(probe, p * 0.5 + 0.5, 0.0).rgb * w;
		weight += 1.0 / (r * r * r);
	}
	// The mean of cos over the sphere is 1/4; irradiance over pi is 4 times the mean.
	// A part of what reaches a shaded wall came by way of lit ones: less blue than the sky.
	vec3 mean = 4.0 * sum / weight;
	color = vec4(mix(mean, vec3(dot(mean, vec3(0.2126, 0.7152, 0.0722))), 0.45), 1.0);
}
#endif

// The globe behind everything: the ray's meeting with the ellipsoid and what it looks
// like there.
#include "frame.glsl"
#include "sky_directions.glsl"
#include "noise.glsl"
uniform sampler2D transmittanceTable;
uniform sampler2D multipleTable;
uniform sampler2D cloudMap;
uniform sampler2D globeImage;

// Metres to the ground along d, or -1: the stable root of sky.Globe.Hit.
float globeHit(vec3 d) {
	vec3 bent = d + pole.xyz * (pole.w * dot(pole.xyz, d));
	float a = dot(bent, bent), b = ball.y * d.z;
	float disc = b * b - a * ball.x;
	if (ball.x > ball.z * ball.z) {
		vec3 across = bent - up.xyz * dot(bent, up.xyz);
		disc = a * ball.z * ball.z - up.w * up.w * dot(across, across);
	}
	if (b >= 0.0 || disc < 0.0) return -1.0;
	return ball.x / (-b + sqrt(disc));
}

// Equirectangular coordinates of a unit vector of the Earth's frame (v up), and their
// derivatives along n without the seam at the antimeridian.
vec2 equirect(vec3 e) { return vec2(atan(e.y, e.x) / (2.0 * PI) + 0.5, asin(clamp(e.z, -1.0, 1.0)) / PI + 0.5); }

vec4 sampleEquirect(sampler2D map, vec3 e, float footprint) {
	// footprint: radians a pixel; the map's levels halve it.
	float texel = PI / float(textureSize(map, 0).y);
	return textureLod(map, equirect(e), log2(max(footprint / texel, 1.0)));
}

float cloudField(vec3 e, float footprint) {
	vec4 m = sampleEquirect(cloudMap, e, footprint);
	float field = m.r;
	// Finer billows than the map holds, when near enough to see them.
	float amp = 0.055;
	for (float s = 420.0; s < 14000.0; s *= 2.7) {
		float keep = 1.0 - smoothstep(0.3, 0.9, footprint * s);
		if (keep > 0.0) field += amp * keep * (valueNoise(e * s + s) - 0.5) * 2.0;
		amp *= 0.62;
	}
	return field;
}

float cloudDensity(float field) {
	float cut = mix(0.80, 0.22, pow(globe.x, 0.75));
	return smoothstep(cut, cut + 0.26, field);
}

// Radiance of the globe at t metres along d, without the air before it.
vec3 globeRadiance(vec3 d, float t, float pixelAngle) {
	vec3 bent = d + pole.xyz * (pole.w * dot(pole.xyz, d));
	vec3 n = normalize(up.xyz * up.w + bent * t);
	vec3 e = normalize((frame.toEcef * vec4(n, 0.0)).xyz);
	float muSun = dot(n, sunBent.xyz), muView = max(dot(n, -normalize(bent)), 0.0);
	float footprint = t * pixelAngle / ball.z / max(muView, 0.12);
	vec3 sun = sunlight(transmittanceTable, 0.0, muSun) * sunLight.rgb;
	vec3 sky = multiple(multipleTable, 0.0, muSun) * sunLight.rgb * (2.2 * PI);
	vec3 night = moonLight.rgb * max(dot(n, moonDir.xyz), 0.0) + PI * nightGlow.rgb;

	float water = globe.z;
	vec3 albedo;
	if (globe.w > 0.5) {
		// The image is by geodetic latitude; e is by reduced latitude.
		vec3 geodetic = normalize(vec3(e.xy, e.z * (1.0 + pole.w)));
		vec4 c = sampleEquirect(globeImage, geodetic, footprint);
		albedo = c.rgb;
		water = 1.0 - c.a;
	} else {
		float m = sampleEquirect(cloudMap, e, footprint).b;
		float dry = exp(-pow((abs(degrees(asin(clamp(e.z, -1.0, 1.0)))) - 24.0) / 11.0, 2.0));
		vec3 green = mix(vec3(0.030, 0.050, 0.018), vec3(0.085, 0.095, 0.042), smoothstep(0.3, 0.7, m));
		albedo = mix(green, vec3(0.30, 0.21, 0.12), clamp(dry * 1.2 + (m - 0.5) * 1.6, 0.0, 1.0));
	}
	// Deep water sends back blue; shelves and plankton vary it a little.
	vec3 deep = vec3(0.0035, 0.0125, 0.033);
	albedo = mix(albedo, deep, water);
	vec3 light = albedo / PI * (sun * max(muSun, 0.0) + sky + night);
	if (water > 0.0) {
		// Glitter of a wind-roughened sea (Cox and Munk 1954: slope variance ≈ 0.04).
		vec3 v = -normalize(bent), h = normalize(v + sunBent.xyz);
		float nh = max(dot(n, h), 1e-3), nl = max(muSun, 0.0);
		float c2 = nh * nh, slope = 0.045;
		float D = exp(-(1.0 - c2) / (c2 * slope)) / (PI * slope * c2 * c2);
		float fh = 0.02 + 0.98 * pow(1.0 - max(dot(v, h), 0.0), 5.0);
		float G = 1.0 / (1.0 + 0.6 * sqrt(slope) / max(min(nl, muView), 0.05));
		light += water * sun * min(D * fh * G / (4.0 * max(muView, 0.08)), 6.0) * smoothstep(0.0, 0.08, nl);
		float fv = 0.02 + 0.98 * pow(1.0 - muView, 5.0) * 0.35;
		light += water * fv * sky / PI * 0.8;
	}

	if (globe.y > 0.0 && globe.x > 0.0) {
		vec3 c = e;
		float w = globe.y;
		float field = cloudField(c, footprint), density = cloudDensity(field);
		// Relief: lit where the field falls towards the sun. A step of 12 km or a pixel.
		vec3 toSun = normalize((frame.toEcef * vec4(sunBent.xyz, 0.0)).xyz);
		vec3 along = toSun - e * dot(toSun, e);
		float stepBy = max(0.0022, footprint);
		float ahead = cloudDensity(cloudField(normalize(c + along * stepBy), footprint));
		float grazing = sqrt(max(0.0, 1.0 - muSun * muSun));
		float relief = clamp(1.0 + (density - ahead) * (0.55 + 0.9 * grazing) - 0.30 * density * grazing, 0.25, 1.5);
		vec3 sunHigh = sunlight(transmittanceTable, 7.0, muSun) * sunLight.rgb;
		vec3 skyHigh = multiple(multipleTable, 5.0, muSun) * sunLight.rgb * (2.4 * PI);
		float thick = mix(0.35, 0.80, density);
		vec3 cloud = thick / PI * (sunHigh * relief * smoothstep(-0.06, 0.22, muSun) * mix(max(muSun, 0.0), 1.0, 0.18) + skyHigh + 1.5 * night);
		// The shadow falls away from the sun on sea and land.
		vec3 backwards = normalize(c + along * 0.0016);
		float shade = 1.0 - 0.55 * w * cloudDensity(sampleEquirect(cloudMap, backwards, footprint).r);
		light = mix(light * shade, cloud, w * density * (1.0 - 0.25 * (1.0 - density)));
	}
	return light;
}

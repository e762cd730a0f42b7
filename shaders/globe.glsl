// The globe behind everything: the ray's meeting with the ellipsoid and what it looks
// like there.
#include "frame.glsl"
#include "sky_directions.glsl"
#include "cloud_turns.glsl"
#include "waves.glsl"
#include "environment_share.glsl"
#include "cloud_globe.glsl"
#include "horizon.glsl"
#if SHADE == 1 || CLOUDS == 3
#include "cloud_layer.glsl"
#endif
#if SHADE == 2
#include "cloud_shade.glsl"
#endif
uniform sampler2D transmittanceTable;
uniform sampler2D multipleTable;
uniform sampler2D landMap;
uniform sampler2D globeImage;
uniform sampler2D probe;
#if DRAPED
uniform sampler2D drapeColor; // of the picture: base colour and its cover
uniform sampler2D drapeLight;
#endif

// Noise finer than a map holds, around 0: octaves from s cycles a radian on, as far as pixels
// show them.
float finer(vec3 e, float footprint, float s, float growth, float amp, float fall) {
	float sum = 0.0;
	for (; s < 9000.0; s *= growth) {
		e = OCTAVE_TURN * e;
		sum += amp * (1.0 - smoothstep(0.3, 0.9, footprint * s)) * (2.0 * valueNoise(e * s + s) - 1.0);
		amp *= fall;
	}
	return sum;
}

float billows(vec3 e, float footprint) { return finer(e, footprint, 420.0, 2.9, 0.075, 0.62); }

// Fields, hills and ranges.
float grain(vec3 e, float footprint) { return finer(e, footprint, 50.0, 2.7, 0.13, 0.72); }

// The sea's share of the globe without an image, by the map of its land (globeImage): e is the
// geodetic direction, footprint the radians of a pixel. Shores lie where land covers a half.
float charted(vec3 e, float footprint) {
	float texel = PI / float(textureSize(globeImage, 0).y);
	float land = textureLod(globeImage, equirect(e), equirectLevel(globeImage, footprint)).r;
	float soft = clamp(0.5 * footprint / texel, 0.03, 0.5);
	return 1.0 - smoothstep(0.5 - soft, 0.5 + soft, land);
}

// The sea's share of the globe without an image at p, eye frame, n being up there and e the
// geodetic direction from the globe's middle. Around a place the scene's own headings of the
// sea count, their shores winding; without a map they fade from afar.
float seaShare(vec3 p, vec3 n, vec3 e, float footprint) {
	float mapped = max(-globe.w, 0.0), map = globe.z;
	if (mapped > 0.0) map = charted(e, footprint);
	// Past the limb of the globe seen from above the place, q is short again.
	if (coastHalf.x <= 0.0 && veil.w <= 0.0 || dot(n, cross(coastEast.xyz, coastNorth.xyz)) < 0.5) return mix(globe.z, map, mapped);
	vec2 q = vec2(dot(coastEast.xyz, p) + coastEast.w, dot(coastNorth.xyz, p) + coastNorth.w);
	float r = length(q);
	if (mapped >= 1.0 && r > veil.w) return map;
	if (r < 1.0) { // the place itself has no heading
		q = vec2(0.0, 1.0);
		r = 1.0;
	}
	float far = log2(r / veil.z);
	vec3 at = vec3(far * 1.6, q / r * 1.3);
	float winding = valueNoise(at + 11.0) + 0.5 * valueNoise(at * 2.7) + 0.25 * valueNoise(at * 7.1) - 0.875;
	float own = globe.z;
	if (coastHalf.x > 0.0) {
		float heading = atan(q.x, q.y) + 0.28 * smoothstep(0.0, 2.5, far) * winding;
		vec4 away = abs(fract((heading - coastMid) / (2.0 * PI) + 0.5) - 0.5) * (2.0 * PI);
		vec4 in4 = coastHalf - away;
		float inside = max(max(in4.x, in4.y), max(in4.z, in4.w)), blur = footprint * ball.z / r;
		own = smoothstep(-blur, blur, inside);
	}
	float beyond = smoothstep(0.485, 0.515, (r * (1.0 + 0.3 * winding) - veil.z) / max(veil.w - veil.z, 1.0));
	return mix(mix(own, globe.z, smoothstep(3.0e5, 2.0e6, r)), mix(own, map, beyond), mapped);
}

// The share of the globe's image at p, metres away: around the place of the scene, where it is
// blurred and knows nothing of the scene, the globe goes on from the scene's ground, less far
// where it is seen from orbit and the image is sharp.
float imaged(vec3 p, vec3 n, float metres) {
	if (veil.w <= 0.0 || dot(n, cross(coastEast.xyz, coastNorth.xyz)) < 0.5) return 1.0;
	float whole = mix(veil.w, min(veil.w, 2.0 * veil.z), smoothstep(5e4, 3e5, metres));
	return smoothstep(veil.z, whole, length(vec2(dot(coastEast.xyz, p) + coastEast.w, dot(coastNorth.xyz, p) + coastNorth.w)));
}

// From and to how many metres the light of the globe's sea as of tiles' water, which it goes
// on from, becomes that of an ocean from afar.
const vec2 OCEAN = vec2(1.5e5, 6e5);
const vec3 SEA = vec3(0.0116, 0.0482, 0.0762); // geo/cover: seaColor, linear

#if DRAPED
// A base colour below what drapes have left, as the G-buffer of tiles is blended.
vec3 laidOver(vec3 base, vec4 laid) { return unpackBase(packBase(base) * (1.0 - laid.a) + laid.rgb); }
#endif

// The light of the sea at d metres along the look, as surfaces of tiles get theirs
// (lighting_model.glsl): n is up there, sun its irradiance, laid what drapes have left.
vec3 nearSea(vec3 d, float metres, vec3 n, vec3 sun, float pixelAngle, vec4 laid) {
	vec2 p = vec2(dot(waveEast.xyz, d) * metres + waveEast.w, dot(waveNorth.xyz, d) * metres + waveNorth.w);
	Waves w = wavesAt(p, metres * pixelAngle, -dot(d, n), frame.clock.x);
	vec3 east = normalize(cross(vec3(0.0, 1.0, 0.0), n)), north = cross(n, east);
#if SHADE == 1
	sun *= layerShade(d * metres);
#elif SHADE == 2
	sun *= bodyShade(d * metres);
#endif
	vec3 m = wavyNormal(w, n, n, east, north, -d, metres), l = sunDir.xyz;
	float nv = max(dot(m, -d), 1e-3), nl = max(dot(m, l), 0.0), alpha = wavyAlpha(w), roughness = clamp(sqrt(alpha), 0.05, 0.5);
	vec3 around = textureLod(probe, octEncode(m) * 0.5 + 0.5, 4.0).rgb; // nearly what irradiance holds
	vec3 body = waterBody(SEA, metres);
#if DRAPED
	body = laidOver(body, laid);
#endif
	vec3 light = body * (sun * (nl / PI) + around);
	vec2 share = environmentShare(roughness, nv);
	light += (0.0207 * share.x + share.y) * textureLod(probe, octEncode(reflect(d, m)) * 0.5 + 0.5, floor(roughness * 4.0 + 0.5)).rgb;
	if (nl > 0.0) {
		vec3 h = normalize(l - d), x = cross(m, h);
		float nh = dot(m, h), a = max(roughness * roughness, 0.006), k = a / (dot(x, x) + nh * nh * a * a);
		float V = 0.5 / max(nl * sqrt(nv * nv * (1.0 - a * a) + a * a) + nv * sqrt(nl * nl * (1.0 - a * a) + a * a), 1e-4);
		light += sun * nl * min(k * k / PI, 8000.0) * V * (0.0207 + 0.9793 * pow(1.0 - min(dot(l, h), 1.0), 5.0));
	}
	return light;
}

// Radiance of the globe along d, without the air before it.
vec3 globeRadiance(vec3 d, float pixelAngle) {
	float t = globeHit(d);
	vec3 bent = d + pole.xyz * (pole.w * dot(pole.xyz, d));
	vec3 n = normalize(up.xyz * up.w + bent * t);
	vec3 e = normalize((frame.toEcef * vec4(n, 0.0)).xyz);
	float muSun = dot(n, sunBent.xyz), muView = clamp(dot(n, -normalize(bent)), 0.0, 1.0);
	float footprint = t * pixelAngle / ball.z / max(muView, 0.12);
	vec3 sun = sunlight(transmittanceTable, 0.0, muSun) * sunLight.rgb;
	vec3 sky = multiple(multipleTable, 0.0, muSun) * sunLight.rgb * (2.2 * PI);
	vec3 night = moonLight.rgb * max(dot(n, moonDir.xyz), 0.0) + PI * nightGlow.rgb;

	float water = globe.z, image = max(globe.w, 0.0) * imaged(d * t, n, t);
	vec3 geodetic = normalize(vec3(e.xy, e.z * (1.0 + pole.w))); // e is by reduced latitude
	vec3 albedo = vec3(0.0);
	if (image < 1.0) {
		vec4 m = textureLod(landMap, equirect(e), equirectLevel(landMap, footprint));
		water = seaShare(d * t, n, geodetic, footprint);
		float mapped = max(-globe.w, 0.0);
		if (mapped > 0.0 && water < 1.0) m.r += mapped * grain(e, footprint);
		vec3 green = mix(vec3(0.030, 0.050, 0.018), vec3(0.085, 0.095, 0.042), smoothstep(0.3, 0.7, m.r));
		green = mix(green, vec3(0.020, 0.040, 0.014) * (0.6 + 0.8 * m.r), m.b);
		albedo = mix(green, vec3(0.30, 0.21, 0.12), clamp(m.g * 1.2 + (m.r - 0.5) * 1.6 - m.b, 0.0, 1.0));
		float ice = mapped * m.a;
		albedo = mix(albedo, vec3(0.105, 0.100, 0.078), 0.8 * mapped * smoothstep(0.82, 0.94, abs(e.z))); // tundra
		albedo = mix(albedo, vec3(0.70, 0.73, 0.76), ice);
		water *= 1.0 - ice; // the sea freezes
		// What lies near goes on from the ground of the scene (geo/terrain: palette.go).
		float far = globe.w > 0.5 ? 0.0 : smoothstep(60.0, 600.0, t * ball.w);
		albedo = mix(vec3(0.136, 0.151, 0.050), albedo, far);
		albedo = mix(albedo, vec3(0.68, 0.70, 0.73), smoothstep(0.0, 0.9, frame.exposure.x) * (1.0 - far));
	}
	if (image > 0.0) {
		vec4 c = textureLod(globeImage, equirect(geodetic), equirectLevel(globeImage, footprint));
		albedo = mix(albedo, c.rgb, image);
		water = mix(water, 1.0 - c.a, image);
	}
	// Rough land mirrors a little of the sky too: environmentShare of its roughness, from above.
	float rough = 0.035 * (1.0 - water), open = water;
	vec4 laid = vec4(0.0);
#if DRAPED
	// Over nothing square roots were blended. What is laid over water keeps a part of its gloss.
	laid = texelFetch(drapeColor, ivec2(gl_FragCoord.xy), 0);
	water *= 1.0 - laid.a;
	rough *= 1.0 - laid.a;
#endif
	// Deep water sends back blue; shelves and plankton vary it a little.
	vec3 deep = vec3(0.0035, 0.0125, 0.033);
#if DRAPED
	albedo = laidOver(mix(albedo, deep, open), laid);
#else
	albedo = mix(albedo, deep, water);
#endif
	vec3 light = (albedo * sun * max(muSun, 0.0) + (albedo + rough) * (0.92 * sky + night)) / PI;
	if (open > 0.0) {
		// Glitter of a wind-roughened sea (Cox and Munk 1954: slope variance ≈ 0.04).
		vec3 v = -normalize(bent), h = normalize(v + sunBent.xyz);
		float high = smoothstep(5.0, 60.0, eyeKm.x);
		float nh = max(dot(n, h), 1e-3), nl = max(muSun, 0.0);
		float c2 = nh * nh, slope = mix(0.014, 0.034, high);
		float D = exp(-(1.0 - c2) / (c2 * slope)) / (PI * slope * c2 * c2);
		float fh = 0.02 + 0.98 * pow(1.0 - clamp(dot(v, h), 0.0, 1.0), 5.0);
		float G = 1.0 / (1.0 + 0.6 * sqrt(slope) / max(min(nl, muView), 0.05));
		light += water * sun * min(D * fh * G / (4.0 * max(muView, 0.08)), mix(20.0, 0.7, high)) * smoothstep(0.0, 0.08, nl);
		// Waves tip a flat look up: the sea mirrors the sky above the horizon, less than a
		// plate would. Near the ground that sky is the probe's.
		float fv = 0.02 + 0.98 * pow(1.0 - muView, 5.0) * mix(0.6, 0.35, high);
		vec3 r = reflect(d, n);
		r.z = abs(r.z) + 0.12;
		vec3 mirrored = mix(textureLod(probe, octEncode(normalize(r)) * 0.5 + 0.5, 1.0).rgb, sky / PI * 0.8, high);
		light += water * fv * mirrored;
		float near = open * (1.0 - smoothstep(OCEAN.x, OCEAN.y, t));
		if (near > 0.0) light = mix(light, nearSea(d, t, n, sun, pixelAngle, laid), near);
	}
#if DRAPED
	light += texelFetch(drapeLight, ivec2(gl_FragCoord.xy), 0).rgb;
#endif

#if CLOUDS == 1 || CLOUDS == 2
	{
		float w = globe.y, level = equirectLevel(cloudMap, footprint);
		vec2 at = equirect(e);
		float field = textureLod(cloudMap, at, level).r;
#if CLOUDS == 2
		field += billows(e, footprint);
#endif
		float density = cloudDensity(field);
		// Towards the sun over the map, a unit being a radian of the globe.
		vec3 toSun = (frame.toEcef * vec4(sunBent.xyz, 0.0)).xyz;
		vec3 east = vec3(-e.y, e.x, 0.0) * inversesqrt(max(e.x * e.x + e.y * e.y, 1e-4));
		vec2 along = vec2(dot(toSun, east) * inversesqrt(max(1.0 - e.z * e.z, 1e-3)) / (2.0 * PI), dot(toSun, cross(e, east)) / PI);
		// Relief: lit where the field falls towards the sun. A step of 14 km or a pixel.
		float ahead = textureLod(cloudMap, at + along * max(0.0022, footprint), level).r;
		float grazing = sqrt(max(0.0, 1.0 - muSun * muSun));
		float relief = clamp(1.0 + (field - ahead) * (2.5 + 3.5 * grazing) - 0.28 * density * grazing, 0.3, 1.5);
		vec3 sunHigh = sunlight(transmittanceTable, 7.0, muSun) * sunLight.rgb;
		vec3 skyHigh = multiple(multipleTable, 5.0, muSun) * sunLight.rgb * (2.4 * PI);
		float thick = mix(0.45, 0.92, smoothstep(0.0, 0.3, field - rise.w)); // it goes on to grow where they hide all
		vec3 cloud = thick / PI * (sunHigh * relief * smoothstep(-0.06, 0.22, muSun) * mix(max(muSun, 0.0), 1.0, 0.18) + skyHigh + 1.5 * night);
		// Their shadow falls away from the sun on sea and land.
		float over = cloudDensity(textureLod(cloudMap, at + along * 0.0016, level).r);
		float shade = 1.0 - 0.5 * w * over;
		light = mix(light * shade, cloud, w * density * (1.0 - 0.25 * (1.0 - density)));
	}
#endif
	return light;
}

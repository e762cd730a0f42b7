// A layer of clouds over the place: a field on the planes of a cube around the Earth, which
// turns with it, cut to what the cover says. Go: layerOf (cloudlayer.go).
#include "sky_uniforms.glsl"
#include "cloud_turns.glsl"
uniform sampler2D cloudTile;

// What the field at coordinates of a plane has over its mean; banks is the share of what is as
// wide as a country.
float layerField(vec2 at, float level, float banks) {
	float x = 0.49 * (textureLod(cloudTile, at, level).r - FIELD_MEAN)
		+ 0.454 * (textureLod(cloudTile, FIELD_TURN * at, level + 0.77).r - FIELD_MEAN);
	if (level < 3.0) x += 0.15 * smoothstep(3.0, 2.0, level) * (textureLod(cloudTile, FIELD_FINE * at, level + 3.19).r - FIELD_MEAN);
	if (banks > 0.0) x = sqrt(1.0 - banks * banks) * x + 0.685 * banks * (textureLod(cloudTile, FIELD_BANKS * at, max(level - 3.07, 0.0)).r - FIELD_MEAN);
	return FIELD_MEAN + x;
}

// Density at a point of the eye frame, 0 to 1 and more where it is thick, seen by pixels of
// a size in metres; more is added to the field.
float layerDensity(vec3 p, float footprint, float more) {
	float level = max(log2(footprint * layerU[0].w * float(textureSize(cloudTile, 0).x)), 0.0);
	float field = layerAt[0].w, banks = banksAt(length(p));
	for (int k = 0; k < 3; k++)
		if (layerAt[k].z > 0.0)
			field += layerAt[k].z * layerField(layerAt[k].xy + vec2(dot(layerU[k].xyz, p), dot(layerV[k].xyz, p)), level, banks);
	float x = max((field + more - layerV[0].w) * (1.0 / 0.24), 0.0);
	return x < 1.0 ? x * x * (3.0 - 2.0 * x) : x;
}

float layerDensity(vec3 p, float footprint) { return layerDensity(p, footprint, 0.0); }

// What another copy of the field has over its mean, of clusters 20 km wide: seen from high
// above, what the globe's clouds leave thins to them.
float layerBanks(vec3 p, float footprint) {
	float level = max(log2(footprint * layerU[0].w * float(textureSize(cloudTile, 0).x) * 0.28), 0.0), x = 0.0;
	for (int k = 0; k < 3; k++)
		if (layerAt[k].z > 0.0)
			x += layerAt[k].z * (textureLod(cloudTile, FIELD_CLUSTERS * (layerAt[k].xy + vec2(dot(layerU[k].xyz, p), dot(layerV[k].xyz, p))), level).r - FIELD_MEAN);
	return x;
}

// Metres to the layer along a ray; below 0 where the ray misses it.
float layerHit(vec3 d) {
	float r = ball.z + eyeKm.x / ball.w, b = r * d.z, c = layer.z * (2.0 * r + layer.z), disc = b * b + c;
	if (layer.z >= 0.0) return c / (b + sqrt(disc));
	return b < 0.0 && disc > 0.0 ? c / (b - sqrt(disc)) : -1.0;
}

float layerAlpha(float density) { return 1.0 - exp(-5.0 * density * density); }

// The share of the sun that the layer lets through to a point below it.
float layerShade(vec3 p) {
	float up = (layer.z - p.z) / max(sunDir.z, 0.06);
	return mix(1.0, 0.16, layer.y * layerAlpha(layerDensity(p + sunDir.xyz * max(up, 0.0), 150.0)) * smoothstep(0.0, 0.06, sunDir.z) * step(0.0, up));
}

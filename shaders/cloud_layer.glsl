// A layer of clouds over the place: a field on the planes of a cube around the Earth, which
// turns with it, cut to what the cover says. Go: layerOf (cloudlayer.go).
#include "sky_uniforms.glsl"
uniform sampler2D cloudTile;

// The field at coordinates of a plane. Two turned copies hide the repetition; whole
// factors let all three repeat together.
float layerField(vec2 at, float level) {
	float a = textureLod(cloudTile, at, level).r;
	float b = textureLod(cloudTile, mat2(3.0, 2.0, -2.0, 3.0) * at + 0.37, level + 1.85).r;
	float c = textureLod(cloudTile, mat2(-8.0, 10.0, -10.0, -8.0) * at + 0.71, level + 3.68).r;
	return 0.62 * a + 0.27 * b + 0.11 * c;
}

// Density at a point of the eye frame, 0 to 1 and more where it is thick, seen by pixels of
// a size in metres; more is added to the field.
float layerDensity(vec3 p, float footprint, float more) {
	float level = max(log2(footprint * layerU[0].w * float(textureSize(cloudTile, 0).x)), 0.0);
	float field = layerAt[0].w;
	for (int k = 0; k < 3; k++)
		if (layerAt[k].z > 0.0)
			field += layerAt[k].z * layerField(layerAt[k].xy + vec2(dot(layerU[k].xyz, p), dot(layerV[k].xyz, p)), level);
	float x = max((field + more - layerV[0].w) * (1.0 / 0.24), 0.0);
	return x < 1.0 ? x * x * (3.0 - 2.0 * x) : x;
}

float layerDensity(vec3 p, float footprint) { return layerDensity(p, footprint, 0.0); }

// The field with a period eight times as long (layerBanks), turned: what breaks up rows of the
// same clouds from high above.
float layerBanks(vec3 p, float footprint) {
	float level = max(log2(footprint * layerU[0].w * float(textureSize(cloudTile, 0).x) * 0.28), 0.0), field = layerAt[0].w;
	for (int k = 0; k < 3; k++)
		if (layerAt[k].z > 0.0)
			field += layerAt[k].z * textureLod(cloudTile, mat2(0.25, 0.125, -0.125, 0.25) * (layerAt[k].xy + vec2(dot(layerU[k].xyz, p), dot(layerV[k].xyz, p))), level).r;
	return field;
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

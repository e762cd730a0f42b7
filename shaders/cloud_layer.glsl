// A layer of clouds over the place: a field on a plane that turns with the Earth, cut to
// what the cover says. Go: layerOf (cloudlayer.go).
#include "sky_uniforms.glsl"
uniform sampler2D cloudTile;

// Eye-frame metres of a point of the layer to the field's coordinates.
vec2 layerAt(vec3 p) { return layer.xy + vec2(dot(layerU.xyz, p), dot(layerV.xyz, p)); }

// Density, 0 to 1 and more where it is thick, seen by pixels of a size in metres. Two turned copies hide the repetition.
float layerDensity(vec2 at, float footprint) {
	float level = max(log2(footprint * layerU.w * float(textureSize(cloudTile, 0).x)), 0.0);
	float a = textureLod(cloudTile, at, level).r;
	float b = textureLod(cloudTile, mat2(2.9, 2.1, -2.1, 2.9) * at + 0.37, level + 1.84).r;
	float c = textureLod(cloudTile, mat2(-7.9, 9.7, -9.7, -7.9) * at + 0.71, level + 3.64).r;
	float x = max((0.62 * a + 0.27 * b + 0.11 * c - layerV.w) * (1.0 / 0.24), 0.0);
	return x < 1.0 ? x * x * (3.0 - 2.0 * x) : x;
}

// Metres to the layer along a ray that starts below it.
float layerHit(vec3 d) {
	float r = ball.z + eyeKm.x / ball.w, b = r * d.z;
	return layer.z * (2.0 * r + layer.z) / (b + sqrt(b * b + layer.z * (2.0 * r + layer.z)));
}

float layerAlpha(float density) { return 1.0 - exp(-5.0 * density * density); }

// The share of the sun that the layer lets through to a point below it.
float layerShade(vec3 p) {
	float up = max(layer.z - p.z, 0.0) / max(sunDir.z, 0.06);
	return mix(1.0, 0.16, layer.w * layerAlpha(layerDensity(layerAt(p + sunDir.xyz * up), 150.0)) * smoothstep(0.0, 0.06, sunDir.z));
}

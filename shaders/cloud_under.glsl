// The layer of clouds from below. Its base is grey where it is thick; thin parts and rims
// towards the sun let its light through.
#include "cloud_layer.glsl"

// Light and cover of the layer along d, t metres away, seen by pixels of a size in metres.
vec4 layerBelow(vec3 d, float t, float footprint) {
	vec3 q = d * t;
	float density = layerDensity(q, footprint);
	float alpha = layer.w * layerAlpha(density) * smoothstep(9e4, 3e4, t);
	vec3 level = vec3(sunDir.xy, 0.0) * inversesqrt(max(dot(sunDir.xy, sunDir.xy), 1e-4));
	float ahead = layerDensity(q + level * 260.0, footprint + 80.0);
	float nu = dot(d, sunDir.xyz), g = 0.72;
	float phase = 0.25 * (1.0 - g * g) / pow(max(1.0 + g * g - 2.0 * g * nu, 1e-3), 1.5) + 0.75;
	vec3 sun = mix(sunLow.rgb, sunHigh.rgb, 0.3);
	vec3 sky = multiple(multipleTable, 1.5, sunDir.w) * sunLight.rgb * (2.4 * PI);
	float within = exp(-1.5 * density - 1.1 * ahead);
	return vec4((sun * (0.16 + 0.95 * within * phase) + sky * mix(1.0, 0.45, density) + 2.5 * PI * nightGlow.rgb + moonLight.rgb * within) / PI, alpha);
}

// The cloud layer from above, and from within: over the lit picture, before what lies
// behind it. Out: premultiplied.
#include "frame.glsl"
#include "atmosphere.glsl"
#include "sky_uniforms.glsl"
#include "cloud_layer.glsl"
#include "cloud_globe.glsl"
#include "aerial.glsl"
uniform sampler2D depthMap;
uniform sampler2D multipleTable;
in vec2 uv;
out vec4 color;

void main() {
	float depth = texelFetch(depthMap, ivec2(gl_FragCoord.xy), 0).r;
	vec3 ray = viewRay(uv), d = normalize(ray);
	float scene = depth > 0.0 ? viewDepth(depth) * length(ray) : 1e7;
	vec3 sun = mix(sunLow.rgb, sunHigh.rgb, 0.3);
	vec3 sky = multiple(multipleTable, 1.5, sunDir.w) * sunLight.rgb * (2.4 * PI) + moonLight.rgb * max(moonDir.z, 0.0) + 2.5 * PI * nightGlow.rgb;
	vec4 sum = vec4(0.0);
	float t = layer.z < 0.0 ? layerHit(d) : -1.0;
	if (t > 0.0 && t < scene) {
		float grazing = max(-d.z, 0.02), footprint = t * 2.0 * frame.rayUp.w * frame.size.w / length(ray) * inversesqrt(grazing);
		vec3 p = d * t, level = vec3(sunDir.xy, 0.0) * inversesqrt(max(dot(sunDir.xy, sunDir.xy), 1e-4));
		// From high above the globe's clouds lie in it as banks, whose edges the field breaks up,
		// at last by as much as at a cover of a half: the mean of map is the cover.
		float banks = 0.0;
		if (layerV[1].w > 0.0) {
			vec3 bent = d + pole.xyz * (pole.w * dot(pole.xyz, d));
			vec3 e = normalize((frame.toEcef * vec4(up.xyz * up.w + bent * t, 0.0)).xyz);
			float map = cloudDensity(textureLod(cloudMap, equirect(e), equirectLevel(cloudMap, footprint / ball.z)).r);
			float w = layerV[1].w;
			banks = w * (map - mix(globe.x, 0.5, w) + w * (layerV[0].w - layerV[2].w)) + min(2.0 * w, 1.0) * layerBanks(p, footprint);
		}
		float density = layerDensity(p, footprint, banks), ahead = layerDensity(p + level * 260.0, footprint + 80.0, banks);
		// Heaps are as high as wide: a flat look meets more of them. What stands in the
		// layer goes into it softly.
		float alpha = 1.0 - pow(1.0 - layerAlpha(density), 0.5 + 0.5 / grazing);
		alpha *= (depth > 0.0 ? layerU[2].w : layerU[1].w) * smoothstep(0.0, 300.0, scene - t);
		float relief = clamp(1.0 + 0.9 * (density - ahead), 0.35, 1.5);
		vec3 light = (sun * relief * (0.2 + 0.8 * max(sunDir.z, 0.0)) + sky) * mix(0.55, 0.9, min(density, 1.0)) / PI;
		vec4 air = aerialByDepth(bend(d), t * ball.w);
		sum = vec4(light * throughColor(air.a) + air.rgb, 1.0) * alpha;
	}
	if (layer.x > 0.0) { // within: white around the eye where there is cloud
		float alpha = layer.x * layerAlpha(layerDensity(vec3(0.0), 200.0)) * (1.0 - exp(-scene / 150.0));
		vec3 light = (sun * 0.7 + sky) * 0.85 / PI;
		sum = sum * (1.0 - alpha) + vec4(light, 1.0) * alpha;
	}
	color = sum;
}

// Puts reflections in the place of the probe's share: added to the lit picture as the
// difference between the two. The filter widens with roughness and keeps to the surface.
//!define HALF 0 1
#include "frame.glsl"
#include "gbuffer.glsl"
#include "surface.glsl"
#include "atmosphere.glsl"
#include "sky_uniforms.glsl"
#include "sky_directions.glsl"
#include "lighting_model.glsl"
uniform sampler2D reflections;
uniform sampler2D linearDepth;
uniform sampler2D gBase;
uniform sampler2D gNormal;
uniform sampler2D gProperties;
uniform sampler2D aoMap;
uniform float maxRoughness;
in vec2 uv;
out vec4 color;

void main() {
	ivec2 p = ivec2(gl_FragCoord.xy);
	vec2 own = middle(p);
	float z = textureLod(linearDepth, own, 0.0).r;
	vec4 base = textureLod(gBase, own, 0.0);
	color = vec4(0.0, 0.0, 0.0, 1.0);
	if (z < 5e11 && base.a <= maxRoughness) {
#if HALF
		const float scale = 2.0;
#else
		const float scale = 1.0;
#endif
		ivec2 last = textureSize(reflections, 0) - 1, lastFull = textureSize(linearDepth, 0) - 1;
		vec2 at = vec2(p) / scale;
		ivec2 center = ivec2(floor(at + 0.5));
		// Rough surfaces smear along the vertical, as wet streets do.
		vec2 spread = 1.0 + base.a * vec2(3.0, 10.0) / scale;
		vec4 sum = vec4(0.0);
		float weight = 0.0;
		for (int k = 0; k < 5; k++) {
			ivec2 o = k == 0 ? ivec2(0) : ivec2((k & 1) * 2 - 1, (k & 2) - 1);
			ivec2 q = clamp(center + ivec2(round(vec2(o) * spread)), ivec2(0), last);
			float away = (textureLod(linearDepth, middle(min(q * int(scale), lastFull)), 0.0).r - z) / z;
			float w = (k == 0 ? 2.0 : 1.0) / (1.0 + away * away * 400.0);
			vec4 s = textureLod(reflections, (vec2(q) + 0.5) / vec2(last + 1), 0.0);
			if (s.a < 0.0) { // doubtful: where nothing beside it is known
				s.a = -s.a;
				w *= 0.02;
			}
			// Compressed, so that one bright hit does not flood its neighbours.
			sum += vec4(s.rgb / (1.0 + max(s.r, max(s.g, s.b))) * s.a, s.a) * w;
			weight += w;
		}
		sum /= max(weight, 1e-4);
		if (sum.a >= 0.003) {
			vec3 seen = sum.rgb / sum.a;
			seen /= max(1.0 - max(seen.r, max(seen.g, seen.b)), 0.02);
			GBuffer g = unpackGBuffer(base, textureLod(gNormal, own, 0.0).rg, textureLod(gProperties, own, 0.0));
			vec3 position = viewRay(uv) * z, v = -normalize(position);
			float nv = max(dot(g.normal, v), 1e-3);
			Bsdf b = bsdfOf(g);
			vec2 open = textureLod(aoMap, own, 0.0).rg;
			float ao = min(open.r, g.ao);
			vec2 share = environmentShare(g.roughness, nv);
			vec3 fresnel = (b.f0 * share.x + share.y) * (1.0 + b.f0 * (1.0 / max(share.x + share.y, 0.1) - 1.0));
			vec3 probed = probeSpecular(reflect(-v, g.normal), g.roughness) * specularOcclusion(nv, ao, g.roughness) * mirroredSky(open.g, g.roughness);
			// The air takes its part, near enough by the distance alone.
			color.rgb = (seen - probed) * sum.a * fresnel * exp(-length(position) * (4e-6 + 1.2e-5 * eyeKm.w));
		}
	}
}

// Lights the G-buffer and adds the air before it. MOON is by whether it is up, EMISSION
// by whether anything shines,
// LIGHTS by whether lamps are near.
//!define MOON 0 1
//!define EMISSION 1 0
//!define LIGHTS 0 1
// LAYER by whether clouds are above: 1 a flat layer, 2 clouds with bodies.
//!define LAYER 0 1 2
// SHADE by whether mountains may keep the low sun off what lies beyond the cascades.
//!define SHADE 0 1
#include "frame.glsl"
#include "gbuffer.glsl"
#include "surface.glsl"
#include "shadow.glsl"
#include "contact.glsl"
#include "atmosphere.glsl"
#include "sky_uniforms.glsl"
#include "sky_directions.glsl"
#include "cloud_turns.glsl"
#include "lighting_model.glsl"
#include "aerial.glsl"
#if LAYER == 1
#include "cloud_layer.glsl"
#elif LAYER == 2
#include "cloud_shade.glsl"
#endif
#if LIGHTS
#include "lights.glsl"
#endif
#if SHADE
#include "ground_shade.glsl"

// The share of the sun that the ground leaves to a surface beyond the cascades. The map's
// texels are means of the ground, so that what stands in one is looked at from above it.
float farShade(vec3 p) {
	const float above = 40.0; // metres
	float end = frame.counts.y == 0u ? 500.0 : cascadeOf(frame.cascadeSplit, int(frame.counts.y) - 1);
	return mix(1.0, shadeAt(p + up.xyz * above), smoothstep(0.6 * end, end, depthOf(p)));
}
#endif
uniform sampler2D gBase;
uniform sampler2D gNormal;
uniform sampler2D gProperties;
uniform sampler2D gEmission;
uniform sampler2D linearDepth;
uniform sampler2D aoMap;
in vec2 uv;
out vec4 color;

void main() {
	float z = textureLod(linearDepth, uv, 0.0).r;
	GBuffer g = unpackGBuffer(textureLod(gBase, uv, 0.0), textureLod(gNormal, uv, 0.0).rg, textureLod(gProperties, uv, 0.0));
	vec3 position = viewRay(uv) * z, v = -normalize(position);
	float distance = length(position);
#if EMISSION
	vec3 light = textureLod(gEmission, uv, 0.0).rgb;
#else
	vec3 light = vec3(0.0);
#endif
	if (g.model != MODEL_UNLIT) {
		float nv = max(dot(g.normal, v), 1e-3);
		Bsdf b = bsdfOf(g);
		vec2 open = textureLod(aoMap, uv, 0.0).rg;
		float ao = min(open.r, g.ao);
#if EMISSION
		if (g.model == MODEL_ROOM) light *= multiBounce(open.r, g.base);
#endif
#if AIR == 0
		vec3 sun = sunNear(position);
#else
		vec3 sun = sunAt(position);
#endif
#if LAYER == 1
		sun *= layerShade(position);
#elif LAYER == 2
		sun *= bodyShade(position);
#endif
		// A leaf lets light through, so the side that it shows has no say in its shadow.
		float shadow = sunShadow(position, g.model == MODEL_FOLIAGE ? frame.sun.xyz : g.normal);
#if CONTACT
		if (g.model != MODEL_FOLIAGE && shadow > 0.0) shadow *= contactShadow(linearDepth, position, g.normal, z);
#endif
#if SHADE
		shadow *= farShade(position);
#endif
		light += sun * shadow * direct(b, g.normal, v, frame.sun.xyz, nv);
#if MOON
		light += moonLight.rgb * ao * direct(b, g.normal, v, frame.moon.xyz, nv);
#endif
#if LIGHTS
		light += ao * localLights(b, position, g.normal, v, nv, g.model == MODEL_FOLIAGE, z); // they cast no shadows
#endif
		if (g.model == MODEL_FOLIAGE) {
			// Leaves let a part of the sun through, yellower than they reflect it.
			float back = max(dot(-g.normal, frame.sun.xyz), 0.0), towards = pow(max(dot(-v, frame.sun.xyz), 0.0), 4.0);
			vec3 leaf = b.diffuse * vec3(1.25, 1.15, 0.55);
			light += sun * leaf / PI * (0.35 * back + 0.35 * towards) * shadow;
		}
		vec2 share = environmentShare(g.roughness, nv);
		vec3 r = reflect(-v, g.normal);
		vec3 mirror = probeSpecular(r, g.roughness) * (b.f0 * share.x + share.y);
		vec3 energy = 1.0 + b.f0 * (1.0 / max(share.x + share.y, 0.1) - 1.0);
		light += mirror * energy * specularOcclusion(nv, ao, g.roughness) * mirroredSky(open.g, g.roughness);
		light += probeDiffuse(g.normal) * skyOrWalls(open.g) * b.diffuse * multiBounce(ao, b.diffuse) * (1.0 - (b.f0 * share.x + share.y));
	}
	vec4 air = aerial(uv, -v, distance);
	// An alpha of 2 keeps data colours out of the tone curve, but where it is the cover of a
	// transparent sky.
	color = vec4(light * throughColor(air.a) + air.rgb, g.model == MODEL_UNLIT ? 2.0 - frame.exposure.w : 1.0);
}

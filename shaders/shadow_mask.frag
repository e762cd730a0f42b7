// The sun's share of what the picture shows, as the lighting takes it: for those who look
// at it alone.
#include "frame.glsl"
#include "gbuffer.glsl"
#include "surface.glsl"
#include "shadow.glsl"
#include "contact.glsl"
uniform sampler2D gNormal;
uniform sampler2D gProperties;
uniform sampler2D linearDepth;
in vec2 uv;
out float color;

void main() {
	ivec2 p = ivec2(gl_FragCoord.xy);
	float z = texelFetch(linearDepth, p, 0).r;
	vec3 n = unpackNormal(texelFetch(gNormal, p, 0).rg);
	bool leaf = modelOf(texelFetch(gProperties, p, 0).a) == MODEL_FOLIAGE;
	color = z > 5e11 ? 1.0 : sunShadow(viewRay(uv) * z, leaf ? frame.sun.xyz : n);
#if CONTACT
	if (z < 5e11 && !leaf && color > 0.0) color *= contactShadow(linearDepth, viewRay(uv) * z, n, z);
#endif
}

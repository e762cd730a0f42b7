// The G-buffer: 20 bytes a pixel.
//
//	depth  D32F        reversed, infinite: near / view depth; 0 = sky
//	0      RGBA8       square root of the base colour (software takes longer for sRGB), perceptual roughness
//	1      RG16        octahedral normal in the eye frame, 0..1
//	2      RGBA8       metallic, reflectance, material AO, model + 9 · order of what lies flat, at most 27
//	3      RG16        plane of the triangle, as the normal; only with PLANES, without it the next are 3 and 4
//	4      R11G11B10F  emission; the lighting pass adds to it
//	5      R32UI       feature id, only where something reads it
#include "common.glsl"

struct GBuffer {
	vec3 base;
	float roughness;
	vec3 normal;
	float metallic;
	float reflectance;
	float ao;
	uint model;
};

// The model and the order of what lies flat in one number.
float packModel(uint model, uint order) { return float(model + 9u * min(order, 27u)) / 255.0; }
float flatOrder(float held) { return floor((held * 255.0 + 0.5) / 9.0); }
uint modelOf(float held) { return uint(held * 255.0 + 0.5 - 9.0 * flatOrder(held)); }

vec2 packNormal(vec3 n) { return octEncode(n) * 0.5 + 0.5; }
vec3 unpackNormal(vec2 e) { return octDecode(e * 2.0 - 1.0); }

GBuffer unpackGBuffer(vec4 g0, vec2 g1, vec4 g2) {
	GBuffer g;
	g.base = unpackBase(g0.rgb);
	g.roughness = g0.a;
	g.normal = unpackNormal(g1);
	g.metallic = g2.r;
	g.reflectance = g2.g;
	g.ao = g2.b;
	g.model = modelOf(g2.a);
	return g;
}

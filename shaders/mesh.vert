// Meshes and instances, for the G-buffer and for blended drawing.
//!define INSTANCED 0 1
// HIGH by whether the eye is so high that the globe hides things.
//!define HIGH 0 1
// Of animated surfaces (effect.frag); 2 = projected ones.
//!define EFFECT 0 1 2
//!define COAT 0 1
#include "frame.glsl"
#include "common.glsl"
#include "draws.glsl"
#if HIGH
#include "horizon.glsl"
#endif
layout(location = 0) in vec3 position;
layout(location = 1) in vec2 normal; // octahedral
layout(location = 2) in vec4 color;  // sRGB
layout(location = 3) in vec2 uv;
layout(location = 4) in uint feature;
uniform vec4 materialColor;    // linear factor
uniform vec4 materialEmission; // rgb

#if HIGH
out float gl_CullDistance[1]; // of all three corners below 0: not drawn
#endif
out vec3 eyePos;
out vec3 localPos;
out vec3 eyeNormal;
out vec4 vertexColor; // linear, with the factors of material and draw
out vec3 glow;        // emission
out vec2 texCoord;
flat out vec4 placeUp; // xyz up at the mesh's place, eye frame; w the draw's fade
flat out uint featureId;
flat out uint paint; // the vertex colour's bytes
flat out uint idBase;
flat out uint order; // of what lies flat: depth is short by 1e-4 of it for each
#if COAT
uniform vec4 coatFrom;
uniform vec4 coatTo;
uniform vec4 coatShape;
flat out vec2 stand; // z of the feature's foot; 1 / metres up to the upper colour
#endif
#if EFFECT
flat out uint cycles; // of the effect since time 0, in 65536ths
#endif
#if EFFECT == 2
flat out vec4 toBox0; // rows from the eye frame to the mesh's own
flat out vec4 toBox1;
flat out vec4 toBox2;
#endif

void main() {
	Draw d = drawOf(uint(gl_BaseInstanceARB));
	idBase = d.idBase;
	order = uint((d.eyeLow.w - 1.0) * 1e4 + 0.5);
	vec3 p = position, n = octDecode(normal);
	vertexColor = vec4(srgbDecode(color.rgb), color.a);
	featureId = feature;
	paint = packUnorm4x8(color);
#if INSTANCED
	Instance i = instances[d.instances + uint(gl_InstanceID)];
#if EFFECT
	p = placeInstance(i, p);
	n = turnInstance(i, n);
#else
	p = placeInstance(i, spun(d, i, vec4(p, 1.0)));
	n = turnInstance(i, spun(d, i, vec4(n, 0.0)));
#endif
	vec4 own = unpackUnorm4x8(i.color);
	vertexColor *= vec4(srgbDecode(own.rgb), own.a);
	featureId = i.feature;
#else
	if (d.instances > 0u) {
		vec4 data = unpackUnorm4x8(texelFetch(featureColors, int(d.instances - 1u + feature)).r);
		vertexColor.rgb = mix(vertexColor.rgb, srgbDecode(data.rgb), data.a);
		// A curtain of glass would show none of it: it has frames instead (facade.Style.Code).
		if (data.a > 0.25 && (255u - (paint >> 24u) & 15u) == 9u) paint += 1u << 24u;
	}
#endif
#if COAT
	stand = vec2(0.0, coatShape.z);
	if (d.spin > 0u) {
		int at = int(d.spin - 1u + 2u * feature);
		stand.x = uintBitsToFloat(texelFetch(featureColors, at).r);
		if (stand.y <= 0.0) stand.y = uintBitsToFloat(texelFetch(featureColors, at + 1).r) - stand.x;
	}
	stand.y = 1.0 / max(stand.y, 0.1);
	if (d.instances == 0u && max(coatFrom.a, coatTo.a) > 0.25 && (255u - (paint >> 24u) & 15u) == 9u) paint += 1u << 24u; // as above
#endif
	glow = materialEmission.rgb * vertexColor.rgb; // instances glow in their own colour
	vertexColor *= materialColor;
	if (d.tint.w > 0.0) vertexColor.rgb *= d.tint.rgb;
#if EFFECT
	cycles = d.spin;
#endif
#if EFFECT == 2
	mat3 box = inverse(transpose(mat3(d.row0.xyz, d.row1.xyz, d.row2.xyz)));
	vec3 eye = vec3(d.row0.w, d.row1.w, d.row2.w);
#if INSTANCED
	float sy = sin(i.place.w), cy = cos(i.place.w);
	mat3 own3 = transpose(mat3(vec3(cy, sy, 0.0) / i.scale.x, vec3(-sy, cy, 0.0) / i.scale.x, vec3(0.0, 0.0, 1.0 / i.scale.y)));
	eye = own3 * ((eye - i.place.xyz) + d.eyeLow.xyz);
	box = transpose(own3 * box);
#else
	eye += d.eyeLow.xyz;
	box = transpose(box);
#endif
	toBox0 = vec4(box[0], eye.x);
	toBox1 = vec4(box[1], eye.y);
	toBox2 = vec4(box[2], eye.z);
#endif
	placeUp = vec4(d.row0.z, d.row1.z, d.row2.z, d.fade);
	localPos = p;
	eyePos = toEye(d, p);
	eyeNormal = rotate(d, n);
	texCoord = uv;
	gl_Position = frame.viewProj * vec4(eyePos, 1.0);
	gl_Position.z *= d.eyeLow.w;
#if HIGH
	gl_CullDistance[0] = behindGlobe(eyePos) ? -1.0 : 1.0;
#endif
	if (materialEmission.w < 0.0 && frame.air.w <= 0.0) gl_Position = vec4(0.0, 0.0, -1.0, 1.0); // no pools of light by day
}

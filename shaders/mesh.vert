// Meshes and instances, for the G-buffer and for blended drawing.
//!define INSTANCED 0 1
#include "frame.glsl"
#include "common.glsl"
#include "draws.glsl"
layout(location = 0) in vec3 position;
layout(location = 1) in vec2 normal; // octahedral
layout(location = 2) in vec4 color;  // sRGB
layout(location = 3) in vec2 uv;
layout(location = 4) in uint feature;

out vec3 eyePos;
out vec3 localPos;
out vec3 eyeNormal;
out vec4 vertexColor; // linear
out vec2 texCoord;
flat out uint featureId;
flat out uint drawIndex;

void main() {
	drawIndex = uint(gl_BaseInstanceARB);
	Draw d = draws[drawIndex];
	vec3 p = position, n = octDecode(normal);
	vertexColor = vec4(srgbDecode(color.rgb), color.a);
	featureId = feature;
#if INSTANCED
	Instance i = instances[d.instances + uint(gl_InstanceID)];
	p = placeInstance(i, p);
	n = turnInstance(i, n);
	vec4 own = unpackUnorm4x8(i.color);
	vertexColor *= vec4(srgbDecode(own.rgb), own.a);
	featureId = i.feature;
#endif
	localPos = p;
	eyePos = toEye(d, p);
	eyeNormal = rotate(d, n);
	texCoord = uv;
	gl_Position = frame.viewProj * vec4(eyePos, 1.0);
	gl_Position.z *= d.eyeLow.w;
}

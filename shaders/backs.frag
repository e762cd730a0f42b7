// The outward normals of the far sides of bodies of glass.
#include "common.glsl"
in vec3 eyeNormal;
layout(location = 0) out vec2 outNormal;

void main() { outNormal = octEncode(normalize(eyeNormal)) * 0.5 + 0.5; }

// Feature ids alone, for picking and the id buffer.
#include "draws.glsl"
in vec3 eyePos;
in vec3 localPos;
in vec3 eyeNormal;
in vec4 vertexColor;
in vec2 texCoord;
flat in uint featureId;
flat in uint drawIndex;
layout(location = 0) out uint id;

void main() { id = draws[drawIndex].idBase + featureId; }

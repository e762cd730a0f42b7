// Shadow casters: depth only, position only.
//!define INSTANCED 0 1
#include "draws.glsl"
layout(location = 0) in vec3 position;
uniform mat4 lightProj; // eye frame to the cascade's clip space

void main() {
	Draw d = drawOf(uint(gl_BaseInstanceARB));
	vec3 p = position;
#if INSTANCED
	Instance i = instances[d.instances + uint(gl_InstanceID)];
	p = placeInstance(i, spun(d, i, vec4(p, 1.0)));
#endif
	gl_Position = lightProj * vec4(toEye(d, p), 1.0);
}

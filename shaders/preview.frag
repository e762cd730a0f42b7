// A plain picture of the G-buffer: a sun, its shadow and a sky of one colour.
#include "frame.glsl"
#include "gbuffer.glsl"
#include "shadow.glsl"
uniform sampler2D gDepth;
uniform sampler2D gBase;
uniform sampler2D gNormal;
uniform sampler2D gProperties;
uniform sampler2D gEmission;
in vec2 uv;
layout(location = 0) out vec4 color;

void main() {
	float depth = texture(gDepth, uv).r;
	if (depth == 0.0) {
		color = vec4(0.4, 0.6, 0.9, 1.0);
		return;
	}
	GBuffer g = unpackGBuffer(texture(gBase, uv), texture(gNormal, uv).rg, texture(gProperties, uv));
	float lit = max(dot(g.normal, frame.sun.xyz), 0.0) * sunShadow(eyePosition(uv, depth), g.normal);
	vec3 light = vec3(2.2, 2.1, 1.9) * lit + mix(vec3(0.2), vec3(0.35, 0.45, 0.6), g.normal.z * 0.5 + 0.5);
	color = vec4(g.base * light * 0.45 + texture(gEmission, uv).rgb, 1.0);
}

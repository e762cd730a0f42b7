// The nearest depth of every 2×2 block, level by level: the maximum, as depth is
// reversed. All levels lie side by side in one texture (hiz.glsl), so that a pixel reads any
// of them at one level of detail: software reads wrong texels where neighbours ask for
// different ones.
// PLANES 1: what is nearest within a pixel, not in its middle: walls along the view span metres there.
//!define LEVEL 0 1
//!define PLANES 0 1
#if LEVEL == 0
#include "frame.glsl"
#if PLANES
#include "gbuffer.glsl"
uniform sampler2D gPlane;
#endif
uniform sampler2D source; // metres along the view axis
#else
uniform sampler2D hiz;
uniform ivec2 from; // where the level below begins
uniform ivec2 to;   // and this one
#endif
out float color;

void main() {
	ivec2 p = ivec2(gl_FragCoord.xy);
#if LEVEL == 0
	ivec2 size = textureSize(source, 0);
	color = all(lessThan(p, size)) ? frame.rayForward.w / textureLod(source, middle(p), 0.0).r : 0.0;
#if PLANES
	{
		// Reversed depth is linear over a plane: what it gains by half a pixel each way.
		vec3 n = unpackNormal(textureLod(gPlane, middle(p), 0.0).rg);
		vec2 by = vec2(dot(n, frame.rayRight.xyz) * frame.size.z, dot(n, frame.rayUp.xyz) * frame.size.w) / dot(n, viewRay(middle(p)));
		color *= 1.0 + min(abs(by.x) + abs(by.y), 0.2);
	}
#endif
#else
	vec4 block = textureGather(hiz, vec2(2 * (p - to) + from + 1) / vec2(textureSize(hiz, 0)));
	color = max(max(block.x, block.y), max(block.z, block.w));
#endif
}

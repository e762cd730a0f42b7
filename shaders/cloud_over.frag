// Lays the marched clouds over the picture. They have half its sides: of the four around a
// pixel those count that could see as far as it does. Out: premultiplied.
#include "frame.glsl"
#include "cloud_volume.glsl"
uniform sampler2D depthMap;
uniform sampler2D marched;
uniform sampler2D marchedFar;
in vec2 uv;
out vec4 color;

void main() {
	float depth = texelFetch(depthMap, ivec2(gl_FragCoord.xy), 0).r;
	vec3 ray = viewRay(uv);
	float t = depth > 0.0 ? min(viewDepth(depth) * length(ray), 1e7) : 1e7;
	vec2 span = volumeSpan(normalize(ray));
	if (t <= span.x || span.x >= span.y) discard;
	ivec2 last = textureSize(marched, 0) - 1;
	vec2 at = 0.5 * gl_FragCoord.xy - 0.5, f = fract(at);
	vec4 sum = vec4(0.0);
	float all = 0.0;
	for (int k = 0; k < 4; k++) {
		ivec2 o = ivec2(k & 1, k >> 1), p = clamp(ivec2(floor(at)) + o, ivec2(0), last);
		float far = min(texelFetch(marchedFar, p, 0).r, span.y), here = min(t, span.y);
		float weight = mix(1.0 - f.x, f.x, float(o.x)) * mix(1.0 - f.y, f.y, float(o.y));
		weight = weight / (0.01 + abs(log2(far / here))) + 1e-4;
		sum += weight * texelFetch(marched, p, 0);
		all += weight;
	}
	color = sum / all * (depth > 0.0 || volume.x < 0.0 ? 1.0 : veil.x); // a sky that is left out has no clouds
}

// Motion blur of the camera: each pixel is averaged along the way that it has come since the
// shutter opened, by its depth. A sample that is nearer, and so not what is behind this
// pixel, counts by its own way.
//!define TAPS 8 16
#include "frame.glsl"
#include "common.glsl"
uniform sampler2D source;
uniform sampler2D depthMap;
uniform mat4 opened; // eye frame to the clip of the camera at the shutter's opening
in vec2 uv;
out vec4 color;

float metres(vec2 at) {
	float depth = textureLod(depthMap, at, 0.0).r;
	return depth > 0.0 ? viewDepth(depth) : 1e8;
}

vec2 moved(vec2 at, float z) {
	vec4 clip = opened * vec4(viewRay(at) * z, 1.0);
	vec2 way = clip.xy / max(clip.w, 1e-6) * 0.5 + 0.5 - (at - frame.jitter.xy * 0.5);
	// A tenth of the picture is as long as a streak gets.
	return way * min(1.0, 0.1 / max(length(way), 1e-6));
}

void main() {
	float z = metres(uv);
	vec2 way = moved(uv, z);
	vec4 sum = textureLod(source, uv, 0.0);
	float weight = 1.0, start = gradientNoise(gl_FragCoord.xy + 5.588 * (frame.clock.y + float(frame.counts.w)));
	for (int i = 0; i < TAPS; i++) {
		vec2 at = uv + way * ((float(i) + start) / float(TAPS));
		if (any(lessThan(at, vec2(0.0))) || any(greaterThan(at, vec2(1.0)))) continue;
		float there = metres(at);
		float w = there < 0.95 * z ? clamp(length(moved(at, there)) / max(length(at - uv), 1e-5), 0.0, 1.0) : 1.0;
		sum += w * textureLod(source, at, 0.0);
		weight += w;
	}
	color = sum / weight;
}

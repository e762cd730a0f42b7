// Depth of field: what is out of focus is gathered over its circle of confusion, on a spiral
// of the golden angle (Gustafsson 2018). A sample adds its light where its own circle
// reaches this pixel, so that sharp edges do not smear onto what is behind them.
//!define TAPS 48 64
#include "frame.glsl"
#include "common.glsl"
uniform sampler2D source;
uniform sampler2D depthMap;
uniform vec3 lens; // x metres in focus, y pixels of blur a unit of 1/metres, z most pixels
in vec2 uv;
out vec4 color;

// Radius of the circle of confusion in pixels, and metres along the view.
vec2 circle(vec2 at) {
	float depth = textureLod(depthMap, at, 0.0).r, z = depth > 0.0 ? viewDepth(depth) : 1e7;
	return vec2(min(abs(1.0 / lens.x - 1.0 / z) * lens.y, lens.z), z);
}

void main() {
	vec4 here = textureLod(source, uv, 0.0), sum = here;
	vec2 own = circle(uv);
	float weight = 1.0, turn = 6.2832 * gradientNoise(gl_FragCoord.xy + 5.588 * (frame.clock.y + float(frame.counts.w)));
	for (int i = 0; i < TAPS; i++) {
		float part = sqrt((float(i) + 0.5) / float(TAPS)), radius = lens.z * part;
		vec2 at = uv + vec2(cos(turn), sin(turn)) * radius * frame.size.zw;
		turn += 2.39996323;
		vec2 c = circle(at);
		// What lies behind is blurred no further than what is before it.
		float reach = c.y > own.y ? min(c.x, 2.0 * own.x) : c.x;
		float w = smoothstep(radius - 0.75 - 0.5 * lens.z / float(TAPS), radius + 0.75, reach) * min(reach, 1.0);
		sum += mix(sum / weight, textureLod(source, at, 0.0), w);
		weight += 1.0;
	}
	color = sum / weight;
}

// Automatic exposure from the frame itself, with no memory. STEP 0 takes the mean of the
// logarithm of luminance in each of 64×36 tiles; STEP 1 turns all tiles into a factor on
// the picture.
//!define STEP 0 1
#include "frame.glsl"
uniform sampler2D source;
in vec2 uv;
#if STEP == 0
out vec2 color; // weighted sum of log2 luminance, weight
void main() {
	float sum = 0.0, weight = 0.0;
	for (int y = 0; y < 4; y++)
		for (int x = 0; x < 4; x++) {
			vec2 o = (vec2(x, y) + 0.5) / 4.0 - 0.5;
			vec4 s = textureLod(source, uv + o / vec2(64.0, 36.0), 0.0);
			float l = dot(s.rgb, vec3(0.2126, 0.7152, 0.0722));
			// Black space, the sun's disc and data colours (tonemap.frag) do not count.
			float w = smoothstep(0.001, 0.02, l) * clamp(2.0 - s.a, 0.0, 1.0);
			sum += w * log2(clamp(l, 1e-3, 4.0));
			weight += w;
		}
	// The middle of a picture counts more than its rim.
	vec2 d = uv - 0.5;
	float middle = exp(-3.0 * dot(d, d));
	color = vec2(sum, weight) * middle / 16.0;
}
#else
out float color;
const float KEY = log2(0.36);
const float LAMPS = 1.5; // stops below the key at which lamps and what they light look like night
uniform sampler2D skyHeights; // what stands around, from above: reversed depth, 1 is up
uniform vec4 skyPlace;        // xyz the middle of that map in the eye frame, w half its side in metres, 0 = none

// The share of the places around the eye that have something above them.
float roofed() {
	if (skyPlace.w <= 0.0) return 0.0;
	float above = 0.0;
	for (int k = 0; k < 9; k++) {
		vec2 at = 2.0 * vec2(k % 3 - 1, k / 3 - 1);
		float roof = textureLod(skyHeights, (at - skyPlace.xy) / (2.0 * skyPlace.w) + 0.5, 0.0).r;
		above += roof > 0.0 ? smoothstep(0.3, 1.0, (2.0 * roof - 1.0) * skyPlace.w + skyPlace.z) : 0.0;
	}
	return above / 9.0;
}
void main() {
	vec2 sum = vec2(0.0);
	for (int y = 0; y < 36; y++)
		for (int x = 0; x < 64; x++) sum += texelFetch(source, ivec2(x, y), 0).rg;
	float stops = frame.exposure.z;
	if (frame.exposure.y > 0.5) {
		// Few lit pixels say little; and a dark place should stay darker than a bright one.
		float trust = smoothstep(0.0, 0.15, sum.y / (64.0 * 36.0));
		// From space the key is the sunlit side's, whatever part of the picture it fills.
		trust *= 1.0 - smoothstep(log2(3e4), log2(5e5), log2(max(frame.ground.x, 1.0)));
		float lack = KEY + 1.1 * frame.exposure.x - sum.x / max(sum.y, 1e-4); // snow is to be white
		// By day eyes open wholly to what is indoors; a dark sea, and a dark night, stay dark.
		float inside = (1.0 - frame.air.w) * roofed();
		stops += trust * clamp(0.65 * lack + 0.35 * inside * max(lack - 1.0, 0.0), -1.6, mix(1.3, 4.0, inside));
		// From the air, once twilight is over, lamps are a small and dim part of the night: what is lit counts, however
		// little of the picture it is, and is brought to what it is from the street.
		float above = smoothstep(-0.14, -0.24, frame.sun.w) * smoothstep(log2(600.0), log2(6e3), log2(max(frame.ground.x - frame.ground.y, 1.0)));
		stops += above * smoothstep(0.0, 0.004, sum.y / (64.0 * 36.0)) * clamp(0.8 * (lack - LAMPS), 0.0, 4.0);
	}
	color = exp2(stops);
}
#endif

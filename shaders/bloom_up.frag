// One step up the bloom pyramid: a 3×3 tent of the level below, mixed into this level so
// that the sum of all keeps the picture's energy.
uniform sampler2D source; // the level below, already summed
uniform sampler2D level;  // this level
uniform float share;      // of the level below
in vec2 uv;
out vec3 color;

vec3 tap(vec2 o) { return textureLod(source, uv + o / vec2(textureSize(source, 0)), 0.0).rgb; }

void main() {
	// Four taps between texels are the nine of the tent.
	vec3 tent = tap(vec2(-0.5, -0.5)) + tap(vec2(0.5, -0.5)) + tap(vec2(-0.5, 0.5)) + tap(vec2(0.5, 0.5));
	color = mix(textureLod(level, uv, 0.0).rgb, tent * 0.25, share);
}

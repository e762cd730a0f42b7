// The Galaxy from anywhere: light and dust gathered along the ray through its disc and its
// barred bulge. Lengths in kiloparsecs, axes galactic, x from the Sun to the centre.
#include "frame.glsl"
#include "atmosphere.glsl"
#include "sky_uniforms.glsl"
#include "celestial.glsl"
#include "noise.glsl"
uniform sampler2D plan;
uniform vec3 galaxyEye;
uniform vec2 bar; // cosine and sine of its angle
uniform int steps;
uniform float brightness;
in vec2 uv;
out vec4 color;

const float HALF = 2.4;   // above and below lies nothing to speak of
const float RADIUS = 17.5;

float gradient(vec2 p) { return fract(52.9829189 * fract(dot(p, vec2(0.06711056, 0.00583715)))); }

void main() {
	vec3 d = GALACTIC * (frame.toStars * vec4(normalize(viewRay(uv)), 0.0)).xyz, e = galaxyEye;
	// Between the planes above and below, within the cylinder around it.
	float inZ = 1.0 / (abs(d.z) > 1e-6 ? d.z : 1e-6), t0 = (-HALF - e.z) * inZ, t1 = (HALF - e.z) * inZ;
	float from = max(min(t0, t1), 0.0), to = max(t0, t1);
	float a = max(dot(d.xy, d.xy), 1e-9), b = dot(e.xy, d.xy), c = dot(e.xy, e.xy) - RADIUS * RADIUS, disc = b * b - a * c;
	color = vec4(0.0);
	if (disc <= 0.0) return;
	from = max(from, (-b - sqrt(disc)) / a);
	to = min(to, (-b + sqrt(disc)) / a);
	if (to <= from) return;
	vec3 light = vec3(0.0), through = vec3(1.0);
	float before = from;
	for (int i = 0; i < steps; i++) {
		// Denser where the ray crosses the disc's plane: cubic on both sides of it.
		float crossing = clamp(-e.z * inZ, from, to);
		float x = (float(i) + 1.0) / float(steps), at = (crossing - from) / (to - from);
		float y = x < at ? at - at * pow(1.0 - x / max(at, 1e-6), 1.7) : at + (1.0 - at) * pow((x - at) / max(1.0 - at, 1e-6), 1.7);
		float next = mix(from, to, clamp(y, 0.0, 1.0)), length_ = next - before;
		vec3 p = e + d * (before + length_ * gradient(gl_FragCoord.xy + 7.0 * float(i)));
		before = next;
		vec4 m = textureLod(plan, p.xy / 40.0 + 0.5, 0.0);
		// Clouds finer than the plan holds, near the eye.
		float close = exp(-0.7 * before);
		if (close > 0.02) m.gba *= mix(1.0, 0.25 + 3.0 * pow(valueNoise(p * 7.0) * (0.4 + 1.2 * valueNoise(p * 17.0 + 3.0)), 1.5), close);
		float z = abs(p.z);
		vec2 turned = vec2(p.x * bar.x + p.y * bar.y, p.y * bar.x - p.x * bar.y);
		float bulge = 2.6 * exp(-2.3 * length(vec3(turned.x / 2.1, turned.y / 0.95, p.z / 0.75)));
		vec3 glow = vec3(1.05, 0.86, 0.62) * (m.r * 0.9 * exp(-z / 0.32) + bulge)
			+ vec3(0.52, 0.72, 1.25) * (m.g * 1.9 * exp(-z / 0.12)) + vec3(1.25, 0.35, 0.55) * (m.b * 3.0 * exp(-z / 0.10));
		vec3 kept = exp(-length_ * vec3(1.7, 2.6, 3.9) * m.a * exp(-z / 0.09));
		light += through * glow * length_ * mix(vec3(1.0), kept, 0.5);
		through *= kept;
	}
	color = vec4(brightness * light, 1.0);
}

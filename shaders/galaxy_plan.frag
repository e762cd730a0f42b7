// The disc of the Galaxy from above, 40 kpc wide: red old stars, green young ones in four
// arms, blue glowing nebulae, alpha dust along the arms' inner edges. The arms and the bar
// are where they are taken to be (sky.ArmPitch, sky.BarAngle), the clouds are noise.
#include "noise.glsl"
uniform vec2 size;
uniform float armPitch;
out vec4 color;

float layered(vec2 p, float seed) {
	float sum = 0.0, amp = 0.5;
	vec3 q = vec3(p, seed);
	for (int i = 0; i < 6; i++) {
		sum += amp * valueNoise(q);
		amp *= 0.56;
		q = OCTAVE_TURN * q * 2.05 + 5.3;
	}
	return sum / 1.1;
}

// How near an arm is: 1 on its ridge. Two of the four are stronger.
float arms(float a, float sharp) {
	float strong = pow(0.5 + 0.5 * cos(2.0 * a), sharp), weak = pow(0.5 - 0.5 * cos(2.0 * a), sharp);
	return strong + 0.6 * weak;
}

void main() {
	vec2 p = (gl_FragCoord.xy / size - 0.5) * 40.0;
	float r = length(p), angle = atan(p.y, p.x);
	float bend = (layered(p * 0.22, 3.0) - 0.5) * 1.5 + (layered(p * 0.9, 8.0) - 0.5) * 0.55;
	float a = angle - log(max(r, 0.3) / 3.0) / tan(armPitch) + bend * smoothstep(1.0, 5.0, r);
	float inside = smoothstep(1.8, 4.2, r), rim = smoothstep(17.5, 8.0, r);
	float patches = layered(p * 0.8, 1.0), fine = layered(p * 2.6, 21.0);
	float old = exp(-r / 2.7) * (0.75 + 0.5 * arms(a, 2.0) * inside) * rim;
	float young = arms(a, 5.0) * inside * exp(-r / 5.2) * rim * smoothstep(0.34, 0.66, 0.5 * patches + 0.5 * fine) * 2.1;
	float nebulae = arms(a + 0.05, 9.0) * inside * rim * exp(-r / 7.0) * pow(smoothstep(0.60, 0.86, fine), 2.0) * smoothstep(0.45, 0.65, patches);
	// Dust trails along the inner edge, torn into filaments, and in the bar's lanes.
	float threads = 1.0 - abs(2.0 * layered(p * 1.3, 33.0) - 1.0);
	float finer = 1.0 - abs(2.0 * layered(p * 3.7, 51.0) - 1.0);
	float dust = (arms(a + 0.42, 4.0) * inside + 0.3 * exp(-abs(r - 3.0))) * exp(-r / 6.0) * rim * smoothstep(0.62, 0.96, 0.6 * threads + 0.4 * finer) * 3.0;
	color = vec4(old, young, nebulae, dust);
}

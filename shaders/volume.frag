// Marches through a body that sends light and takes some of what is behind it, up to what
// the depth buffer holds. SHAPE 0 is a grid of values, 1 the sector of a radar.
//!define SHAPE 0 1
#include "frame.glsl"
#include "common.glsl"
#include "sky_uniforms.glsl"
#include "horizon.glsl"
uniform sampler2D depthMap;
uniform mat3 bodyTurn;   // eye frame to the body's frame
uniform vec3 bodyEye;    // the eye in it, metres
uniform vec3 bodyMin;
uniform vec3 bodySize;
uniform vec4 bodyLook;   // x extinction of full density, 1/m; y brightness; z share that is lit; w opacity
uniform int steps;
uniform uint noiseSeed;
#if SHAPE == 0
uniform sampler3D grid;
uniform sampler2D palette;
#else
uniform vec4 sectorShape; // x radius, y bearing of its middle, z half its width, radians; w rings
uniform vec4 sectorTilt;  // x, y sines of the lowest and the highest elevation; z bearing of the beam, w its width; 0 = none
uniform vec4 sectorColor;
#endif
in vec2 uv;
out vec4 color;
const float PI = 3.14159265;

// What a point of the body is: rgb, and extinction per metre.
vec4 bodyAt(vec3 p) {
#if SHAPE == 0
	vec3 at = (p - bodyMin) / bodySize;
	float v = textureLod(grid, at, 0.0).r;
	vec4 c = textureLod(palette, vec2(v * 255.0 / 256.0 + 0.5 / 256.0, 0.5), 0.0);
	return vec4(c.rgb, c.a * bodyLook.x);
#else
	float r = length(p);
	if (r >= sectorShape.x || r < 1e-3) return vec4(0.0);
	float sine = p.z / r;
	if (sine < sectorTilt.x || sine > sectorTilt.y) return vec4(0.0);
	float bearing = atan(p.x, p.y), off = abs(mod(bearing - sectorShape.y + PI, 2.0 * PI) - PI);
	if (off > sectorShape.z) return vec4(0.0);
	float share = r / sectorShape.x;
	float dense = 0.30 * (1.0 - 0.5 * share);
	// The rims and the rings glow.
	float rim = smoothstep(0.975, 1.0, share);
	if (sectorShape.w > 0.0) {
		float k = share * sectorShape.w;
		rim = max(rim, 0.8 * smoothstep(0.06, 0.0, abs(k - round(k))) * step(0.5, k));
	}
	dense += 1.4 * rim;
	if (sectorTilt.w > 0.0) {
		float behind = mod(sectorTilt.z - bearing, 2.0 * PI);
		dense += 3.0 * pow(max(1.0 - behind / sectorTilt.w, 0.0), 2.0);
	}
	return vec4(sectorColor.rgb, dense * bodyLook.x);
#endif
}

void main() {
	ivec2 pixel = ivec2(gl_FragCoord.xy);
	vec3 ray = viewRay(uv);
	float toEye = length(ray);
	vec3 d = ray / toEye;
	float depth = texelFetch(depthMap, pixel, 0).r;
	float far = depth > 0.0 ? viewDepth(depth) * toEye : 1e12;
	if (depth <= 0.0) { // the globe ends it, too
		vec3 bent = d + pole.xyz * (pole.w * dot(pole.xyz, d));
		float a = dot(bent, bent), b = dot(rise.xyz, d), disc = b * b - a * ball.x;
		if (disc > 0.0 && b < 0.0) far = ball.x / max(-b + sqrt(disc), 1e-3);
	}
	vec3 o = bodyEye, v = bodyTurn * d;
	vec3 inverse = 1.0 / (abs(v) + 1e-9) * mix(vec3(-1.0), vec3(1.0), greaterThanEqual(v, vec3(0.0)));
	vec3 t0 = (bodyMin - o) * inverse, t1 = (bodyMin + bodySize - o) * inverse;
	vec3 lo = min(t0, t1), hi = max(t0, t1);
	float from = max(max(max(lo.x, lo.y), lo.z), 0.0), to = min(min(min(hi.x, hi.y), hi.z), far);
	if (to <= from) discard;
	float step_ = (to - from) / float(steps);
	float jitter = fract(gradientNoise(vec2(pixel)) + float(noiseSeed & 63u) * 0.61803);
	vec3 light = vec3(0.0);
	float through = 1.0;
	vec3 sunIn = sunLow.rgb * max(sunDir.z, 0.0) / PI + sunLow.rgb * 0.12 + nightGlow.rgb * PI;
	for (int i = 0; i < steps && through > 0.004; i++) {
		vec3 p = o + v * (from + (float(i) + jitter) * step_);
		vec4 m = bodyAt(p);
		if (m.a <= 0.0) continue;
		float passes = exp(-m.a * step_);
		light += through * (1.0 - passes) * m.rgb * bodyLook.y * mix(vec3(1.0), sunIn, bodyLook.z);
		through *= passes;
	}
	float alpha = 1.0 - through;
	if (alpha <= 0.002) discard;
	color = vec4(light, alpha) * bodyLook.w;
}

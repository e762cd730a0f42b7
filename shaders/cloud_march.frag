// Clouds with bodies, marched through at half the picture's sides (Schneider 2015, Hillaire
// 2016). Strides are long where there is nothing and short within; where they begin differs
// by pixel and sub-frame, so that their sum has no bands. Out: premultiplied light behind
// the air before it, and how far the march could see.
#include "frame.glsl"
#include "common.glsl"
#include "atmosphere.glsl"
#include "sky_uniforms.glsl"
#include "cloud_volume.glsl"
#include "aerial.glsl"
uniform sampler2D depthMap;
uniform sampler2D transmittanceTable;
uniform sampler2D multipleTable;
uniform vec4 key;      // xyz towards what lights the clouds; w 1 = the sun, 0 = the Moon
uniform int steps;
uniform float offset;  // of the sub-frame, 0 to 1
layout(location = 0) out vec4 color;
layout(location = 1) out float far;

const int OCTAVES = 6;

// Henyey and Greenstein 1941, one lobe forwards and one back.
float cloudPhase(float nu, float narrow) {
	float g = 0.80 * narrow, b = -0.28 * narrow;
	float forward = (1.0 - g * g) * pow(max(1.0 + g * g - 2.0 * g * nu, 1e-4), -1.5);
	float back = (1.0 - b * b) * pow(max(1.0 + b * b - 2.0 * b * nu, 1e-4), -1.5);
	return mix(back, forward, 0.62) / (4.0 * PI);
}

// Optical depth from a point towards the key, by strides that grow.
float depthToKey(vec3 p) {
	float tau = 0.0, s = 0.0, stride = 50.0;
	for (int k = 0; k < 5; k++) {
		vec3 q = p + key.xyz * (s + 0.5 * stride);
		float rise = riseOf(q), h = (rise - volume.x) / volume.y;
		if (h < 0.0 || h > 1.0) break;
		tau += EXTINCTION * volumeDensity(q, rise, k < 2) * stride;
		s += stride;
		stride *= 2.1;
	}
	return tau;
}

void main() {
	ivec2 size = textureSize(depthMap, 0), block = 2 * ivec2(gl_FragCoord.xy);
	float depth = 1.0; // the farthest of the block
	for (int k = 0; k < 4; k++) depth = min(depth, texelFetch(depthMap, min(block + ivec2(k & 1, k >> 1), size - 1), 0).r);
	vec3 ray = viewRay((vec2(block) + 1.0) * frame.size.zw), d = normalize(ray);
	color = vec4(0.0);
	far = depth > 0.0 ? min(viewDepth(depth) * length(ray), 1e7) : 1e7;
	vec2 span = volumeSpan(d);
	span.y = min(span.y, far);
	if (span.x >= span.y) return;

	float r = ball.z * ball.w + eyeKm.x, nu = dot(d, key.xyz);
	float phases[OCTAVES];
	float narrow = 1.0, share = 1.0;
	for (int k = 0; k < OCTAVES; k++) {
		phases[k] = share * cloudPhase(nu, narrow);
		narrow *= 0.5;
		share *= 0.8;
	}
	// Light at both ends of the way: the sun's through the air above it, the sky's, and what
	// the ground and its lamps send up.
	vec3 keyAt[2];
	for (int k = 0; k < 2; k++) {
		float s = (k == 0 ? span.x : min(span.y, span.x + 4e4)), up = riseOf(d * s);
		float h = eyeKm.x + up * ball.w, mu = (r * key.z + s * ball.w * nu) / (r + up * ball.w);
		keyAt[k] = key.w > 0.5 ? sunlight(transmittanceTable, h, mu) * sunLight.rgb : moonLight.rgb;
	}
	float level = 1.5 + 0.0005 * volume.y;
	vec3 night = moonLight.rgb * max(moonDir.z, 0.0) * (1.0 - key.w) + PI * nightGlow.rgb;
	vec3 sky = multiple(multipleTable, level, sunDir.w) * sunLight.rgb * (2.4 * PI) + night;
	vec3 ground = 0.17 * (mix(sunLow.rgb * max(sunDir.z, 0.0), vec3(0.0), 0.7 * globe.x) + 0.7 * sky);
	vec3 lamps = frame.air.w * sunLight.w * (0.30 / 30000.0) * vec3(1.0, 0.70, 0.42);

	const float NEAR = 600.0;
	float from = log2(span.x + NEAR), octaves = log2(span.y + NEAR) - from;
	float jitter = fract(unitFloat(hash2(uvec2(gl_FragCoord.xy))) + offset);
	float stride = 1.0 / float(steps), u = stride * jitter, through = 1.0, way = 0.0, weight = 0.0;
	vec3 light = vec3(0.0);
	bool within = false;
	int empty = 0;
	for (int k = 0; k < 3 * steps && u < 1.0; k++) {
		float t = exp2(from + octaves * u) - NEAR, rise = riseOf(d * t);
		float density = volumeDensity(d * t, rise, true);
		if (!within && density > 0.0) { // back to where it may begin
			within = true;
			empty = 0;
			u = max(u - 0.75 * stride, 0.0);
			continue;
		}
		float next = within ? 0.25 * stride : stride;
		if (density > 0.0) {
			empty = 0;
			float seen = exp(-EXTINCTION * density * (t + NEAR) * 0.693147 * octaves * next);
			float h = (rise - volume.x) / volume.y;
			float above = max(columnAbove, 0.0), sun = exp(-depthToKey(d * t)), source = 0.0;
			for (int i = 0; i < OCTAVES; i++) { // Wrenninge et al. 2013: fainter, wider, deeper each
				source += phases[i] * sun;
				sun = sqrt(sun);
			}
			float open = exp(-2.6 * above), below = exp(-3.0 * h);
			// What is thick sends down what it has scattered, white.
			vec3 direct = mix(keyAt[0], keyAt[1], clamp((t - span.x) / 4e4, 0.0, 1.0));
			vec3 around = mix(vec3(dot(sky, vec3(0.2126, 0.7152, 0.0722))), sky, 0.35 + 0.5 * open) * mix(0.30, 0.95, open)
				+ direct * (max(key.z, 0.0) * 0.4 * (1.0 - open) / (1.0 + 3.8 * above)) + (ground + lamps * exp(-t * t / 6e7)) * (0.15 + 0.7 * below);
			vec3 sent = direct * source + around * (0.8 / PI);
			float fade = through * (1.0 - seen);
			light += fade * sent;
			way += fade * t;
			weight += fade;
			through *= seen;
			if (through < 0.01) break;
		} else if (within && ++empty > 4) {
			within = false;
		}
		u += next;
	}
	if (weight <= 0.0) return;
	float t = way / weight, alpha = min(1.0 - through, 0.99) / 0.99;
	float drawn = volume.w * smoothstep(3.5e5, 1.5e5, t);
	vec4 air = aerialByDepth(bend(d), t * ball.w);
	vec3 seen = throughColor(air.a);
	color = vec4(light / weight * seen + air.rgb + nightGlow.rgb * (1.0 - seen), 1.0) * (alpha * drawn);
}

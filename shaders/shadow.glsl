// Sun shadow from the cascades. Needs frame.glsl and common.glsl.
// SHADOW_TAPS 2 is one that moves: over 2×2 pixels and over four frames it takes the places
// of four. 3 is two on opposite sides, which turn: where a frame's pixels are not those of
// the picture, one alone leaves teeth at edges.
//!define SHADOW_TAPS 1 2 3 4 9 16
// CASCADES is how many there are at the most: software looks at each for every pixel.
//!define CASCADES 4 2 0
uniform sampler2DArrayShadow shadowMap;

float shadowTap(vec3 p, float layer) { return texture(shadowMap, vec4(p.xy, layer, p.z)); }

// Member c of what is known by cascade. A dynamic index into the block would be a fetch
// for each pixel and number.
#if CASCADES > 2
float cascadeOf(vec4 v, int c) { return c == 0 ? v.x : (c == 1 ? v.y : (c == 2 ? v.z : v.w)); }
vec4 cascadeStep(int c) { return c == 0 ? frame.cascadeStep[0] : (c == 1 ? frame.cascadeStep[1] : (c == 2 ? frame.cascadeStep[2] : frame.cascadeStep[3])); }
#else
float cascadeOf(vec4 v, int c) { return c == 0 ? v.x : v.y; }
vec4 cascadeStep(int c) { return c == 0 ? frame.cascadeStep[0] : frame.cascadeStep[1]; }
#endif

// cascadeAt is the one whose slice of the view holds a depth, or count. Splits beyond the last
// one are 0.
int cascadeAt(float depth, int count) {
#if CASCADES > 2
	return int(dot(vec4(greaterThan(vec4(depth), frame.cascadeSplit)), vec4(greaterThan(ivec4(count), ivec4(0, 1, 2, 3)))));
#else
	return int(dot(vec2(greaterThan(vec2(depth), frame.cascadeSplit.xy)), vec2(greaterThan(ivec2(count), ivec2(0, 1)))));
#endif
}

// slope is the sine of the angle between the surface and the light, tilt what its plane gains
// in depth along the map's axes.
float cascadeShadow(int c, vec3 eyePos, vec3 n, float slope, vec2 tilt) {
	// Each tap is held against the surface's plane there, and both along the normal and
	// towards the light by half of what a texel covers on the slope, so that a surface does
	// not shadow itself: more of either would move the shadow's edge.
	vec4 along = cascadeStep(c);
	vec3 p = (frame.cascade * vec4(eyePos + n * (cascadeOf(frame.cascadeTexel, c) * (0.1 + 0.7 * slope)), 1.0)).xyz * along.w + along.xyz;
	p.z += 0.5 * (abs(tilt.x) + abs(tilt.y)) / float(textureSize(shadowMap, 0).x);
	if (any(lessThan(p.xy, vec2(0.0))) || any(greaterThan(p.xy, vec2(1.0)))) return 1.0;
	float layer = float(c);
#if SHADOW_TAPS == 1
	return shadowTap(p, layer);
#elif SHADOW_TAPS == 2
	uvec2 odd = (uvec2(gl_FragCoord.xy) ^ uvec2(frame.counts.w, frame.counts.w >> 1u)) & 1u;
	vec2 off = (vec2(odd) - 0.5) / vec2(textureSize(shadowMap, 0).xy);
	return shadowTap(p + vec3(off, dot(off, tilt)), layer);
#elif SHADOW_TAPS == 3
	bool odd = ((uint(gl_FragCoord.x) ^ uint(gl_FragCoord.y) ^ frame.counts.w) & 1u) != 0u;
	vec2 off = vec2(odd ? 0.5 : -0.5, 0.5) / vec2(textureSize(shadowMap, 0).xy);
	vec3 to = vec3(off, dot(off, tilt));
	return 0.5 * (shadowTap(p + to, layer) + shadowTap(p - to, layer));
#else
	vec2 texel = 1.0 / vec2(textureSize(shadowMap, 0).xy);
	const int side = SHADOW_TAPS == 4 ? 2 : (SHADOW_TAPS == 9 ? 3 : 4);
	float sum = 0.0;
	for (int y = 0; y < side; y++)
		for (int x = 0; x < side; x++) {
			vec2 off = (vec2(x, y) - 0.5 * float(side - 1)) * texel;
			sum += shadowTap(p + vec3(off, dot(off, tilt)), layer);
		}
	return sum / float(SHADOW_TAPS);
#endif
}

// sunShadow returns the share of the sun that a point sees: eyePos and the unit normal n
// in the eye frame.
float sunShadow(vec3 eyePos, vec3 n) {
#if CASCADES == 0
	return 1.0;
#else
	int count = int(frame.counts.y);
	if (count == 0) return 1.0;
	float cosine = dot(n, frame.sun.xyz);
	if (cosine <= 0.0) return 0.0;
	float slope = sqrt(max(0.0, 1.0 - cosine * cosine));
	// The map's axes are as long as its depth's: their rows turn the normal into it.
	vec3 turned = mat3(frame.cascade) * n;
	vec2 tilt = clamp(-turned.xy / max(turned.z, 1e-9), -8.0, 8.0);
	float depth = depthOf(eyePos);
	int c = cascadeAt(depth, count);
	if (c >= count) return 1.0;
	// The last fifth of a cascade dissolves into the next one, pixel by pixel, so that each
	// pixel filters one cascade only; the last cascade fades out.
	float begin = c == 0 ? 0.0 : cascadeOf(frame.cascadeSplit, c - 1);
	float over = clamp((depth - begin) / (cascadeOf(frame.cascadeSplit, c) - begin) * 5.0 - 4.0, 0.0, 1.0);
	bool last = c + 1 >= count;
	if (!last && gradientNoise(gl_FragCoord.xy + 5.588 * frame.clock.y) < over) c++;
	return mix(cascadeShadow(c, eyePos, n, slope, tilt), 1.0, last ? over : 0.0);
#endif
}

// Dust and smears on the front lens: the share of light that they scatter at a place of the
// picture, 0..1; p is in heights of the picture. The same in every frame: the lens goes with the
// picture.
#include "noise.glsl"

float dust(vec2 p, float cells, float kept) {
	vec2 cell = floor(p * cells), at = fract(p * cells);
	uint h = hash2(uvec2(ivec2(cell)) + 71u * uint(cells));
	if (unitFloat(h) > kept) return 0.0;
	float r = mix(0.08, 0.34, unitFloat(hash1(h + 1u)));
	vec2 middle = mix(vec2(r), vec2(1.0 - r), vec2(unitFloat(hash1(h + 2u)), unitFloat(hash1(h + 3u))));
	float away = distance(at, middle) / r;
	// A speck out of focus: an even disc with a lighter rim.
	return (0.55 + 0.45 * smoothstep(0.6, 0.95, away)) * (1.0 - smoothstep(0.9, 1.0, away)) * mix(0.3, 1.0, unitFloat(hash1(h + 4u)));
}

float lensDirt(vec2 p) {
	// Wiped across: smears are long one way.
	vec2 wiped = mat2(0.83, 0.56, -0.56, 0.83) * p;
	float smear = valueNoise(wiped * vec2(2.0, 7.0) + 40.0) * 0.6 + valueNoise(wiped * vec2(5.0, 21.0) + 90.0) * 0.4;
	return min(smoothstep(0.5, 0.95, smear) * 0.7 + dust(p, 5.0, 0.25) + dust(p + 0.37, 11.0, 0.35) * 0.8 + dust(p + 0.71, 29.0, 0.3) * 0.5, 1.0);
}

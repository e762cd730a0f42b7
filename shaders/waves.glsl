// Waves of open water, shared by the water of tiles and the globe's sea. They are noise at
// falling lengths that drifts with the wind; what is finer than a pixel becomes roughness,
// so that the glitter keeps its width and does not shimmer.
#include "noise.glsl"

struct Waves {
	vec2 slope; // rise for each metre east and north
	float lost; // variance of slope that pixels swallow
};

// Value noise with its gradient, smooth to the second order.
vec3 noiseGradient(vec2 p) {
	vec2 i = floor(p), f = p - i;
	vec2 u = f * f * f * (f * (f * 6.0 - 15.0) + 10.0), du = 30.0 * f * f * (f * (f - 2.0) + 1.0);
	uvec2 c = uvec2(ivec2(i));
	float a = unitFloat(hash2(c)), b = unitFloat(hash2(c + uvec2(1, 0)));
	float d = unitFloat(hash2(c + uvec2(0, 1))), e = unitFloat(hash2(c + uvec2(1, 1)));
	float k = a - b - d + e;
	return vec3(a + (b - a) * u.x + (d - a) * u.y + k * u.x * u.y, du * vec2((b - a) + k * u.y, (d - a) + k * u.x));
}

// Variance of slope of all waves together.
const float SWALLOWED = 0.001175;

// Waves at plan metres p, seen by a pixel that is so many metres wide where it faces it;
// upward is the cosine between the look and the vertical.
Waves wavesAt(vec2 p, float footprint, float upward, float seconds) {
	// A pixel covers more ground the flatter it is seen.
	float along = footprint / max(upward, 0.02), width = sqrt(footprint * along);
	Waves w = Waves(vec2(0.0), 0.0);
	if (width > 23.0) { // all of them are swallowed
		w.lost = SWALLOWED;
		return w;
	}
	float length1 = 23.0, height = 0.26;
	vec2 dir = vec2(0.83, 0.56);
	for (int k = 0; k < 6; k++) {
		float keep = 1.0 - smoothstep(0.22, 0.75, width / length1);
		float steep = height / length1;
		vec2 q = p / length1;
		vec2 drift = dir * seconds * sqrt(1.56 * length1) / length1; // deep-water speed
		// Stretched across the wind, in two trains that beat against each other.
		vec2 a = vec2(dot(q, dir), dot(q, vec2(-dir.y, dir.x)) * 0.55);
		vec3 n0 = noiseGradient(a + vec2(drift.x + drift.y, 0.0) * -0.7);
		vec2 g = dir * n0.y + vec2(-dir.y, dir.x) * n0.z * 0.55;
		w.slope += keep * g * steep * 2.0;
		w.lost += (1.0 - keep * keep) * steep * steep * 1.1;
		length1 *= 0.47;
		height *= 0.50;
		dir = mat2(0.74, 0.67, -0.67, 0.74) * dir; // each train turned by 42°
	}
	// Gusts: patches of smoother and rougher water.
	float gust = 0.55 + 0.9 * fadedNoise(p + vec2(-2.1, -1.2) * seconds, 1.0 / 160.0, along);
	w.slope *= gust;
	w.lost *= gust;
	return w;
}

// The normal of waves on a surface whose normal is still, for an eye in the direction toEye.
vec3 wavyNormal(Waves w, vec3 still, vec3 up, vec3 east, vec3 north, vec3 toEye, float metres) {
	vec3 n = normalize(still - east * w.slope.x - north * w.slope.y);
	// A wave's far side is not seen at a grazing look: no normal turns away.
	float facing = dot(n, toEye);
	if (facing < 0.02) n = normalize(n + toEye * (0.02 - facing));
	// Distant water is seen on the fronts of its waves alone: the mean normal tips to the eye.
	vec3 level = toEye - up * dot(toEye, up);
	return normalize(n + level * (0.03 * smoothstep(1500.0, 9000.0, metres)));
}

// GGX's roughness of what pixels swallow, squared.
float wavyAlpha(Waves w) { return sqrt(0.0012 + 2.0 * w.lost); }

// The body of water of a base colour: deep blue-green, a little milk where the colour is
// lighter, and far off the blue of the open sea.
vec3 waterBody(vec3 base, float metres) {
	vec3 deep = mix(vec3(0.008, 0.030, 0.040), base * 0.30, 0.30);
	return mix(deep, vec3(0.006, 0.0185, 0.044), smoothstep(2500.0, 12000.0, metres));
}

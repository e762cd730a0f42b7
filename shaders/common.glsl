// Small functions that many stages use.

// Octahedral unit vectors (Cigolle et al. 2014).
vec3 octDecode(vec2 e) {
	vec3 v = vec3(e, 1.0 - abs(e.x) - abs(e.y));
	float t = max(-v.z, 0.0);
	v.xy += vec2(v.x >= 0.0 ? -t : t, v.y >= 0.0 ? -t : t);
	return normalize(v);
}

vec2 octEncode(vec3 n) {
	n /= abs(n.x) + abs(n.y) + abs(n.z);
	vec2 w = (1.0 - abs(n.yx)) * vec2(n.x >= 0.0 ? 1.0 : -1.0, n.y >= 0.0 ? 1.0 : -1.0);
	return n.z >= 0.0 ? n.xy : w;
}

// Exact sRGB (IEC 61966-2-1), for colours that come as bytes.
vec3 srgbDecode(vec3 c) {
	return mix(c / 12.92, pow((c + 0.055) / 1.055, vec3(2.4)), step(vec3(0.04045), c));
}

vec3 srgbEncode(vec3 c) {
	c = clamp(c, 0.0, 1.0);
	return mix(c * 12.92, 1.055 * pow(c, vec3(1.0 / 2.4)) - 0.055, step(vec3(0.0031308), c));
}

// The base colour as the G-buffer holds it.
vec3 packBase(vec3 c) { return sqrt(max(c, 0.0)); }
vec3 unpackBase(vec3 held) { return held * held; }

// PCG (Jarzynski and Olano 2020).
uint hash1(uint v) {
	uint s = v * 747796405u + 2891336453u;
	uint w = ((s >> ((s >> 28u) + 4u)) ^ s) * 277803737u;
	return (w >> 22u) ^ w;
}

uint hash2(uvec2 v) { return hash1(v.x + hash1(v.y)); }

// unitFloat maps a hash to 0 ≤ x < 1.
float unitFloat(uint h) { return float(h >> 8u) * (1.0 / 16777216.0); }

// Interleaved gradient noise (Jimenez 2014).
float gradientNoise(vec2 pixel) { return fract(52.9829189 * fract(dot(pixel, vec2(0.06711056, 0.00583715)))); }

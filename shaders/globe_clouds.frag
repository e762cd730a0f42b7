// The globe's cloud field as an equirectangular map: r is the field that the cover is
// cut from. LAND 1 is what a globe's land looks like instead: its lightness, and how arid, lush and
// icy it is. Bands follow the climate (the doldrums,
// dry horse latitudes, mid-latitude fronts), and lows wind the field around them.
//!define LAND 0 1
#include "noise.glsl"
uniform vec2 size;
#if LAND
uniform sampler2D climateMap;
uniform float zones; // 1: there is no map of the climate, and it goes by latitude
#endif
out vec4 color;

const float TAU = 6.28318530718;

float fbm(vec3 p, int octaves) {
	float sum = 0.0, amp = 0.5, norm = 0.0;
	for (int i = 0; i < octaves; i++) {
		sum += amp * valueNoise(p);
		norm += amp;
		amp *= 0.54;
		p = OCTAVE_TURN * p * 2.03 + 17.3;
	}
	return sum / norm;
}

// Rotates p about the axis by an angle.
vec3 turn(vec3 p, vec3 axis, float angle) {
	float s = sin(angle), c = cos(angle);
	return p * c + cross(axis, p) * s + axis * dot(axis, p) * (1.0 - c);
}

void main() {
	vec2 uv = gl_FragCoord.xy / size;
	float lng = (uv.x - 0.5) * TAU, lat = (uv.y - 0.5) * (0.5 * TAU);
	vec3 q = vec3(cos(lat) * cos(lng), cos(lat) * sin(lng), sin(lat));
#if LAND
	vec3 bend = vec3(fbm(q * 3.1 + 5.0, 4), fbm(q * 3.1 + 31.0, 4), fbm(q * 3.1 + 57.0, 4)) - 0.5;
	float light = fbm(q * 7.0 + bend * 0.5, 7);
	vec3 climate = texture(climateMap, uv + bend.xy * vec2(0.05, 0.08)).rgb;
	climate.r = mix(climate.r, exp(-pow((abs(degrees(lat)) - 24.0) / 11.0, 2.0)), zones);
	climate.gb *= 1.0 - zones;
	// Where it is neither, plains and ice end by themselves as well.
	color = vec4(light, climate.rg, smoothstep(0.35, 0.65, climate.b + (light - 0.5) * 0.5));
#else
	vec3 p = q;
	float eyes = 0.0;
	// Depressions: the air turns about them, anticlockwise in the north, and each leaves
	// a comma of cloud.
	for (uint i = 0u; i < 26u; i++) {
		uint h = hash1(i * 7919u + 12u);
		float side = (i & 1u) == 0u ? 1.0 : -1.0;
		float la = side * radians(mix(34.0, 66.0, unitFloat(h))), lo = TAU * (float(i) + unitFloat(hash1(h))) / 26.0 * 7.0;
		vec3 c = vec3(cos(la) * cos(lo), cos(la) * sin(lo), sin(la));
		float size1 = mix(0.10, 0.24, unitFloat(hash1(h + 5u)));
		float d = acos(clamp(dot(q, c), -1.0, 1.0)) / size1;
		float fall = exp(-d * d);
		p = turn(p, c, -side * 3.6 * fall);
		// Bright arm along a spiral, clear slot behind it.
		vec3 e = normalize(cross(vec3(0, 0, 1), c));
		float bearing = atan(dot(q, cross(c, e)), dot(q, e));
		float arm = cos(bearing - side * (2.6 * log(d + 0.12)) + float(i));
		eyes += fall * exp(-d * 0.4) * (0.34 * arm + 0.10);
	}
	// Warped noise: large systems, stretched along the winds, then fronts and cells.
	vec3 w = vec3(fbm(p * 3.1 + 5.0, 4), fbm(p * 3.1 + 31.0, 4), fbm(p * 3.1 + 57.0, 4)) - 0.5;
	vec3 flow = p + w * 0.42;
	flow.z *= 1.5;
	float systems = fbm(flow * 3.4, 6);
	vec3 w2 = vec3(fbm(flow * 9.0 + 3.0, 3), fbm(flow * 9.0 + 41.0, 3), fbm(flow * 9.0 + 77.0, 3)) - 0.5;
	float fronts = 1.0 - abs(2.0 * fbm(flow * 5.0 + w2 * 0.8, 6) - 1.0);
	float cells = fbm(p * 46.0 + w2 * 3.0, 5);
	float a = abs(degrees(lat));
	float climate = 0.10 * exp(-pow((degrees(lat) - 6.0) / 6.0, 2.0)) - 0.09 * exp(-pow((a - 22.0) / 9.0, 2.0))
		+ 0.10 * exp(-pow((a - 55.0) / 14.0, 2.0)) + 0.03 * exp(-pow((a - 85.0) / 10.0, 2.0));
	float field = 0.62 * systems + 0.30 * (fronts - 0.5) + 0.30 * (cells - 0.5) + climate + eyes * 0.55;
	color = vec4(vec3(clamp(field, 0.0, 1.0)), 1.0);
#endif
}

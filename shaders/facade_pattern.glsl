// Patterns on walls, cut with the pixel's footprint: w is its width in units of x.

// Share of the pixel around x that lies in [lo, hi].
float within(float x, float lo, float hi, float w) {
	w = max(w, 1e-4);
	return clamp((min(x + 0.5 * w, hi) - max(x - 0.5 * w, lo)) / w, 0.0, 1.0);
}

// The same for [lo, hi] of every unit, 0 ≤ lo ≤ hi ≤ 1: the difference of its integral, so
// that the mean is kept however large the pixel is.
float grating(float x, float lo, float hi, float w) {
	w = max(w, 1e-4);
	vec2 e = vec2(x - 0.5 * w, x + 0.5 * w), n = floor(e);
	vec2 sum = n * (hi - lo) + clamp(e - n - lo, 0.0, hi - lo);
	return clamp((sum.y - sum.x) / w, 0.0, 1.0);
}

float lattice(vec2 p, vec2 lo, vec2 hi, vec2 w) { return grating(p.x, lo.x, hi.x, w.x) * grating(p.y, lo.y, hi.y, w.y); }

// Light of lamps behind glass: from candle to office white.
vec3 lampColor(float h) { return mix(vec3(1.0, 0.48, 0.14), mix(vec3(1.0, 0.68, 0.34), vec3(0.86, 0.92, 1.0), smoothstep(0.72, 0.95, h)), smoothstep(0.0, 0.45, h)); }

const float WHITE_PAPER = 30000.0; // lx·/π: the luminance in cd/m² that emission counts as 1

// Light of a room's lamps as a share of what it is by day. It follows the daylight as a
// photographer would dim it: lamps of 300 lx are black beside the sun and glare in the dark.
float roomLight() { return mix(0.008, 0.45, smoothstep(-0.05, 0.6, sunDir.w)); }

// Local solar time in hours, by the sun's and the eye's longitudes.
float solarHour() {
	vec3 s = mat3(frame.toEcef) * frame.sun.xyz, o = mat3(frame.toEcef) * vec3(0.0, 0.0, 1.0);
	return mod(12.0 + 12.0 / 3.14159265 * atan(s.x * o.y - s.y * o.x, dot(s.xy, o.xy)), 24.0);
}

// Shares of lamps that are on by the hour: homes, workplaces, shops. After lighting schedules: mid-rise apartment and
// stand-alone retail of the DOE commercial reference buildings (Deru et al. 2011), large office of ASHRAE 90.1's
// prototypes, where cleaners and what is left on keep 0.4 to 0.2 alight through the night.
vec3 lampShares(float h) {
	float late = h < 4.0 ? h + 24.0 : h;
	float home = 0.75 * smoothstep(16.0, 19.5, late) * (1.0 - smoothstep(21.3, 25.0, late)) + 0.45 * smoothstep(5.5, 7.0, late) * (1.0 - smoothstep(7.5, 9.5, late));
	float work = smoothstep(6.0, 8.0, late) * (1.0 - 0.6 * smoothstep(17.0, 19.0, late) - 0.4 * smoothstep(20.5, 24.5, late));
	float shop = smoothstep(7.5, 9.5, late) * (1.0 - smoothstep(20.5, 23.0, late));
	return vec3(0.045 + home, 0.16 + 0.76 * work, 0.30 + 0.65 * shop);
}

// Water: a dark body under a moving surface. Waves are noise at falling lengths that
// drift with the wind; what is finer than a pixel becomes roughness, so that the glitter
// keeps its width and does not shimmer.

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

void surface(inout Surface s, in SurfaceInput i) {
	vec2 p = i.uv; // plan metres: the pattern goes on from tile to tile
	// A pixel covers more ground the flatter it is seen.
	float flatness = max(dot(i.toEye, i.up), 0.02);
	float across = i.footprint, along = i.footprint / flatness;
	float width = sqrt(across * along);
	vec2 slope = vec2(0.0);
	float lost = 0.0; // variance of slope that pixels swallow
	float length1 = 23.0, height = 0.26;
	vec2 dir = vec2(0.83, 0.56);
	for (int k = 0; k < 6; k++) {
		float keep = 1.0 - smoothstep(0.22, 0.75, width / length1);
		float steep = height / length1;
		vec2 q = p / length1;
		vec2 drift = dir * i.time * sqrt(1.56 * length1) / length1; // deep-water speed
		// Stretched across the wind, in two trains that beat against each other.
		vec2 a = vec2(dot(q, dir), dot(q, vec2(-dir.y, dir.x)) * 0.55);
		vec3 n0 = noiseGradient(a + vec2(drift.x + drift.y, 0.0) * -0.7);
		vec2 g = dir * n0.y + vec2(-dir.y, dir.x) * n0.z * 0.55;
		slope += keep * g * steep * 2.0;
		lost += (1.0 - keep * keep) * steep * steep * 1.1;
		length1 *= 0.47;
		height *= 0.50;
		dir = mat2(0.74, 0.67, -0.67, 0.74) * dir; // each train turned by 42°
	}
	// Gusts: patches of smoother and rougher water.
	float gust = 0.55 + 0.9 * fadedNoise(p + vec2(-2.1, -1.2) * i.time, 1.0 / 160.0, along);
	slope *= gust;
	lost *= gust;
	vec3 east = normalize(cross(vec3(0.0, 1.0, 0.0), i.up)), north = cross(i.up, east);
	vec3 n = normalize(i.normal - east * slope.x - north * slope.y);
	// A wave's far side is not seen at a grazing look: no normal turns away.
	float facing = dot(n, i.toEye);
	if (facing < 0.02) n = normalize(n + i.toEye * (0.02 - facing));
	// Distant water is seen on the fronts of its waves alone: the mean normal tips to the
	// eye, as the globe's sea does where the tiles end.
	vec3 level = i.toEye - i.up * dot(i.toEye, i.up);
	s.normal = normalize(n + level * (0.03 * smoothstep(1500.0, 9000.0, i.distance)));
	float alpha = sqrt(0.0012 + 2.0 * lost);
	s.roughness = clamp(sqrt(alpha), 0.05, 0.5);
	s.reflectance = 0.36; // F0 of water, 2 %
	s.metallic = 0.0;
	// The body: deep blue-green, a little milk where the given colour is lighter.
	vec3 deep = vec3(0.008, 0.030, 0.040);
	s.base = mix(deep, s.base * 0.30, 0.30);
	// Far off it is the open sea of the globe, which goes on where the tiles end.
	s.base = mix(s.base, vec3(0.006, 0.0185, 0.044), smoothstep(2500.0, 12000.0, i.distance));
}

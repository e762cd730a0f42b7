// Share of the probe that a rough surface sends back: f0·x + y (Karis 2014).
vec2 environmentShare(float roughness, float nv) {
	vec4 r = roughness * vec4(-1.0, -0.0275, -0.572, 0.022) + vec4(1.0, 0.0425, 1.04, -0.04);
	float a = min(r.x * r.x, exp2(-9.28 * nv)) * r.x + r.y;
	return vec2(-1.04, 1.04) * a + r.zw;
}

// Fog that thins with height: how much of it a ray crosses is known in closed form. Needs
// atmosphere.glsl, sky_uniforms.glsl, common.glsl and the map irradiance.

// Density per metre at a height above its base; it grows no more far below.
float fogAt(float z) { return fog.x * exp(-max(z * fog.y, -3.0)); }

float heightOf(vec3 d, float t) { return fog.z + d.z * t + t * t / (2.0 * ball.z); }

// Optical depth of the fog up to a distance.
float fogDepth(vec3 d, float t) {
	float z1 = heightOf(d, t), a = fogAt(fog.z), b = fogAt(z1), x = (z1 - fog.z) * fog.y;
	return abs(x) < 0.02 ? 0.5 * (a + b) * t : (a - b) * t / x;
}

// Henyey and Greenstein 1941; droplets throw light forwards, thick fog makes it even.
float fogPhase(float nu, float g) { return (1.0 - g * g) / (4.0 * PI * pow(max(1.0 + g * g - 2.0 * g * nu, 1e-4), 1.5)); }

// What the fog sends to the eye along a unit direction up to a distance, and what it lets
// through; seen is the share of it that the sun reaches, if it is below 1.
vec4 fogBefore(vec3 d, float t, float seen) {
	float through = exp(-fogDepth(d, t));
	float middle = min(t, 1.0 / max(fogAt(fog.z), 1e-5));
	float z = heightOf(d, middle * 0.5);
	// The sun's way down through the fog; what it loses is scattered on, mostly down too.
	float down = fogAt(z) / fog.y / max(sunDir.w, 0.04);
	float nu = dot(d, sunDir.xyz);
	vec3 sun = mix(sunLow.rgb, sunHigh.rgb, clamp((eyeKm.x + d.z * middle * 0.0005) / 6.0, 0.0, 1.5));
	vec3 lit = sun * (0.7 * fogPhase(nu, 0.55) + 0.3 / (4.0 * PI)) * exp(-0.25 * down);
	vec3 around = 0.5 * (textureLod(irradiance, octEncode(vec3(0.0, 0.0, 1.0)) * 0.5 + 0.5, 0.0).rgb + textureLod(irradiance, octEncode(vec3(0.0, 0.0, -1.0)) * 0.5 + 0.5, 0.0).rgb);
	vec3 moon = moonLight.rgb * (0.7 * fogPhase(dot(d, moonDir.xyz), 0.55) + 0.3 / (4.0 * PI));
	return vec4((0.97 * (lit * seen + moon) + around) * (1.0 - through), through);
}

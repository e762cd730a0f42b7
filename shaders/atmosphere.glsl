// Clear air after Hillaire 2020, "A Scalable and Production Ready Sky and Atmosphere
// Rendering Technique"; package pipeline/sky is the same in float64. Kilometres; the
// ground is a sphere; heights come from r²-R², which does not cancel near the ground.
const float PI = 3.14159265358979;
const float AIR_RADIUS = 6378.137;
const float AIR_TOP = 100.0;
const float AIR_TOP_C = AIR_TOP * (2.0 * AIR_RADIUS + AIR_TOP);
const vec3 RAYLEIGH = vec3(5.802e-3, 13.558e-3, 33.1e-3);
const vec3 OZONE = vec3(1.45e-3, 1.80e-3, 0.11e-3);
const float MIE_SCATTER = 3.996e-3;
const float MIE_EXTINCTION = 4.440e-3;
const float MIE_G = 0.8;
const float GROUND_ALBEDO = 0.3;
const float SUN_RADIUS = 0.004675;

struct Medium {
	vec3 rayleigh;
	float mie;
	vec3 extinction;
};

Medium mediumAt(float h, float haze) {
	h = max(h, 0.0);
	float dr = exp(h * (-1.0 / 8.0)), dm = exp(h * (-1.0 / 1.2)) * haze;
	Medium m;
	m.rayleigh = RAYLEIGH * dr;
	m.mie = MIE_SCATTER * dm;
	m.extinction = m.rayleigh + MIE_EXTINCTION * dm + OZONE * max(0.0, 1.0 - abs(h - 25.0) / 15.0);
	return m;
}

float rayleighPhase(float nu) { return 3.0 / (16.0 * PI) * (1.0 + nu * nu); }

// Cornette and Shanks 1992.
float miePhase(float nu) {
	const float g2 = MIE_G * MIE_G;
	float d = 1.0 + g2 - 2.0 * MIE_G * nu;
	return 3.0 / (8.0 * PI) * (1.0 - g2) / (2.0 + g2) * (1.0 + nu * nu) / (d * sqrt(d));
}

// A ray is (b, c): |o + t·d|² - R² = c + 2bt + t².
vec2 airRay(float h, float mu) { return vec2((AIR_RADIUS + h) * mu, h * (2.0 * AIR_RADIUS + h)); }

float heightAt(vec2 ray, float t) {
	float q = ray.y + t * (2.0 * ray.x + t);
	return q / (sqrt(AIR_RADIUS * AIR_RADIUS + q) + AIR_RADIUS);
}

// The part of a ray in the air and above the ground; y < x where there is none.
vec2 airCut(vec2 ray, out bool ground) {
	float disc = ray.x * ray.x - ray.y;
	ground = ray.x < 0.0 && disc > 0.0;
	float s = ray.x * ray.x - ray.y + AIR_TOP_C;
	if (s < 0.0) return vec2(1.0, 0.0);
	s = sqrt(s);
	vec2 cut = vec2(max(0.0, -ray.x - s), -ray.x + s);
	if (ground) cut.y = min(cut.y, ray.y / (-ray.x + sqrt(disc)));
	return cut;
}

// Samples dense around the lowest point of the ray.
float airWarp(vec2 ray, vec2 cut, float x) {
	float tm = clamp(-ray.x, cut.x, cut.y);
	float a = sqrt(tm - cut.x), b = sqrt(cut.y - tm);
	float u = x * (a + b) - a;
	return tm + u * abs(u);
}

float sunUp(float h, float muSun) {
	float rho = sqrt(max(0.0, h * (2.0 * AIR_RADIUS + h)));
	return smoothstep(0.0, 1.0, (muSun + rho / (AIR_RADIUS + h)) / (2.0 * SUN_RADIUS) + 0.5);
}

// Tables whose first and last texels stand at 0 and 1.
vec2 tableUV(vec2 uv, vec2 size) { return (clamp(uv, 0.0, 1.0) * (size - 1.0) + 0.5) / size; }

const vec2 TRANSMITTANCE_SIZE = vec2(256.0, 64.0);
const vec2 MULTIPLE_SIZE = vec2(32.0, 32.0);

vec3 transmittance(sampler2D table, float h, float mu) {
	h = clamp(h, 0.0, AIR_TOP);
	float H = sqrt(AIR_TOP_C), rho = sqrt(h * (2.0 * AIR_RADIUS + h));
	float b = (AIR_RADIUS + h) * mu;
	float d = max(0.0, -b + sqrt(max(0.0, b * b + H * H - rho * rho)));
	float dMin = AIR_TOP - h;
	return textureLod(table, tableUV(vec2((d - dMin) / (rho + H - dMin), rho / H), TRANSMITTANCE_SIZE), 0.0).rgb;
}

vec3 sunlight(sampler2D table, float h, float muSun) {
	return transmittance(table, h, muSun) * sunUp(clamp(h, 0.0, AIR_TOP), muSun);
}

vec3 multiple(sampler2D table, float h, float muSun) {
	return textureLod(table, tableUV(vec2(muSun * 0.5 + 0.5, sqrt(clamp(h / AIR_TOP, 0.0, 1.0))), MULTIPLE_SIZE), 0.0).rgb;
}

// Light scattered towards the eye between two distances, and the share let through.
struct Scattered {
	vec3 radiance, through;
};

Scattered scatter(sampler2D transmittanceTable, sampler2D multipleTable, float haze,
		float h, float mu, float muSun, float nu, vec2 ray, vec2 cut, int steps) {
	Scattered s = Scattered(vec3(0.0), vec3(1.0));
	if (cut.y <= cut.x) return s;
	float pr = rayleighPhase(nu), pm = miePhase(nu), prev = cut.x;
	for (int k = 0; k < steps; k++) {
		float t = airWarp(ray, cut, (float(k) + 0.5) / float(steps));
		float next = airWarp(ray, cut, float(k + 1) / float(steps));
		float hk = heightAt(ray, t);
		Medium m = mediumAt(hk, haze);
		float mus = ((AIR_RADIUS + h) * muSun + t * nu) / (AIR_RADIUS + hk);
		vec3 source = sunlight(transmittanceTable, hk, mus) * (m.rayleigh * pr + m.mie * pm)
			+ multiple(multipleTable, hk, mus) * (m.rayleigh + m.mie);
		vec3 seg = exp(-m.extinction * (next - prev));
		s.radiance += s.through * source * (1.0 - seg) / max(m.extinction, vec3(1e-12));
		s.through *= seg;
		prev = next;
	}
	return s;
}

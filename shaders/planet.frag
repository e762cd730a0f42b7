// A planet: an ellipsoid lit by the Sun, darker to its limb, with rings where it has some.
// Lengths are its radii at the equator; axes are the view's, the origin is its middle.
#include "frame.glsl"
#include "atmosphere.glsl"
#include "sky_uniforms.glsl"
#include "noise.glsl"
uniform vec4 ray;    // xy tangents of its middle in the view, z tangent a pixel, w radii a pixel
uniform vec4 toSun;  // unit; w factor of the light
uniform vec4 axis;   // unit; w 1/(1-flattening)
uniform vec4 face;   // linear colour; w of a disc that is full, pre-exposed at an astronomical unit
uniform vec4 look;   // strength of belts, of spots, of polar caps, Minnaert's exponent
uniform float share; // of the disc beside the point that it is from afar
uniform float rings; // 1 = has Saturn's
uniform float solid; // 1 = hides what is behind it: no air shines before it
flat in vec3 through;
flat in vec2 centre;
layout(location = 0) out vec4 color;

// stretched makes the ellipsoid a sphere.
vec3 stretched(vec3 v) { return v + axis.xyz * (dot(v, axis.xyz) * (axis.w - 1.0)); }

// ringAt is what the rings hide at a distance from the middle, and how bright they are: by
// their optical depths (Cuzzi et al. 2009, Ring particle composition and size distribution), of
// radii of 60,268 km: C, B, Cassini's division, A with Encke's gap.
vec2 ringAt(float r) {
	float km = r * 60268.0;
	if (km < 74658.0 || km > 136775.0) return vec2(0.0);
	float wave = 0.5 + 0.5 * valueNoise(vec3(km / 700.0, 3.0, 7.0)), fine = valueNoise(vec3(km / 210.0, 9.0, 2.0));
	if (km < 91975.0) return vec2(0.06 + 0.14 * wave * (km - 74658.0) / 17317.0, 0.45);
	if (km < 117507.0) return vec2(mix(0.72, 0.96, smoothstep(0.1, 0.9, wave * 0.7 + fine * 0.3)), 1.0);
	if (km < 122340.0) return vec2(0.10 + 0.06 * fine, 0.5);
	if (km > 133410.0 && km < 133740.0) return vec2(0.02, 0.5);
	return vec2(0.46 + 0.16 * fine, 0.8);
}

// ringOver is its mean over a footprint.
vec2 ringOver(float r, float footprint) {
	vec2 sum = vec2(0.0);
	for (int k = 0; k < 4; k++) {
		vec2 v = ringAt(r + (float(k) - 1.5) * 0.25 * footprint);
		sum += vec2(v.x, v.x * v.y);
	}
	return vec2(sum.x * 0.25, sum.y / max(sum.x, 1e-5));
}

// Belts of Jupiter by planetographic latitude, degrees: the dark ones' middles and half widths
// (Rogers 1995, The giant planet Jupiter).
float beltAt(float lat, float soft) {
	const vec3 belts[6] = vec3[6](vec3(12.0, 5.5, 1.0), vec3(-14.0, 6.5, 0.9), vec3(28.0, 2.5, 0.55), vec3(-30.5, 3.0, 0.5), vec3(41.0, 2.5, 0.35), vec3(-41.0, 2.5, 0.3));
	float dark = 0.45 * smoothstep(46.0, 70.0, abs(lat));
	for (int k = 0; k < 6; k++) dark += belts[k].z * (1.0 - smoothstep(belts[k].y - 1.5 - soft, belts[k].y + 1.5 + soft, abs(lat - belts[k].x)));
	return dark;
}

void main() {
	vec2 o = (gl_FragCoord.xy - centre) * ray.w;
	vec3 p = vec3(o, 0.0), d = normalize(vec3(ray.xy + (gl_FragCoord.xy - centre) * ray.z, -1.0));
	vec3 q = stretched(p), e = stretched(d);
	float ee = dot(e, e), b = dot(q, e) / ee, h2 = dot(q, q) - b * b * ee, pixel = ray.w;
	float cover = clamp((1.0 - sqrt(max(h2, 0.0))) / pixel + 0.5, 0.0, 1.0);
	float t = -b - sqrt(max(1.0 - h2, 0.0) / ee);
	float light = toSun.w * face.w;
	vec3 sum = vec3(0.0);
	float hidden = 0.0;
	if (cover > 0.0) {
		vec3 at = p + t * d, n = normalize(stretched(stretched(at)));
		float mu0 = dot(n, toSun.xyz), mu = max(-dot(n, d), 0.03);
		float lit = pow(max(mu0, 0.0), look.w) * pow(mu, look.w - 1.0);
		float lat = degrees(asin(clamp(dot(n, axis.xyz), -1.0, 1.0)));
		vec3 tint = face.rgb;
		vec3 spot = 3.0 * at + 11.0;
		float mottle = 0.0, amp = 0.55;
		for (int k = 0; k < 4; k++) {
			mottle += amp * valueNoise(spot);
			spot = OCTAVE_TURN * spot * 2.1;
			amp *= 0.5;
		}
		tint *= 1.0 - look.y * smoothstep(0.42, 0.62, mottle);
		tint *= mix(vec3(1.0), vec3(0.72, 0.52, 0.38), clamp(look.x * beltAt(lat + 2.5 * look.x * (mottle - 0.5), 60.0 * pixel), 0.0, 1.0));
		tint = mix(tint, vec3(0.95, 0.96, 1.0), look.z * smoothstep(76.0, 82.0, abs(lat) + 6.0 * (mottle - 0.5)));
		if (rings > 0.0 && mu0 > 0.0) { // their shadow
			float s = -dot(at, axis.xyz) / dot(toSun.xyz, axis.xyz);
			if (s > 0.0) lit *= 1.0 - ringOver(length(at + s * toSun.xyz), 2.0 * pixel).x;
		}
		sum = tint * (lit * light);
		hidden = cover;
	}
	sum *= cover;
	float tilt = dot(d, axis.xyz);
	if (rings > 0.0 && abs(tilt) > 1e-4) {
		float s = -dot(p, axis.xyz) / tilt;
		vec3 at = p + s * d;
		float r = length(at);
		vec2 ring = ringOver(r, pixel * min(1.0 / abs(tilt), 12.0));
		bool before = s < t || cover <= 0.0;
		if (ring.x > 0.0) {
			// More is before the eye where it looks along them; light comes through from their other side.
			float thick = 1.0 - pow(1.0 - min(ring.x, 0.995), clamp(0.6 / abs(tilt), 1.0, 4.0));
			float sunSide = dot(toSun.xyz, axis.xyz) * -tilt;
			float lit = sunSide > 0.0 ? ring.y : 0.35 * ring.y * (1.0 - ring.x);
			vec3 sq = stretched(at), se = stretched(toSun.xyz); // the planet's shadow
			float sb = dot(sq, se), near2 = dot(sq, sq) - sb * sb / dot(se, se);
			if (sb < 0.0) lit *= smoothstep(0.99, 1.01, near2);
			vec3 of = vec3(0.93, 0.86, 0.74) * (lit * light * 0.9);
			float over = before ? thick : thick * (1.0 - hidden);
			sum = sum * (before ? 1.0 - thick : 1.0) + of * over;
			hidden = max(hidden, over);
		}
	}
	if (hidden <= 0.0) discard;
	color = vec4(min(sum, vec3(6.0)) * through * share, hidden * share * solid);
}

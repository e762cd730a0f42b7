// Temporal anti-aliasing for live pictures: the jittered frame is blended into what the
// last frames said, reprojected by depth, clipped to what the neighbourhood allows
// (Karis 2014; variance clipping of Salvi 2016; 5-tap Catmull-Rom of Jimenez 2016).
#include "frame.glsl"
uniform sampler2D source;
uniform sampler2D history;
uniform sampler2D depthMap;
uniform float valid; // 0 after a cut
in vec2 uv;
out vec4 color;

vec3 compress(vec3 c) { return c / (1.0 + max(c.r, max(c.g, c.b))); }
vec3 expand(vec3 c) { return c / max(1.0 - max(c.r, max(c.g, c.b)), 1e-3); }
vec3 toYCoCg(vec3 c) { return vec3(dot(c, vec3(0.25, 0.5, 0.25)), dot(c, vec3(0.5, 0.0, -0.5)), dot(c, vec3(-0.25, 0.5, -0.25))); }
vec3 fromYCoCg(vec3 c) { return vec3(c.x + c.y - c.z, c.x + c.z, c.x - c.y - c.z); }

vec3 catmullRom(vec2 at) {
	vec2 size = frame.size.xy, p = at * size, c = floor(p - 0.5) + 0.5, f = p - c;
	vec2 w0 = f * (-0.5 + f * (1.0 - 0.5 * f)), w1 = 1.0 + f * f * (-2.5 + 1.5 * f), w2 = f * (0.5 + f * (2.0 - 1.5 * f)), w3 = f * f * (-0.5 + 0.5 * f);
	vec2 w12 = w1 + w2, m = (c + w2 / w12) / size, a = (c - 1.0) / size, b = (c + 2.0) / size;
	vec4 s = vec4(textureLod(history, m, 0.0).rgb, 1.0) * (w12.x * w12.y)
		+ vec4(textureLod(history, vec2(m.x, a.y), 0.0).rgb, 1.0) * (w12.x * w0.y)
		+ vec4(textureLod(history, vec2(a.x, m.y), 0.0).rgb, 1.0) * (w0.x * w12.y)
		+ vec4(textureLod(history, vec2(b.x, m.y), 0.0).rgb, 1.0) * (w3.x * w12.y)
		+ vec4(textureLod(history, vec2(m.x, b.y), 0.0).rgb, 1.0) * (w12.x * w3.y);
	return max(s.rgb / s.w, 0.0);
}

void main() {
	ivec2 p = ivec2(gl_FragCoord.xy), last = ivec2(frame.size.xy) - 1;
	vec4 now = texelFetch(source, p, 0);
	vec3 c = toYCoCg(compress(max(now.rgb, 0.0))), mean = vec3(0.0), square = vec3(0.0);
	float nearest = 0.0;
	ivec2 nearestAt = p;
	for (int y = -1; y <= 1; y++)
		for (int x = -1; x <= 1; x++) {
			ivec2 q = clamp(p + ivec2(x, y), ivec2(0), last);
			vec3 s = toYCoCg(compress(max(texelFetch(source, q, 0).rgb, 0.0)));
			mean += s;
			square += s * s;
			float d = texelFetch(depthMap, q, 0).r;
			if (d > nearest) {
				nearest = d;
				nearestAt = q;
			}
		}
	mean /= 9.0;
	vec3 sigma = sqrt(max(square / 9.0 - mean * mean, 0.0)) * 1.1;
	// Where the nearest surface of the neighbourhood was, without the jitter of either
	// frame; the sky only turns.
	vec2 at = (vec2(nearestAt) + 0.5) * frame.size.zw - frame.jitter.xy * 0.5;
	vec3 stable = viewRay((vec2(nearestAt) + 0.5) * frame.size.zw);
	vec4 before = frame.reproject * (nearest > 0.0 ? vec4(stable * viewDepth(nearest), 1.0) : vec4(stable * 1e9, 1.0));
	vec2 move = before.xy / before.w * 0.5 + 0.5 - at;
	vec2 from = uv + move;
	float blend = 0.08;
	if (valid < 0.5 || any(lessThan(from, vec2(0.0))) || any(greaterThan(from, vec2(1.0)))) {
		color = now;
		return;
	}
	vec3 h = toYCoCg(compress(catmullRom(from)));
	vec3 off = h - mean, unitOff = abs(off / max(sigma, 1e-4));
	float far = max(unitOff.x, max(unitOff.y, unitOff.z));
	if (far > 1.0) h = mean + off / far;
	// Quick pans leave less to trust.
	blend = mix(blend, 0.3, smoothstep(0.5, 12.0, length(move * frame.size.xy)) * 0.5);
	color = vec4(expand(fromYCoCg(mix(h, c, blend))), now.a);
}

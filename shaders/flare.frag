// Lens flare: the sun's light that goes to and fro between the surfaces of a lens and its
// aperture of six blades. Ghosts lie on the line through the sun and the middle of the picture,
// a halo and the rays of the aperture's edges around the sun. It is drawn by functions, not
// traced through a lens as by Hullin et al. 2011. What hides the sun hides all of it.
uniform sampler2D source;
uniform float aspect; // the picture's width by its height
in vec2 uv;
flat in vec2 sunAt;
flat in vec3 shine;
out vec4 color;

// Heights of the picture from its middle.
vec2 centred(vec2 at) { return (at - 0.5) * vec2(aspect, 1.0); }

// A ghost is a picture of the aperture: a rounded hexagon with a light rim.
float ghost(vec2 q, float radius) {
	q = abs(q);
	float d = mix(length(q), max(q.x * 0.8660254 + q.y * 0.5, q.y), 0.75) / radius;
	return (0.45 + 0.55 * smoothstep(0.55, 0.98, d)) * (1.0 - smoothstep(0.94, 1.06, d));
}

// Coatings let through another color each; rims are fringed, as glass bends blue more.
vec3 ghostAt(vec2 p, vec2 sun, float along, float radius, vec3 tint) {
	vec2 q = p - sun * along;
	if (dot(q, q) > 1.4 * radius * radius) return vec3(0.0);
	return tint * vec3(ghost(q, radius * 1.03), ghost(q, radius), ghost(q, radius * 0.97));
}

void main() {
	color = textureLod(source, uv, 0.0);
	if (max(shine.r, max(shine.g, shine.b)) <= 0.0) return;
	vec2 p = centred(uv), sun = centred(sunAt);
	vec3 sum = ghostAt(p, sun, 0.55, 0.035, vec3(0.20, 0.32, 0.20))
		+ ghostAt(p, sun, 0.32, 0.075, vec3(0.10, 0.10, 0.20))
		+ ghostAt(p, sun, -0.22, 0.028, vec3(0.36, 0.22, 0.10))
		+ ghostAt(p, sun, -0.42, 0.105, vec3(0.05, 0.13, 0.10))
		+ ghostAt(p, sun, -0.58, 0.048, vec3(0.28, 0.12, 0.10))
		+ ghostAt(p, sun, -0.95, 0.165, vec3(0.09, 0.09, 0.05))
		+ ghostAt(p, sun, -1.30, 0.26, vec3(0.04, 0.05, 0.10));
	vec2 q = p - sun;
	float r = length(q);
	vec3 off = (vec3(r) - vec3(0.345, 0.330, 0.315)) / 0.016;
	sum += 0.10 * exp(-off * off);
	float rays = 0.0;
	for (int i = 0; i < 3; i++) {
		float turn = 0.2 + 1.04719755 * float(i);
		rays += exp(-abs(q.x * sin(turn) - q.y * cos(turn)) * 130.0);
	}
	sum += 1.6 * rays * exp(-9.0 * r) + 0.55 * exp(-11.0 * r);
	color.rgb += shine * sum;
}

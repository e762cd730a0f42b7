// What lies behind everything from beyond the air's and the globe's reach: the Sun, the Moon,
// and the Galaxy: a map of it around the Sun, marched through from further out.
#include "frame.glsl"
#include "atmosphere.glsl"
#include "sky_uniforms.glsl"
#include "celestial.glsl"
uniform sampler2D galaxyView;
uniform float galaxyShare; // of what is marched
in vec2 uv;
out vec4 color;

void main() {
	vec3 ray = viewRay(uv), d = normalize(ray);
	float pixelAngle = 2.0 * frame.rayUp.w * frame.size.w / length(ray);
	vec3 light = vec3(0.0);
	if (dot(d, sunSeen.xyz) > 0.9998) light += sunDisc(d, pixelAngle);
	if (dot(d, moonDir.xyz) > 0.9998) light += moonDisc(d, pixelAngle);
	if (galaxyShare < 1.0) light += (1.0 - galaxyShare) * milkyWay(d);
	if (galaxyShare > 0.0) light += galaxyShare * veil.y * textureLod(galaxyView, uv, 0.0).rgb;
	color = veil.x * vec4(light, 1.0);
}

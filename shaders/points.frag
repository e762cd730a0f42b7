// A disc, or a ring where stroke is above 0 (a fraction of the radius).
//!define ID 0 1
uniform float stroke;
flat in vec3 disc;
flat in vec4 ink;
flat in uint featureId;
#if ID
layout(location = 0) out uint id;
vec4 color;
#else
layout(location = 0) out vec4 color;
#endif

void main() {
	float r = distance(gl_FragCoord.xy, disc.xy);
	float coverage = clamp(max(disc.z, 0.5) + 0.5 - r, 0.0, 1.0) * min(disc.z * 2.0, 1.0);
	if (stroke > 0.0) coverage *= clamp(r - disc.z * (1.0 - stroke) + 0.5, 0.0, 1.0);
	color = vec4(ink.rgb, ink.a * coverage);
	if (color.a <= 0.0) discard;
#if ID
	id = featureId;
#endif
}

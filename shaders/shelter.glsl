// What is kept from rain and snow by roofs, decks and crowns above it.
uniform sampler2D skyHeights; // what stands around, from above: reversed depth, 1 is up
uniform vec4 skyPlace;        // xyz the middle of that map in the eye frame, w half its side in metres, 0 = none

// The share of what falls that reaches p, eye frame. Within a texel of an edge all of it does:
// the foot of a wall is no dry rim, and a slope does not shelter itself.
float openAbove(vec3 p) {
	vec2 at = (p.xy - skyPlace.xy) / (2.0 * max(skyPlace.w, 1.0)) + 0.5, size = vec2(textureSize(skyHeights, 0));
	vec2 rim = min(at, 1.0 - at);
	if (skyPlace.w <= 0.0 || min(rim.x, rim.y) <= 0.02) return 1.0;
	float above = (p.z + 1.2 + skyPlace.w / size.x - skyPlace.z) / skyPlace.w * 0.5 + 0.5; // half a texel higher
	if (textureLod(skyHeights, at, 0.0).r <= above) return 1.0;
	float shelter = 1.0;
	for (int k = 0; k < 4; k++) {
		vec2 q = at * size + vec2((k & 1) * 2 - 1, (k >> 1) * 2 - 1), f = fract(q - 0.5);
		vec4 over = step(above, textureGather(skyHeights, q / size));
		shelter = min(shelter, mix(mix(over.w, over.z, f.x), mix(over.x, over.y, f.x), f.y));
	}
	return 1.0 - shelter * smoothstep(0.02, 0.06, min(rim.x, rim.y));
}

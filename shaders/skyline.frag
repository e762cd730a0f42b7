// A line of light where what is built meets the sky: by the distance from that edge, which is
// the least over the rows around of what skyline_rows.frag found in them. Out: premultiplied.
uniform sampler2D rowMap;
uniform vec4 ink;     // linear, straight alpha
uniform vec3 measure; // half of the line's width, how far its light reaches, pixels; share of the light
uniform int reach;
out vec4 color;

void main() {
	ivec2 p = ivec2(gl_FragCoord.xy), last = textureSize(rowMap, 0) - 1;
	vec2 here = texelFetch(rowMap, p, 0).rg * 255.0;
	if (here.x > 0.5 && here.y > 0.5) discard;
	bool sky = here.x < 0.5;
	float best = sky ? here.y : here.x;
	best *= best;
	for (int k = 1; k <= reach && float(k * k) < best; k++)
		for (int side = -1; side <= 1; side += 2) {
			int y = p.y + k * side;
			if (y < 0 || y > last.y) continue;
			vec2 there = texelFetch(rowMap, ivec2(p.x, y), 0).rg * 255.0;
			float across = sky ? there.y : there.x;
			best = min(best, across * across + float(k * k));
		}
	float far = sqrt(best) - 0.5; // from the edge between two pixels
	float line = clamp(measure.x - far + 0.5, 0.0, 1.0), light = clamp(1.0 - (far - measure.x) / max(measure.y, 1e-3), 0.0, 1.0);
	line *= ink.a;
	color = vec4(ink.rgb * (line + (1.0 - line) * measure.z * ink.a * light * light * light), line);
	if (all(lessThanEqual(color, vec4(1e-4)))) discard;
}

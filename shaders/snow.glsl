// Snow that lies: on what faces up, first in patches and at last on everything, thinner on
// asphalt, where wheels drive it away, and on crowns, which let it fall. What lamps give to
// grounds and roads, which they hold as emission, the snow sends back too.

// Noise of so many cells to the pattern's period that fades to its mean where it is finer than
// the pixels.
float drift(vec3 p, uint cells, float footprint) {
	float scale = float(cells) / PATTERN;
	return mix(valueNoise(p * scale + 0.37, cells - 1u), 0.5, smoothstep(0.3, 0.9, footprint * scale));
}

void lie(inout Surface s, in SurfaceInput i) {
	float w = max(i.footprint, 0.02);
	vec3 p = patternAt(i.position);
	float patches = 0.55 * drift(p, 1024u, w) + 0.30 * drift(p, 4096u, w) + 0.15 * drift(p, 128u, w);
	float share = frame.exposure.x;
	float cover = smoothstep(1.0 - 1.25 * share, 1.25 - 1.25 * share, patches);
	cover *= i.open * smoothstep(0.25, 0.62, dot(i.normal, i.up) + 0.25 * (patches - 0.5));
#if MODEL == 1
	cover *= 1.0 - s.opening;
#elif MODEL == 4
	cover *= mix(0.38, 1.0, smoothstep(0.10, 0.22, dot(s.base, vec3(0.3333)))) * mix(1.0, 0.5 + patches, 0.6);
#elif MODEL == 6
	cover *= 0.85 * s.ao;
#endif
	vec3 snow = vec3(0.80, 0.82, 0.85) * (0.94 + 0.12 * patches);
#if MODEL == 3 || MODEL == 4
	s.emission *= mix(vec3(1.0), clamp(snow / max(s.base, vec3(0.08)), 1.0, 4.0), cover);
#endif
	s.base = mix(s.base, snow, clamp(cover, 0.0, 1.0));
	s.roughness = mix(s.roughness, 0.85, cover);
	s.metallic *= 1.0 - cover;
}

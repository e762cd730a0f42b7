// Snow that lies: on what faces up, first in patches and at last on everything, thinner on
// asphalt, where wheels drive it away, and on crowns, which let it fall. What lamps give to
// grounds and roads, which they hold as emission, the snow sends back too.
void lie(inout Surface s, in SurfaceInput i) {
	float w = max(i.footprint, 0.02);
	vec2 p = i.local.xy;
	float patches = 0.55 * fadedNoise(p + 17.0, 1.0 / 3.1, w) + 0.30 * fadedNoise(p + 5.0, 1.0 / 0.6, w) + 0.15 * fadedNoise(p, 1.0 / 19.0, w);
	float share = frame.exposure.x;
	float cover = smoothstep(1.0 - 1.25 * share, 1.25 - 1.25 * share, patches);
	cover *= smoothstep(0.25, 0.62, dot(i.normal, i.up) + 0.25 * (patches - 0.5));
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

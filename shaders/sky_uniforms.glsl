// The air, the globe and the lights of a frame. Directions are in the eye frame (east,
// north, up at the eye) unless said; lengths in km of the model where a name ends in Km,
// else metres. Radiances are pre-exposed: 1 is about white paper on the display.
// Go: pipeline.skyBlock.
layout(std140, binding = 6) uniform Sky {
	vec4 sunDir;      // xyz towards the sun; w: cosine of its zenith angle, stretched
	vec4 sunBent;     // xyz towards the sun in stretched space, unit; w: unused
	vec4 sunLight;    // rgb irradiance above the air; w: pre-exposure
	vec4 moonDir;     // xyz; w: lit share of the disc
	vec4 moonLight;   // rgb irradiance at the eye; w: radius of the disc, radians
	vec4 nightGlow;   // rgb radiance of the night sky at the zenith; w: unused
	vec4 pole;        // xyz the Earth's axis; w: stretch
	vec4 up;          // xyz away from the centre, stretched; w: metres from eye to centre
	vec4 ball;        // x: C, z: Ground (metres, see sky.Globe), w: model km per metre
	vec4 eyeKm;       // x: height, y: zenith angle of the horizon, z: of the sky's upper edge, w: haze
	vec4 aerialKm;    // x: first distance, y: last distance of the aerial volume, z: slices, w: share of the volume (0 far above)
	vec4 globe;       // x: cloud cover, y: share of clouds drawn, z: 1 = sea, w: 1 = has an image
	vec4 veil;        // x: 1 = the sky is drawn, y: brightness of stars, z: metres from the coast's place beyond which the globe's shores wind and its image begins, w: where it is whole (0: everywhere)
	vec4 sunLow;      // rgb the sun's irradiance at the ground of the globe below the eye
	vec4 sunHigh;     // rgb the same 6 km above it
	vec4 rise;        // xyz Rise of sky.Globe, metres; w: the value of the globe's map where its clouds begin
	vec4 layer;       // the cloud layer: x share of its inside around the eye, y share that shades, z metres up to it (negative: below the eye), w share drawn
	vec4 layerAt[3];  // by plane: xy where the eye is in the field, z weight; w of the first: what weights leave of the field's mean
	vec4 layerU[3];   // xyz gradient of the field's first coordinate, 1/m; w of the first: one over its period, 1/m; of the second: its share from above, of the third: the same over tiles
	vec4 layerV[3];   // xyz of the second; w of the first: the value of the field where clouds begin; of the second: how much the globe's clouds say where they are, of the third: where they begin at a cover of a half
	vec4 depths;      // rgb optical depth between the eye and the ground, over that of green
	vec4 sunSeen;     // xyz towards the Sun from where the eye is, w: radius of its disc, radians
	vec4 fog;         // x: density at its base, 1/m; y: 1/height of thinning; z: metres from its base to the eye
	vec4 coastEast;   // xyz east at the coast's place, or the scene's; w: metres that the eye is east of it
	vec4 coastNorth;  // the same of north
	vec4 coastMid;    // headings of the middles of its seas, radians clockwise from north
	vec4 coastHalf;   // half of their widths; all below 0: no coast
	vec4 waveEast;    // xyz east at the place from which waves are counted; w: metres that the eye is east of it
	vec4 waveNorth;   // the same of north
};

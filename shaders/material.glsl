// The material of a mesh's pixel: fills Surface and SurfaceInput and runs the snippet of
// the model that the program was made for.
//!define MODEL 0 1 2 3 4 5 6 7
//!define TEXTURED 0 1
//!define FADE 0 1
//!define COAT 0 1
// By day and in the dry, without snow, a program knows so: software runs every branch that it has.
//!define NIGHT 1 0
//!define WET 1 0
#include "frame.glsl"
#include "common.glsl"
#include "surface.glsl"

in vec3 eyePos;
in vec3 localPos;
in vec3 eyeNormal;
in vec4 vertexColor;
in vec3 glow;
in vec2 texCoord;
flat in vec4 placeUp;
flat in uint featureId;
flat in uint paint;
uniform vec4 materialEmission; // w share of lit windows
uniform vec4 materialSurface;  // roughness, metallic, reflectance; w 1 = data, which weather leaves as it is

#if TEXTURED
uniform sampler2D baseTexture;
#endif

#if COAT
uniform vec4 coatFrom;  // square roots of its linear colour, share
uniform vec4 coatTo;
uniform vec4 coatShape; // bend, emission, metres, 0 = the feature's own
flat in vec2 stand;

// coatAt is the colour at a height, and its share: between both as eyes see it.
vec4 coatAt(float z) {
	vec4 c = mix(coatFrom, coatTo, pow(clamp((z - stand.x) * stand.y, 0.0, 1.0), coatShape.x));
	return vec4(c.rgb * c.rgb, c.a);
}
#endif

#if MODEL == 0
#include "surface_standard.glsl"
#elif MODEL == 1
#include "surface_facade.glsl"
#elif MODEL == 2
#include "surface_roof.glsl"
#elif MODEL == 3
#include "surface_ground.glsl"
#elif MODEL == 4
#include "surface_road.glsl"
#elif MODEL == 5
#include "surface_water.glsl"
#elif MODEL == 6
#include "surface_foliage.glsl"
#elif MODEL == 7
#include "surface_unlit.glsl"
#endif

#if WET && MODEL != 5 && MODEL != 7
#include "snow.glsl"
#include "shelter.glsl"
#endif

Surface shade() {
	SurfaceInput i;
	i.position = eyePos;
	i.local = localPos;
	i.up = placeUp.xyz;
	i.distance = length(eyePos);
	i.toEye = eyePos / -i.distance;
	i.normal = normalize(eyeNormal);
	i.down = 0.0;
	if (!gl_FrontFacing) {
		i.normal = -i.normal;
		i.down = 1.0;
	}
	i.uv = texCoord;
	i.uvWidth = fwidth(texCoord) * frame.jitter.z; // patterns are as fine as the picture
	i.feature = featureId;
	i.paint = paint;
	i.footprint = i.distance * 2.0 * frame.rayUp.w * frame.size.w * frame.jitter.z;
	i.lit = materialEmission.w;
#if NIGHT
	i.night = frame.air.w;
	painted = paintedAt(i.distance);
#else
	i.night = 0.0;
#endif
	i.open = 1.0;
#if WET
#if MODEL < 5
	if (materialSurface.w == 0.0) i.open = openAbove(eyePos);
#endif
	i.wetness = frame.air.y * i.open * (1.0 - materialSurface.w);
#else
	i.wetness = 0.0;
#endif
	i.time = frame.clock.x;

	Surface s;
	vec4 base = vertexColor;
#if TEXTURED
	base *= texture(baseTexture, texCoord);
#endif
#if COAT
	vec4 coat = coatAt(localPos.z);
	base.rgb = mix(base.rgb, coat.rgb, coat.a);
#endif
	s.base = base.rgb;
	s.alpha = base.a;
	s.roughness = materialSurface.x;
	s.metallic = materialSurface.y;
	s.reflectance = materialSurface.z;
	s.ao = 1.0;
	s.normal = i.normal;
	s.emission = glow;
	s.opening = 0.0;
	s.model = uint(MODEL);
	surface(s, i);
#if COAT
	s.emission += s.base * (coat.a * coatShape.y);
#endif
#if WET && MODEL != 5 && MODEL != 7
	if (frame.exposure.x > 0.0 && materialSurface.w == 0.0 && s.model == uint(MODEL)) lie(s, i); // not in a room
#endif
#if FADE
	// Below 0 it is how near to the wall the eye must be for openings to let it through.
	float away = placeUp.w;
	if (away < 0.0) away = s.opening * (1.0 - smoothstep(-0.6 * away, -away, i.distance * max(dot(i.toEye, i.normal), 0.25)));
	// Each sub-frame, and each live frame, leaves out other pixels: together they are even.
	float turn = frame.clock.y + float(frame.counts.z * frame.counts.w);
	if (fract(gradientNoise(gl_FragCoord.xy) + 0.61803399 * turn) < away) discard;
#endif
	return s;
}

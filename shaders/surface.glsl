// What a surface snippet (surface_<model>.glsl) reads and fills:
//
//	void surface(inout Surface s, in SurfaceInput i)
//
// s arrives filled from vertex colour, texture and material; a snippet changes what its
// model is about. It may call the functions of frame.glsl, common.glsl and noise.glsl and
// read sky_uniforms.glsl; these are included here, as snippets stand between #if and #endif.
#include "sky_uniforms.glsl"
#include "noise.glsl"
#include "facade_pattern.glsl"

// Shading models, as drawable.Model.
const uint MODEL_STANDARD = 0u;
const uint MODEL_FACADE = 1u;
const uint MODEL_ROOF = 2u;
const uint MODEL_GROUND = 3u;
const uint MODEL_ROAD = 4u;
const uint MODEL_WATER = 5u;
const uint MODEL_FOLIAGE = 6u;
const uint MODEL_UNLIT = 7u;
const uint MODEL_ROOM = 8u; // standard, whose emission is the light of lamps that it sends back

struct Surface {
	vec3 base;         // linear
	float alpha;       // opacity; blended materials only
	float roughness;   // perceptual
	float metallic;
	float reflectance; // 0.5 = 4 % at normal incidence
	float ao;          // of the material itself
	vec3 normal;       // eye frame, unit, towards the viewer on two-sided materials
	vec3 emission;     // linear radiance, 1 = white paper at exposure 0 by day
	float opening;     // share of the pixel that is a window or door
	uint model;        // as it is to be lit
};

struct SurfaceInput {
	vec3 position;     // eye frame, metres
	vec3 local;        // metres in the mesh's own frame: for patterns that stay put
	vec3 up;           // of the mesh's place, eye frame
	vec3 toEye;        // unit
	vec3 normal;       // geometric, interpolated, unit
	vec2 uv;
	uint feature;      // id within the drawable: seeds
	uint paint;        // bytes of the vertex colour, red first: the same at every level of detail
	float distance;    // metres from the eye
	float footprint;   // metres a pixel covers at the surface, across the view
	vec2 uvWidth;      // fwidth of uv
	float lit;         // share of windows lit at night
	float night;       // 0..1
	float wetness;     // 0..1
	float open;        // share of rain and snow that nothing above keeps off
	float time;        // story seconds
	float down;        // 1 where the pixel looks at the underside of a two-sided face
};

// The share of street lamps' light that surfaces paint here: all of it far away. Near by the
// lamps are lights of their own, and what is painted stands for their light that bounces.
float painted = 1.0;
float paintedAt(float distance) { return frame.lamps.y > 0.0 ? mix(0.12, 1.0, smoothstep(frame.lamps.x, frame.lamps.y, distance)) : 1.0; }

// What a base colour sends back of the light of street lamps; share 1 is the pavement under
// a lamp. It is added as the surface's own light, so that a town needs no thousand shadow maps.
const float LAMP_LUX = 42.0;
vec3 underLamps(vec3 base, float share, float night) {
	return base / 3.14159 * vec3(1.0, 0.66, 0.34) * (night * painted * share * LAMP_LUX / WHITE_PAPER) * sunLight.w;
}

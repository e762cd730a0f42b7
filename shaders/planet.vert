// The square of the picture in which a planet and its rings are seen. What the air and clouds
// let through is found here, once.
//!define LAYER 0 1
//!define SPACE 0 1
#include "frame.glsl"
#include "atmosphere.glsl"
#include "sky_uniforms.glsl"
#include "sky_directions.glsl"
#include "aerial.glsl"
#if LAYER
#include "cloud_layer.glsl"
#endif
uniform vec4 disc;   // xy the middle, NDC without jitter; z pixels from it to the corners' sides
uniform vec3 toward; // eye frame, unit
uniform sampler2D transmittanceTable;
flat out vec3 through;
flat out vec2 centre; // pixels

void main() {
	centre = ((disc.xy + frame.jitter.xy) * 0.5 + 0.5) * frame.size.xy;
	vec2 corner = vec2((gl_VertexID & 1) == 0 ? -1.0 : 1.0, (gl_VertexID & 2) == 0 ? -1.0 : 1.0);
	gl_Position = vec4((centre + corner * disc.z) * frame.size.zw * 2.0 - 1.0, 0.0, 1.0);
	through = vec3(1.0);
#if !SPACE
	vec3 bent = bend(toward);
	float below = belowHorizon(bent);
	if (below > 0.0) gl_Position = vec4(2.0, 2.0, 0.0, 1.0); // outside
	through = throughSky(transmittanceTable, bent, textureLod(skyView, skyViewUV(bent, min(below, -1e-6)), 0.0).a);
#endif
#if LAYER
	through *= 1.0 - layer.w * layerAlpha(layerDensity(toward * layerHit(toward), 60.0));
#endif
}

// The field under clouds with bodies: two copies of what cloud_field.frag draws and, far from
// the eye, banks. Go: bodyTwin (cloudvolume_test.go).
#include "sky_uniforms.glsl"
#include "cloud_turns.glsl"
uniform sampler2D cloudField;

float bodyField(vec3 p) {
	float x = layerAt[0].w, banks = banksAt(length(p)), near = sqrt(0.5 - 0.5 * banks * banks);
	for (int k = 0; k < 3; k++)
		if (layerAt[k].z > 0.0) {
			vec2 at = layerAt[k].xy + vec2(dot(layerU[k].xyz, p), dot(layerV[k].xyz, p));
			float f = near * (textureLod(cloudField, at, 0.0).r + textureLod(cloudField, FIELD_WIDE * at, 0.0).r - 2.0 * FIELD_MEAN);
			if (banks > 0.0) f += banks * (textureLod(cloudField, FIELD_BANKS * at, 0.0).r - FIELD_MEAN);
			x += layerAt[k].z * (FIELD_MEAN + f);
		}
	return x;
}

// Feature ids alone, for picking and the id buffer; of patterns of discs those within the
// disc, not of the square that it is drawn on.
//!define EFFECT 0 1
flat in uint featureId;
flat in uint idBase;
#if EFFECT
in vec2 texCoord;
uniform vec4 effectShape; // as effect.frag
uniform vec2 effectLight;
#endif
layout(location = 0) out uint id;

void main() {
#if EFFECT
	if (effectShape.x < 12.5 && effectLight.y < 0.5 && dot(texCoord, texCoord) > 1.0) discard;
#endif
	id = idBase + featureId;
}

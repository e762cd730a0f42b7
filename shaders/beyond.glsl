// With BEYOND what is drawn lies behind a layer of glass, which shows it: what is before the glass
// is drawn over that later.
//!define BEYOND 0 1
#if BEYOND
uniform sampler2D glassDepth; // of the layer's near sides, 0 beside them
uniform float glassNearest;   // the greatest of these; both reversed, as the depth buffer's

// beforeGlass tells whether a depth of this pixel lies before the layer.
bool beforeGlass(float z) {
	float d = texelFetch(glassDepth, ivec2(gl_FragCoord.xy), 0).r;
	return z > (d > 0.0 ? d : glassNearest);
}
#endif

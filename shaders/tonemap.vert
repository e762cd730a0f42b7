// One triangle over the whole picture, and the exposure of all of its pixels: a fetch for each
// of them would be a tenth of the pass.
uniform sampler2D exposureMap;
out vec2 uv;
flat out float exposure;

void main() {
	uv = vec2(float((gl_VertexID << 1) & 2), float(gl_VertexID & 2));
	gl_Position = vec4(uv * 2.0 - 1.0, 0.0, 1.0);
	exposure = texelFetch(exposureMap, ivec2(0), 0).r;
}

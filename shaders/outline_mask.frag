// 1 where a pixel shows one of the chosen features.
uniform usampler2D ids;
uniform uint chosen[16];
uniform int count;
out float mask;

void main() {
	uint id = texelFetch(ids, ivec2(gl_FragCoord.xy), 0).r;
	mask = 0.0;
	for (int i = 0; i < count; i++) if (id == chosen[i]) mask = 1.0;
}

// Adds a sub-frame to the sum of all.
uniform sampler2D source;
uniform float weight;
in vec2 uv;
layout(location = 0) out vec4 color;

void main() { color = texelFetch(source, ivec2(gl_FragCoord.xy), 0) * weight; }

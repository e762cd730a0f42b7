// Lays what transparent surfaces send to the eye, weighted by what comes through to each,
// over the light behind them.
uniform sampler2D momentTotal;
uniform sampler2D shine;  // rgb light, a weight
uniform sampler2D exempt; // weight of data colours
uniform float data;       // 1 = they are marked by an alpha of 2
in vec2 uv;
layout(location = 0, index = 0) out vec4 color;
layout(location = 0, index = 1) out vec4 through; // factor of what is behind

void main() {
	ivec2 p = ivec2(gl_FragCoord.xy);
	float total = texelFetch(momentTotal, p, 0).r;
	if (total <= 0.0) discard;
	vec4 s = texelFetch(shine, p, 0);
	float t = exp(-total), k = (1.0 - t) / max(s.a, 1e-6);
	color = vec4(s.rgb * k, 1.0 - t + data * texelFetch(exempt, p, 0).r * k);
	through = vec4(t);
}

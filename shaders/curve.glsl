// drawable.Curve: a line as a polynomial, seven texels of strokeData.
struct Curve {
	vec3 from, way, bow0, bow1, bow2, bow3, bow4;
	vec2 size, times; // width, offset; at both ends
	vec4 colorA, colorB;
	uint feature;
};

Curve curveOf(uint i) {
	int at = int(i) * 7;
	uvec4 end = texelFetch(strokeData, at + 6);
	vec4 a = uintBitsToFloat(texelFetch(strokeData, at)), b = uintBitsToFloat(texelFetch(strokeData, at + 1)), c = uintBitsToFloat(texelFetch(strokeData, at + 2));
	vec4 d = uintBitsToFloat(texelFetch(strokeData, at + 3)), e = uintBitsToFloat(texelFetch(strokeData, at + 4)), f = uintBitsToFloat(texelFetch(strokeData, at + 5));
	return Curve(a.xyz, vec3(a.w, b.xy) - a.xyz, vec3(b.zw, c.x), c.yzw, d.xyz, vec3(d.w, e.xy), vec3(e.zw, f.x),
		f.yz, vec2(f.w, uintBitsToFloat(end.x)), unpackUnorm4x8(end.y), unpackUnorm4x8(end.z), end.w);
}

// curveAt is the same for all segments that meet there.
vec3 curveAt(Curve c, float t) {
	precise float s = 2.0 * t - 1.0;
	precise vec3 bow = (((c.bow4 * s + c.bow3) * s + c.bow2) * s + c.bow1) * s + c.bow0;
	precise vec3 p = c.from + t * c.way + (t * (1.0 - t)) * bow;
	return p;
}

// curveSpeed is the length that the curve goes by t.
float curveSpeed(Curve c, float t) {
	float s = 2.0 * t - 1.0;
	vec3 bow = (((c.bow4 * s + c.bow3) * s + c.bow2) * s + c.bow1) * s + c.bow0;
	vec3 turn = ((8.0 * c.bow4 * s + 6.0 * c.bow3) * s + 4.0 * c.bow2) * s + 2.0 * c.bow1;
	return length(c.way - s * bow + (t * (1.0 - t)) * turn);
}

// curveLength is that from the beginning, by Gauss and Legendre's four points.
float curveLength(Curve c, float t) {
	vec4 x = 0.5 * t * (1.0 + vec4(-0.8611363, -0.3399810, 0.3399810, 0.8611363));
	return 0.5 * t * dot(vec4(0.3478548, 0.6521452, 0.6521452, 0.3478548), vec4(curveSpeed(c, x.x), curveSpeed(c, x.y), curveSpeed(c, x.z), curveSpeed(c, x.w)));
}

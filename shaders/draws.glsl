// Per-draw data. Go: drawRecord (records.go). Software fetches it pixel by pixel, so a
// fragment stage reads none of it: the vertex stage hands on what is needed.
#extension GL_ARB_shader_draw_parameters : require

struct Draw {
	vec4 row0;    // xyz rows of the 3×3 from the mesh's frame to the eye frame;
	vec4 row1;    // w the eye in the mesh's frame, high part (x, y, z)
	vec4 row2;
	vec4 eyeLow;  // xyz the eye in the mesh's frame, low part; w depth bias: 1 + n·1e-4
	vec4 tint;    // linear RGB factor where w is 1
	uint idBase;
	float fade;   // 0 there … 1 gone
	uint instances; // first record in Instances; of a mesh that is drawn once the first of its features' colours, counted from 1, 0 = its own
	uint spin;    // of effects the cycles since time 0 in 65536ths; of copies that turn about the x axis: its height in the model in 4095ths of a metre, and shifted by 12 the share of the cycle of all turns in 2^20ths; 0 = none; of a mesh with a coat the first of where its features stand, counted from 1
};

struct Instance {
	vec4 place;  // xyz position, w yaw
	vec2 scale;  // horizontal, vertical
	uint color;  // sRGB bytes
	uint feature;
};

uniform usamplerBuffer drawData; // six texels a Draw, always on the same unit (gpu.DrawUnit)
uniform usamplerBuffer featureColors; // sRGB bytes and a share, always on the same unit (gpu.ColorUnit)
layout(std430, binding = 2) readonly buffer Instances { Instance instances[]; };

vec4 drawRow(int at) { return uintBitsToFloat(texelFetch(drawData, at)); }

// drawOf returns record i. It comes from a buffer texture: software reads a storage block
// number by number, for one vertex after the other.
Draw drawOf(uint i) {
	int at = int(i) * 6;
	uvec4 last = texelFetch(drawData, at + 5);
	return Draw(drawRow(at), drawRow(at + 1), drawRow(at + 2), drawRow(at + 3), drawRow(at + 4),
		last.x, uintBitsToFloat(last.y), last.z, last.w);
}

// toEye takes a point of the mesh's frame to the eye frame. Subtracting the eye in two
// float32 parts first keeps the digits of what is close to the eye, however far away the
// mesh's origin is.
vec3 toEye(Draw d, vec3 p) {
	vec3 q = (p - vec3(d.row0.w, d.row1.w, d.row2.w)) - d.eyeLow.xyz;
	return vec3(dot(d.row0.xyz, q), dot(d.row1.xyz, q), dot(d.row2.xyz, q));
}

vec3 rotate(Draw d, vec3 v) { return vec3(dot(d.row0.xyz, v), dot(d.row1.xyz, v), dot(d.row2.xyz, v)); }

// What a copy of a metre turns in a cycle, drawable.SpinCycle; taller ones whole turns as well.
const float SPIN_CYCLE = 8192.0;

// spun turns a point of a copied mesh, or a direction (w 0), about the mesh's axis. The last
// two bits of each byte of a copy's colour say where it starts and, within a tenth, how fast
// its tips are; a taller one turns slower by as much as it is taller.
vec3 spun(Draw d, Instance i, vec4 p) {
	if (d.spin == 0u) return p.xyz;
	uint own = (i.color & 3u) | (i.color >> 6u & 12u) | (i.color >> 12u & 48u);
	float turns = max(round(SPIN_CYCLE / i.scale.y * (0.9 + 0.2 * fract(float(own) * 0.61803))), 1.0);
	float a = -6.2831853 * fract(float(d.spin >> 12u) / 1048576.0 * turns + float(own) / 64.0), s = sin(a), c = cos(a); // as the wind turns it that comes along -x
	float axis = float(d.spin & 4095u) / 4095.0 * p.w;
	p.z -= axis;
	return vec3(p.x, c * p.y - s * p.z, s * p.y + c * p.z + axis);
}

// placeInstance puts a point of the copied mesh into the frame of the instances.
vec3 placeInstance(Instance i, vec3 p) {
	float s = sin(i.place.w), c = cos(i.place.w);
	return i.place.xyz + vec3((c * p.x - s * p.y) * i.scale.x, (s * p.x + c * p.y) * i.scale.x, p.z * i.scale.y);
}

vec3 turnInstance(Instance i, vec3 n) {
	float s = sin(i.place.w), c = cos(i.place.w);
	n.xy /= i.scale.x;
	n.z /= i.scale.y;
	return vec3(c * n.x - s * n.y, s * n.x + c * n.y, n.z);
}

// drawable.Curve: a line over the ellipsoid, told by its ends, as drawable.Way has it in float64.
// Places are counted from the straight way, each term by itself, so that float32 keeps the digits of a
// street's as of a continent's. Two texels of strokeData a curve, one a look.
uniform uint firstLook;
uniform uint ownLook;      // 1 = each curve has one
uniform vec4 course;       // drawable.Course: rise, bend, period, 1 = spread
uniform vec3 fromMiddle;   // of the Earth to the origin of the lines' frame, and
uniform vec3 axis;         // that of the Earth to the north, along the frame's axes

const float EQUATOR = 6378137.0, E2 = 0.00669437999; // WGS84: metres, first eccentricity squared

struct Curve {
	vec3 from, way;
	vec3 up, turn;        // the ellipsoid's normal at the beginning, and how it changes to the end
	vec3 right;           // of the great circle
	float angle, rise, aside; // of the middle: metres, radians
	vec2 height;          // at the beginning, and how it changes
	vec2 size, times;     // width, offset; at both ends
	vec4 colorA, colorB;
	uint feature;
};

// across is the ellipsoid's radius of curvature across the meridian, where z is its normal's.
float across(float z) { return EQUATOR / sqrt(1.0 - E2 * z * z); }

// normalAt is that of the ellipsoid, found from below: twice is as exact as float32.
vec3 normalAt(vec3 p, float height) {
	float along = dot(p, axis), z = along / length(p), n = across(z);
	z = along / (n * (1.0 - E2) + height);
	n = across(z);
	z = along / (n * (1.0 - E2) + height);
	return normalize((p - axis * along) / (n + height) + axis * z);
}

// turnOf is how the normal changes on a short way, whose ends' normals differ in their last digits.
vec3 turnOf(vec3 way, vec3 middle, float height) {
	float z = dot(middle, axis), n = across(z), meridian = n * (1.0 - E2) / (1.0 - E2 * z * z);
	vec3 level = way - middle * dot(way, middle), north = axis - middle * z;
	return level / (n + height) + north * (dot(level, north) / max(dot(north, north), 1e-12) * (1.0 / (meridian + height) - 1.0 / (n + height)));
}

// lessSine is sin(x)/x - 1 of x² up to 1/4.
float lessSine(float x2) { return -x2 / 6.0 * (1.0 - x2 / 20.0 * (1.0 - x2 / 42.0 * (1.0 - x2 / 72.0))); }

const float WIDE = 0.5; // radians, beyond which sines are as they are

Curve curveOf(uint i) {
	uvec4 a = texelFetch(strokeData, int(firstPoint + 2u * i)), b = texelFetch(strokeData, int(firstPoint + 2u * i + 1u));
	uvec4 look = texelFetch(strokeData, int(firstLook + ownLook * i));
	Curve c;
	c.from = uintBitsToFloat(a.xyz);
	vec3 to = uintBitsToFloat(uvec3(a.w, b.xy));
	c.way = to - c.from;
	c.feature = b.w;
	c.colorA = unpackUnorm4x8(look.x);
	c.colorB = unpackUnorm4x8(look.y);
	c.size = unpackHalf2x16(look.z);
	float sets = course.w > 0.0 ? float(c.feature * 2654435769u) / 4294967296.0 * course.z : 0.0; // by the golden ratio
	c.times = vec2(sets, sets + course.z);
	vec2 height = unpackHalf2x16(b.z) * 1000.0;
	c.height = vec2(height.x, height.y - height.x);
	c.up = normalAt(fromMiddle + c.from, height.x);
	vec3 end = normalAt(fromMiddle + to, height.y);
	c.turn = end - c.up;
	if (dot(c.turn, c.turn) < 25e-6) c.turn = turnOf(c.way, normalize(c.up + end), 0.5 * (height.x + height.y));
	float half2 = 0.25 * dot(c.turn, c.turn); // of the chord, squared
	if (half2 < 0.06) {
		c.angle = 2.0 * sqrt(half2) * (1.0 + half2 * (1.0 / 6.0 + half2 * (3.0 / 40.0 + half2 * (15.0 / 336.0 + half2 * 105.0 / 3456.0))));
		c.right = cross(c.turn, c.up);
	} else {
		vec3 pole = cross(c.up, end);
		vec2 arc = vec2(dot(c.up, end), length(pole));
		arc = normalize(arc);
		c.angle = atan(arc.y, arc.x);
		c.angle -= sin(c.angle) * arc.x - cos(c.angle) * arc.y; // what the function lacks
		c.right = -pole;
		if (arc.x < 0.0 && arc.y < 1e-5) { // antipodes: over the pole
			vec3 over = abs(dot(c.up, axis)) > 0.9 ? (abs(c.up.x) < 0.8 ? vec3(1.0, 0.0, 0.0) : vec3(0.0, 1.0, 0.0)) : axis;
			c.right = cross(over, c.up);
		}
	}
	c.right = dot(c.right, c.right) > 0.0 ? normalize(c.right) : vec3(0.0);
	float metres = c.angle * EQUATOR, tilt = clamp(unpackHalf2x16(look.w).x, -90.0, 90.0) * 0.0174532925;
	c.rise = course.x * metres;
	if (c.rise > 3e6) c.rise = 3e6 + (c.rise - 3e6) * 0.1;
	c.aside = clamp(course.y * metres, -3e6, 3e6) / EQUATOR;
	if (tilt != 0.0) {
		c.aside += c.rise * sin(tilt) / EQUATOR;
		c.rise *= cos(tilt);
	}
	return c;
}

// lessRadius is by how much across differs between two normals, of which z differs by dz.
float lessRadius(float z0, float n0, float z1, float n1, float dz) {
	return E2 * dz * (z0 + z1) * (n0 / EQUATOR) * (n1 / EQUATOR) * n0 * n1 / (n0 + n1);
}

// curveOff is how far the curve is off the straight way.
vec3 curveOff(Curve c, float t) {
	precise float u = 1.0 - t, a2 = c.angle * c.angle, arch = 4.0 * t * u;
	precise vec3 straight = c.up + t * c.turn, off; // normals: on the straight way, and off it
	if (a2 < WIDE * WIDE) {
		precise float all = lessSine(a2), p = u * (lessSine(u * u * a2) - all) / (1.0 + all), q = t * (lessSine(t * t * a2) - all) / (1.0 + all);
		off = (p + q) * c.up + q * c.turn;
	} else {
		off = c.up * cos(t * c.angle) + cross(c.up, c.right) * sin(t * c.angle) - straight;
	}
	if (c.aside != 0.0) {
		precise float s = c.aside * arch, over = inversesqrt(1.0 + s * s);
		off += (straight + off) * (-s * s * over * over / (1.0 + over)) + c.right * (s * over);
	}
	precise float z0 = dot(c.up, axis), dz = dot(c.turn, axis), w = dot(off, axis), z = z0 + t * dz + w, z1 = z0 + dz;
	precise float n = across(z), n0 = across(z0), n1 = across(z1);
	precise float e0 = lessRadius(z0, n0, z, n, t * dz + w), e1 = lessRadius(z1, n1, z, n, w - u * dz);
	precise vec3 foot = n * off + (u * e0) * c.up + (t * e1) * (c.up + c.turn);
	precise vec3 bow = foot - axis * (E2 * dot(foot, axis));
	bow += (c.height.x + c.height.y * t + c.rise * arch) * off + (c.rise * arch) * straight - (c.height.y * t * u) * c.turn;
	return bow;
}

// curveAt is the same for all segments that meet there.
vec3 curveAt(Curve c, float t) {
	precise vec3 p = c.from + t * c.way + curveOff(c, t);
	return p;
}

// curveSpeed is the length that the curve goes by t.
float curveSpeed(Curve c, float t) {
	const float STEP = 1.0 / 64.0;
	return length(c.way + (curveOff(c, t + STEP) - curveOff(c, t - STEP)) / (2.0 * STEP));
}

// curveLength is that from the beginning, by Gauss and Legendre's four points.
float curveLength(Curve c, float t) {
	vec4 x = 0.5 * t * (1.0 + vec4(-0.8611363, -0.3399810, 0.3399810, 0.8611363));
	return 0.5 * t * dot(vec4(0.3478548, 0.6521452, 0.6521452, 0.3478548), vec4(curveSpeed(c, x.x), curveSpeed(c, x.y), curveSpeed(c, x.z), curveSpeed(c, x.w)));
}

// Where a point of the eye frame lies in a region of a web map. Everything counts from the
// middle of the region, so that float32 keeps centimetres at a street and pixels from orbit.
#include "horizon.glsl"
uniform mat3 regionTurn;    // eye frame to the tangent frame in the region's middle
uniform vec3 regionAt;      // the eye in that frame, metres
uniform vec4 regionMiddle;  // x longitude, y latitude (radians), z sine and w cosine of the latitude
uniform vec3 regionPlace;   // x metres from the Earth's axis to the middle, y along the axis, z radius of curvature of the meridian
uniform vec4 regionShape;   // x one over its width in radians, y over its height in radians or in Mercator's unit, z 1 = Mercator, w correction of the meridian's curvature
uniform uint regionBeyond;   // bits of drawable.Beyond

struct Spot {
	vec3 local;            // metres in the tangent frame
	float dlng, dlat;      // radians from the middle
	float lng, lat;        // radians
	float axis;            // metres from the Earth's axis
	float height;          // metres above the ellipsoid
	vec3 east, north, up;  // in the tangent frame
};

vec3 toRegionFrame(vec3 v) { return regionTurn * v; }
vec3 toEyeFrame(vec3 v) { return v * regionTurn; }
vec3 fromEyeFrame(vec3 v, Spot s) {
	v = toRegionFrame(v);
	return vec3(dot(v, s.east), dot(v, s.north), dot(v, s.up));
}

Spot spotOf(vec3 position) {
	Spot s;
	vec3 p = toRegionFrame(position) + regionAt;
	s.local = p;
	float sn = regionMiddle.z, cs = regionMiddle.w;
	// In the meridian's plane: away from the axis, and along it, from the middle.
	float a = -p.y * sn + p.z * cs, out_ = regionPlace.x + a;
	s.axis = length(vec2(out_, p.x));
	s.dlng = atan(p.x, out_);
	float away = out_ > 0.0 ? a + p.x * p.x / (s.axis + out_) : s.axis - regionPlace.x;
	float along = p.y * cs + p.z * sn;
	float n = -away * sn + along * cs, u = away * cs + along * sn;
	// The circle that osculates the meridian, and how its curvature changes.
	float theta = atan(n, regionPlace.z + u);
	s.dlat = theta - regionShape.w * theta * theta;
	// The distance from its middle less its radius, without their difference.
	s.height = (n * n + u * (2.0 * regionPlace.z + u)) / (length(vec2(n, regionPlace.z + u)) + regionPlace.z);
	if (abs(theta) > 0.02) { // far away: Bowring (1976, 1985)
		float z = regionPlace.y + along, beta = atan(z, s.axis * 0.9966471893);
		float sb = sin(beta), cb = cos(beta);
		float lat = atan(z + 42841.3115 * sb * sb * sb, s.axis - 42697.6727 * cb * cb * cb);
		s.dlat = lat - regionMiddle.y;
		s.height = s.axis * cos(lat) + z * sin(lat) - 6378137.0 * sqrt(1.0 - 0.00669437999 * sin(lat) * sin(lat));
	}
	s.lng = regionMiddle.x + s.dlng;
	s.lat = regionMiddle.y + s.dlat;
	vec3 axis = vec3(0.0, cs, sn), outward = vec3(0.0, -sn, cs);
	vec3 r = (vec3(1.0, 0.0, 0.0) * p.x + outward * out_) / max(s.axis, 1e-3);
	s.east = (vec3(1.0, 0.0, 0.0) * out_ - outward * p.x) / max(s.axis, 1e-3);
	s.up = r * cos(s.lat) + axis * sin(s.lat);
	s.north = axis * cos(s.lat) - r * sin(s.lat);
	return s;
}

// Coordinates in the region, 0..1 from its north-western corner.
vec2 regionOf(Spot s) {
	float dy = s.dlat;
	if (regionShape.z > 0.5) {
		// atanh(sin) is Mercator's ordinate; the difference of two by its addition theorem.
		float sn = regionMiddle.z, ds = 2.0 * cos(regionMiddle.y + 0.5 * s.dlat) * sin(0.5 * s.dlat);
		float x = clamp(ds / (1.0 - sn * (sn + ds)), -0.9999999, 0.9999999);
		dy = 0.5 * log((1.0 + x) / (1.0 - x));
	}
	return vec2(0.5 + s.dlng * regionShape.x, 0.5 - dy * regionShape.y);
}

// What a step of the eye frame is in those coordinates.
vec2 regionStep(Spot s, vec3 step_) {
	vec3 v = toRegionFrame(step_);
	float stretch = regionShape.z > 0.5 ? 1.0 / max(cos(s.lat), 0.02) : 1.0;
	return vec2(dot(v, s.east) / max(s.axis, 1.0) * regionShape.x, -dot(v, s.north) / regionPlace.z * stretch * regionShape.y);
}

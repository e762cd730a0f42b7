package scene

import (
	"encoding/json"
	"math"
	"reflect"

	"github.com/longtake/longtake/geo/earth"
)

// CameraVersion is the version of the camera state record.
const CameraVersion = 1

// DefaultFOV is the vertical field of view of a new camera, in degrees.
const DefaultFOV = 45

// Camera is a camera state: the record that every backend and protocol shares. Its JSON
// keeps every float64 exactly.
//
// Heading turns clockwise from north; pitch is 0 at the horizon, -90 straight down and
// 90 straight up; at ±90 heading says where the top of the picture (of the bottom, at
// 90) points. Roll turns the camera clockwise as seen by the viewer behind it, so its
// picture leans to the left; this is Cesium's sign. Target, a place, replaces heading
// and pitch; roll is then counted from upright.
//
// Height counts from the ellipsoid, or with Above "ground" from the ground below the
// eye; a target's height counts the same way, from the ground at the target.
type Camera struct {
	V       int     `json:"v" min:"1" max:"1" doc:"version of the record"`
	Lng     float64 `json:"lng" min:"-360" max:"360" unit:"°" doc:"longitude of the eye"`
	Lat     float64 `json:"lat" min:"-90" max:"90" unit:"°" doc:"latitude of the eye"`
	Height  float64 `json:"height" min:"-12000" max:"1e22" unit:"m" doc:"height of the eye"`
	Heading float64 `json:"heading" min:"-3600" max:"3600" unit:"°" doc:"clockwise from north"`
	Pitch   float64 `json:"pitch" min:"-90" max:"90" unit:"°" doc:"0 is the horizon, -90 straight down"`
	Roll    float64 `json:"roll" min:"-3600" max:"3600" unit:"°" doc:"clockwise as seen by the viewer"`
	FOV     float64 `json:"fov" min:"0.01" max:"170" unit:"°" doc:"vertical field of view"`
	Target  *Place  `json:"target,omitempty" doc:"place in the middle of the picture; replaces heading and pitch"`
	Frame   string  `json:"frame" enum:"earth" doc:"body that the place is on"`
	Above   string  `json:"above" enum:"ellipsoid,ground" doc:"what heights count from"`

	sunk float64 // between keyframes above the ground and above the ellipsoid: share of the ground's height that is left out
}

// grounded is the share of the ground's height that heights count from: 1 above the ground, 0
// above the ellipsoid.
func (c *Camera) grounded() float64 {
	if c.Above != "ground" {
		return 0
	}
	return 1 - c.sunk
}

// counting is the camera with its heights from such a share of the ground's.
func (c Camera) counting(grounded float64) Camera {
	c.Above, c.sunk = "ground", 1-grounded
	if grounded <= 0 {
		c.Above, c.sunk = "ellipsoid", 0
	}
	return c
}

// SetDefaults fills the defaults.
func (c *Camera) SetDefaults() {
	*c = Camera{V: CameraVersion, FOV: DefaultFOV, Frame: "earth", Above: "ellipsoid"}
}

// NewCamera returns a camera at a place with the other fields at their defaults.
func NewCamera(p earth.Place, heading, pitch float64) Camera {
	var c Camera
	c.SetDefaults()
	c.Lng, c.Lat, c.Height, c.Heading, c.Pitch = p.Lng, p.Lat, p.Height, heading, pitch
	return c
}

// UnmarshalJSON reads a camera state record; fields left out are at their defaults.
// Numbers out of range are not refused here; Valid tells.
func (c *Camera) UnmarshalJSON(data []byte) error {
	type plain Camera
	var p Camera
	p.SetDefaults()
	if err := json.Unmarshal(data, (*plain)(&p)); err != nil {
		return err
	}
	*c = p
	return nil
}

// Valid returns nil, or what is wrong with the record.
func (c Camera) Valid() error {
	n := &node{kind: Map}
	for _, f := range fieldsOf(reflect.TypeFor[Camera]()) {
		if c.Target != nil && (f.name == "heading" || f.name == "pitch") {
			continue
		}
		n.keys = append(n.keys, key{name: f.name})
		n.items = append(n.items, nodeOfTree(encode(reflect.ValueOf(c).FieldByIndex(f.index), reflect.Value{})))
	}
	d := &decoder{file: "camera"}
	var out Camera
	out.SetDefaults()
	d.camera(n, "", &out)
	return d.errs.result()
}

// Place returns where the eye is; height is as the camera says it, whatever it counts from.
func (c Camera) Place() earth.Place { return earth.Place{Lng: c.Lng, Lat: c.Lat, Height: c.Height} }

// camera decodes a camera over what c holds: fields left out stay.
func (d *decoder) camera(n *node, path string, c *Camera) {
	inherited := c.Target
	if n.kind == Map && n.key("target") < 0 && (n.key("heading") >= 0 || n.key("pitch") >= 0) {
		c.Target = nil // a new direction ends the look at the old target
	}
	d.structs(n, path, nil, reflect.ValueOf(c).Elem())
	if n.key("target") >= 0 && c.Target != nil && (n.key("heading") >= 0 || n.key("pitch") >= 0) {
		d.fail(n.child("target"), join(path, "target"), "found a target beside heading or pitch; one or the other is allowed, because the target replaces them")
	}
	if c.Target != nil {
		c.Heading, c.Pitch = 0, 0
		if c.Target != inherited && *c.Target == (Place{c.Lng, c.Lat, c.Height}) {
			d.fail(n.child("target"), join(path, "target"), "found the place of the camera itself; any other place is allowed")
		}
	}
}

// cameraTree is the camera as it is written, without what equals base.
func cameraTree(c, base Camera) []member {
	if c.Target != nil { // they have no meaning, and would end the target when read
		c.Heading, c.Pitch = base.Heading, base.Pitch
	}
	return encodeStructs([]reflect.Value{reflect.ValueOf(c)}, []reflect.Value{reflect.ValueOf(base)})
}

// wrapDegrees brings an angle into [-180, 180).
func wrapDegrees(a float64) float64 { return earth.WrapLng(a) }

// turn360 brings an angle into [0, 360).
func turn360(a float64) float64 {
	a = math.Mod(a, 360)
	if a < 0 {
		a += 360
	}
	if a == 360 { // a tiny negative angle rounds up
		return 0
	}
	return a
}

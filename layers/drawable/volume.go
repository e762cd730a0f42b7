package drawable

import "github.com/go-gl/mathgl/mgl64"

// Volume is a body of which every point sends light and takes some of what is behind: a
// grid of values, or the sector that a radar looks at. It is marched through, up to what
// stands before it.
type Volume struct {
	Frame   mgl64.Mat4 // to ECEF: x east, y north, z up
	Min     [3]float64 // of its box, metres in the frame
	Max     [3]float64
	Grid    *Voxels // nil is a sector
	Palette *Image  // one row: colour, and by alpha how dense it is
	// Density is the opacity of a metre at full value, as an extinction: 1/m.
	Density  float32
	Emission float32 // brightness of its colours; 1 = as given
	Lit      float32 // share of its colours that the sun and the sky light, 0..1
	Sector   Sector
}

func (*Volume) drawable() {}

// Voxels are values from 0 to 255, x fastest, then y, then z.
type Voxels struct {
	Name                 string
	Width, Height, Depth int
	Values               []byte
}

// Sector is a part of a ball around the frame's origin.
type Sector struct {
	Radius    float64 // metres
	From, To  float64 // bearings in degrees clockwise from north; a whole turn where they are equal
	Low, High float64 // elevations in degrees
	Period    float64 // seconds in which a beam comes round; 0 = none
	Beam      float64 // degrees that the beam is wide, and its light behind it
	Rings     int     // spheres at even distances that are drawn as lines
	Color     [4]float32
}

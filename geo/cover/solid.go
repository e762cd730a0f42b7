package cover

import "github.com/longtake/longtake/geo"

// Solid is a mesh that stands free of the ground, in plan metres and metres above the
// ellipsoid; drape.Lift takes it to a tile's frame.
type Solid struct {
	Layer     string
	Material  geo.Material
	Feature   int
	Class     string
	Bias      int
	Positions [][3]float64 // plan x, plan y, height above the ellipsoid
	Normals   [][3]float32 // unit, in the plan frame's axes
	Colors    [][4]uint8
	UV        [][2]float32
	Indices   []uint32
}

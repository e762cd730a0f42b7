package drawable

import "github.com/paulmach/orb"

// Clip cuts tiles along the borders of areas. The stage cuts what it draws with it; it is not
// drawn itself.
type Clip struct {
	Areas  []orb.Polygon // degrees
	Inside bool          // what is within the areas goes, not what is around them
	Layers []string      // whose tiles are cut; nil = all
	Whole  bool          // buildings stay whole or go, by where their middle is
	Wall   float32       // metres down from the cut of the ground; 0 = no wall
	Color  [4]uint8      // of the wall, sRGB
}

func (*Clip) drawable() {}

// Cuts tells whether the tiles of a layer are cut.
func (c *Clip) Cuts(layer string) bool {
	if len(c.Layers) == 0 {
		return true
	}
	for _, l := range c.Layers {
		if l == layer {
			return true
		}
	}
	return false
}

// Package facade describes the faces of buildings as data and builds what stands out
// of them: balconies, cornices, canopies, signs, obstacle lights.
//
// A Style is what is known or drawn of one building: its windows, its ground floor, its
// age, who uses it. Of chooses it from the table in table.go by the building's type, its
// age tags, its region and its seed, so that the same building always looks the same. A
// wall carries the style in one byte (Code), the alpha of its vertex colour: windows far
// away are drawn from that by a shader (shaders/surface_facade.glsl), without geometry.
//
// Geometry is added by the finest levels of detail only (Balconies, Cornice, …), as quads
// in the building's own frame: x east, y north, z up, metres above its base.
package facade

// Windows is the kind of opening that a wall repeats, one a bay and storey.
type Windows uint8

// The kinds of windows. Their numbers are those of shaders/surface_facade.glsl.
const (
	Unknown   Windows = iota
	Punched           // a plain casement in a wall
	Tall              // French windows with a surround
	Shuttered         // the same between shutters
	Sash              // small panes behind a deep sill
	Picture           // wide panes of modern flats
	Loggia            // glass behind a parapet, bay after bay
	Ribbon            // bands of glass between bands of wall
	Framed            // a grid of piers and sills around large panes
	Curtain           // nothing but glass
	Loft              // large panes of many small ones
	Slits             // high and narrow, under the eaves
	Deck              // open storeys of a car park
	Arched            // tall openings under arches
	Sign              // not a wall: an advertisement
	Lamp              // not a wall: an obstacle light
)

// Ground is what the lowest storey of a wall to the street is.
type Ground uint8

// The ground floors.
const (
	Plain    Ground = iota // as above
	Entrance               // as above, with doors
	Shops                  // glass fronts under a fascia
	Arcade                 // openings between pillars
)

// Style describes a building's faces.
type Style struct {
	Windows  Windows
	Ground   Ground
	Bay      float64 // metres from window to window
	Material Material
	Coursed  bool    // brick or ashlar that shows its joints
	Work     bool    // lit in working hours rather than in the evening
	Cornice  float64 // metres that the top of the wall stands out; 0 = none
	Age      Age
	Use      Use
}

// Material is the class of a wall's surface: which palette its colour comes from.
type Material uint8

// The classes.
const (
	Plaster Material = iota
	Brick
	Stone
	Concrete
	Glazed
	Sheet
	Timber
)

// Code is the byte that carries a style in the alpha of a wall's colour: 255 says
// nothing, so that walls of other makers stay opaque. front tells whether the wall looks
// to the street: only such walls have shops and entrances.
//
//	255 - code = windows + 16·ground + 64·coursed + 128·work
func (s *Style) Code(front bool) uint8 {
	c := uint8(s.Windows)
	if front {
		c |= uint8(s.Ground) << 4
	}
	if s.Coursed {
		c |= 64
	}
	if s.Work {
		c |= 128
	}
	return 255 - c
}

// chance is the n-th random number of a seed, in [0, 1): the finaliser of SplitMix64
// (Steele et al. 2014).
func chance(seed uint64, n int) float64 {
	h := seed + uint64(n)*0x9e3779b97f4a7c15
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return float64((h^h>>31)>>11) / (1 << 53)
}

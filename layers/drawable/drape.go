package drawable

import (
	"math"

	"github.com/longtake/longtake/geo/earth"
)

// Drape is a look of the ground: it colours what lies at its places, the globe included,
// wherever the picture shows it. It has no shape of its own, so it follows the ground
// exactly at every level of detail, and is lit as the ground is.
type Drape struct {
	Look  Look
	Over  Surfaces // what it colours
	Tiles []DrapeTile
	// Show, if not nil, is which tile is drawn at a time of the draw; else all are.
	Show func(seconds float64) int
	// Color is straight-alpha linear light; it multiplies pictures and palettes.
	Color    [4]float32
	Emission float32 // light of its own, times the colour; 1 = white paper by day
	Dark     float32 // share of the emission that is seen by night only, for lights of towns
	Palette  *Image  // one row, of looks with a range
	Low      float64 // value of the palette's first colour
	High     float64 // and of its last
	Step     float64 // between lines: metres, or degrees of a graticule
	Major    int     // every so many lines one is bold; 0 = none
	Width    float64 // of lines, and of the borders of tiles; pixels of a 1080-line picture
	Place    earth.Place
	Reach    float64    // metres from the place within which it is drawn, fading outwards; 0 = everywhere
	Angle    float64    // radians: bearing of a relief's light, of a grid, of a band's way
	Tilt     float64    // radians: height of a relief's light
	Period   float64    // seconds in which a band comes round
	Adjust   Adjust     // of pictures
	Window   [2]float32 // share of the picture's width in which it is drawn; 0, 0 = all
}

func (*Drape) drawable() {}

// Look is what a drape shows.
type Look uint8

// The looks. Numbers are the define LOOK of drape.frag.
const (
	Picture    Look   = iota // images in their regions
	Elevation                // palette by metres above the ellipsoid
	Relief                   // light and shade of slopes
	Slope                    // palette by degrees
	Aspect                   // palette by the bearing that a slope faces
	Contours                 // lines of equal height
	GroundGrid               // metric lines around a place
	Graticule                // meridians and parallels
	Band                     // a meridian, or a circle of latitude for an angle above 0, that goes round
	Ring                     // circles that leave a place
	Looks      = iota        // how many there are
)

// Surfaces are sets of what a drape colours.
type Surfaces uint8

// The surfaces.
const (
	OverGround Surfaces = 1 << iota // terrain, areas, the globe
	OverWater
	OverRoads
	OverSolids // roofs, walls and all else
)

// DrapeTile is a picture in its region.
type DrapeTile struct {
	Region Region
	Image  *Image
	UV     [4]float32 // part of the image: u, v of its corner in the north-west, width and height
	Low    float64    // ellipsoidal metres between which the ground lies there
	High   float64
	Beyond Beyond // where what lies outside the region is coloured as the image's edge
}

// Beyond are sets of sides of a region.
type Beyond uint8

// The sides.
const (
	BeyondAll   Beyond = 1 << iota
	BeyondNorth        // up to the pole
	BeyondSouth
)

// Region is a rectangle of a web map.
type Region struct {
	West, South, East, North float64 // degrees; east may exceed 180 where it crosses the antimeridian
	Mercator                 bool    // rows are even in the spherical Mercator projection, else in latitude
}

// Middle is the latitude of the region's middle row.
func (r Region) Middle() float64 {
	_, lat := r.At(0.5, 0.5)
	return lat
}

// At is the place of a position in the region, each 0 to 1 from its north-western corner.
func (r Region) At(x, y float64) (lng, lat float64) {
	lng = r.West + x*(r.East-r.West)
	if !r.Mercator {
		return lng, r.North + y*(r.South-r.North)
	}
	north := Mercator(r.North)
	return lng, earth.Degrees(math.Atan(math.Sinh(north + y*(Mercator(r.South)-north))))
}

// Mercator is the ordinate of a latitude in degrees in the spherical Mercator projection
// of radius 1 (EPSG:3857).
func Mercator(lat float64) float64 { return math.Atanh(math.Sin(earth.Radians(lat))) }

// Adjust changes the colours of a picture. The zero value leaves them.
type Adjust struct {
	Hue        float64 // degrees to turn it by
	Saturation float64 // added to 1: -1 is grey
	Brightness float64 // added to 1
	Contrast   float64 // added to 1
}

// Imagery is a pyramid of picture tiles; the stage replaces it by drapes of those that a
// view needs.
type Imagery struct {
	Path  string // archive of a package
	Drape Drape  // but its tiles
	IDs   bool   // writes on each tile which one it is, and whose picture it shows
}

func (*Imagery) drawable() {}

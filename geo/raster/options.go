package raster

import (
	"errors"

	"github.com/longtake/longtake/geo"
)

// The vertical datums that heights may be given in.
const (
	EGM96     = "egm96"     // above the EGM96 geoid (mean sea level): made ellipsoidal
	EGM2008   = "egm2008"   // above the EGM2008 geoid: made ellipsoidal; where PROJ lacks its grid EGM96 stands in (they differ by under 2 m almost everywhere), with a note
	Ellipsoid = "ellipsoid" // above the WGS84 ellipsoid: kept
	Local     = "local"     // above a zero of the file's own: kept
)

// The ways that a picture's channels encode a height.
const (
	TerrainRGB = "terrain-rgb" // Offset + Scale·(65536 R + 256 G + B); −10000 and 0.1 unless given
	Terrarium  = "terrarium"   // 256 R + G + B/256 − 32768
	Grey       = "grey"        // Offset + Scale·level
)

// ErrOutside says that the raster has nothing inside Options.Clip.
var ErrOutside = errors.New("the raster does not reach into the region asked for")

// Options say what a file itself does not. The zero value takes everything from it.
type Options struct {
	Bounds *geo.Bound // outer edges of the raster (for .hgt: its corner samples), for files with no georeference
	Tile   *[3]uint32 // z, x, y of a Web-Mercator tile; else taken from a name like 12/646/1400.png
	Scale  float64    // metres a level; 0 = 1, or the encoding's own
	Offset float64    // metres of level 0 (with Scale 0 and Offset 0 an encoding keeps its own)
	Decode string     // TerrainRGB, Terrarium or Grey; "" = by content
	NoData *float64   // stored value that means void, besides what the file says
	CRS    string     // overrides the file's: "EPSG:32612", WKT, a PROJ string
	Datum  string     // EGM96, EGM2008, Ellipsoid or Local; "" = as the CRS says, else EGM96
	Clip   *geo.Bound // keep this region and a margin of a few cells

	// MaxCells refuses rasters with more cells after clipping; 0 = 134 million (512 MiB).
	MaxCells int
}

const defaultMaxCells = 1 << 27

func (o Options) maxCells() int {
	if o.MaxCells > 0 {
		return o.MaxCells
	}
	return defaultMaxCells
}

// Heights on Earth in metres; what lies outside is void.
const lowest, highest = -12000, 10000

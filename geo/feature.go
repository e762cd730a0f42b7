package geo

import (
	"github.com/paulmach/orb"
)

// Feature is one real-world thing as a source describes it.
type Feature struct {
	// ID names the feature in reports and metadata: "way/123", "relation/9",
	// "node/5" for OSM, the source's own id or "#<index>" otherwise.
	ID string
	// Geometry in WGS84 degrees (x = longitude). Point, LineString, Polygon and their
	// Multi forms; rings are closed; outer rings counter-clockwise after clean.
	Geometry orb.Geometry
	// Tags are OSM keys, or a GeoJSON feature's properties written as strings
	// (numbers as strconv 'g', true/false, null left out).
	Tags map[string]string
	// Surfaces is set for features that come as finished solids (CityJSON, CityGML):
	// their Geometry is then the footprint.
	Surfaces []Surface
}

// Surface is one planar polygon of a city model.
type Surface struct {
	// Kind is the semantic surface type: wall, roof, ground, window, door, water, traffic
	// (where vehicles or people go), verge (beside it) or "".
	Kind string
	// Color is that of the model's material in sRGB; alpha 0 is none.
	Color [4]uint8
	Rings [][][3]float64 // longitude, latitude, metres above the ellipsoid; open rings, outer first
}

// Bound is a region in degrees. A bound whose West exceeds its East crosses the
// antimeridian.
type Bound struct{ West, South, East, North float64 }

// Contains tells whether the position lies in the bound (edges included).
func (b Bound) Contains(lng, lat float64) bool {
	if lat < b.South || lat > b.North {
		return false
	}
	if b.West <= b.East {
		return lng >= b.West && lng <= b.East
	}
	return lng >= b.West || lng <= b.East
}

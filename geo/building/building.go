// Package building turns footprints with tags, and finished city-model solids, into
// building meshes: OSM Simple 3D Buildings with parts, heights, roofs and courtyards,
// standing on the ground.
//
// A Survey goes over all features once. Then blocks are built one by one: Of reads tags and
// decides which features are buildings, which outlines give way to their parts, how high
// everything is and what it looks like; a Builder makes the triangles, at any level of
// detail; a Maker does both. Guesses come from the files in tables and from palette.go and
// vary with the feature's id only, so the same input gives the same city, however it is
// cut into blocks.
//
// Heights of a building are metres above its base, and the base is the lowest ground
// along its outline (that of the whole building for a part), as Simple 3D Buildings
// says. Walls go down half a metre more.
package building

import (
	"math"
	"strconv"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/building/outline"
	"github.com/longtake/longtake/geo/building/roof"
)

// Building is one volume to be built: a building, or a part of one.
type Building struct {
	ID    string
	Name  string
	Class string      // value of building=*, or of building:part=* for a part
	Part  bool        // building:part: stands with its siblings on one base
	Plan  orb.Polygon // footprint in metres of the plan frame; closed rings, outer counter-clockwise

	// Bottom and Top are metres above the base: min_height and height. For city-model
	// solids they are metres above the ellipsoid, as their Surfaces are.
	Bottom, Top float64

	surfaces []geo.Surface
	opened   bool              // its surfaces have windows or doors: none are painted on its walls
	feet     []outline.Outline // footprints of a solid, in its own frame
	site     []orb.Ring        // rings in degrees that the base is the lowest ground of
	flat     bool              // a prism in white, whatever else is known
	passages []passage
	ground   *footing        // measured; nil until then
	lng, lat float64         // origin of the building's own frame
	fill     [][3]int        // triangles of outline
	outline  outline.Outline // metres in that frame at height 0
	area     float64         // of outline
	raised   outline.Outline // outline at the height of the base; nil until ground is measured
	coarser  *outline.Coarser
	box      outline.Rect // around outline
	roof     roof.Spec    // Height included in Top
	spread   float64      // of a turned one: how much wider its widest ring is than its foot, else 0
	rule     *rule
	storeys  float64 // between Bottom and the eaves
	look     look
	blind    bool // no windows, whatever the rule says
	seed     uint64
	values   []string // of Options.Attributes
}

// Row is the building's metadata for a tile.
func (b *Building) Row() geo.FeatureRow {
	return geo.FeatureRow{ID: b.ID, Name: b.Name, Class: b.Class, Height: float32(b.Top - b.lowest()), Values: b.values}
}

func (b *Building) lowest() float64 {
	if b.surfaces != nil {
		return b.Bottom
	}
	return 0
}

// Attributes that are what was decided about a building, whatever its tags say.
const (
	BuiltLevels = "built:levels" // storeys between the ground, or where a part begins, and the eaves
	BuiltRoof   = "built:roof"   // shape of the roof
)

// keep takes the values of attributes: the feature's own, and of a part those of the building
// that it has none of.
func (b *Building) keep(attributes []string, own, outer map[string]string) {
	if len(attributes) == 0 {
		return
	}
	b.values = make([]string, len(attributes))
	for i, name := range attributes {
		switch {
		case name == BuiltLevels:
			if b.storeys > 0 {
				b.values[i] = strconv.Itoa(int(math.Round(b.storeys)))
			}
		case name == BuiltRoof && b.flat: // whatever the tags ask for
			b.values[i] = string(roof.Flat)
		case name == BuiltRoof:
			b.values[i] = string(b.roof.Shape)
		default:
			b.values[i] = first(own, outer, name)
		}
	}
}

// Roof tells the shape that will be built over the footprint.
func (b *Building) Roof() roof.Shape { return b.roof.Shape }

// seedOf hashes a feature's id (FNV-1a, Fowler, Noll & Vo), then mixes it, as ids that
// follow each other differ in few bits (the finaliser of SplitMix64, Steele et al. 2014).
func seedOf(id string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(id) {
		h = (h ^ uint64(id[i])) * 1099511628211
	}
	return mix(h)
}

func mix(h uint64) uint64 {
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}

// chance is the n-th random number of a seed, in [0, 1).
func chance(seed uint64, n int) float64 {
	return float64(mix(seed+uint64(n)*0x9e3779b97f4a7c15)>>11) / (1 << 53)
}

package near

import (
	"github.com/longtake/longtake/geo"
)

// works are the values of man_made that say of an area that it is the outline of something
// built, as building=* would.
var works = map[string]bool{
	"storage_tank": true, "tank": true, "water_tank": true, "silo": true, "digester": true, "gasometer": true, "cooling_tower": true,
	"chimney": true, "water_tower": true, "tower": true, "communications_tower": true,
}

// Works tells whether a feature without building=* is the outline of a tank, a silo, a
// chimney or a tower, which is built from it, and of which. Masts of lattice or with guys are no
// bodies, and what is under the ground is not seen.
func Works(f *geo.Feature) (kind string, ok bool) {
	kind = f.Tags["man_made"]
	if !works[kind] || f.Geometry == nil || f.Geometry.Dimensions() != 2 || f.Surfaces != nil {
		return "", false
	}
	if b := f.Tags["building"]; b != "" && b != "no" || f.Tags["building:part"] != "" || Hidden(f.Tags) {
		return "", false
	}
	switch f.Tags["tower:construction"] {
	case "lattice", "guyed_lattice", "guyed_tube", "guyed_mast":
		return "", false
	}
	if kind == "tower" {
		switch f.Tags["tower:type"] {
		case "cooling":
			return "cooling_tower", true
		case "communication":
			return "communications_tower", true
		case "power", "lighting", "pylon":
			return "", false
		}
	}
	return kind, true
}

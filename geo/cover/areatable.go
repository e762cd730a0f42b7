package cover

import "github.com/longtake/longtake/geo"

// areaStyle is how one kind of area looks. rank orders overlapping areas before size
// does: what people walk on (3) lies on what grows (1–2), which lies on what is zoned (0).
type areaStyle struct {
	key, value string
	material   geo.Material
	color      [4]uint8
	rank       int
}

func rgb(r, g, b uint8) [4]uint8 { return [4]uint8{r, g, b, 255} }

// areaStyles is the palette: muted tones as seen from the air at noon, chosen by eye so
// that roads and buildings stand out from them. The first row that matches a feature's
// tags wins, so the tags that say what is really there come before the zoning.
var areaStyles = []areaStyle{
	{"natural", "beach", geo.Sand, rgb(214, 199, 163), 3},
	{"natural", "sand", geo.Sand, rgb(208, 190, 150), 2},
	{"natural", "shoal", geo.Sand, rgb(200, 186, 152), 3},
	{"natural", "shingle", geo.Sand, rgb(170, 164, 154), 2},
	{"natural", "scree", geo.Sand, rgb(154, 148, 140), 2},
	{"natural", "bare_rock", geo.Sand, rgb(142, 137, 130), 2},
	{"natural", "rock", geo.Sand, rgb(142, 137, 130), 2},
	{"natural", "cliff", geo.Sand, rgb(138, 132, 124), 2},
	{"natural", "glacier", geo.Sand, rgb(226, 233, 238), 2},
	{"natural", "mud", geo.Sand, rgb(128, 112, 92), 2},
	{"natural", "wood", geo.Green, rgb(66, 88, 48), 2},
	{"natural", "scrub", geo.Green, rgb(98, 110, 66), 2},
	{"natural", "heath", geo.Green, rgb(122, 116, 78), 2},
	{"natural", "moor", geo.Green, rgb(118, 112, 80), 2},
	{"natural", "fell", geo.Green, rgb(126, 124, 88), 2},
	{"natural", "tundra", geo.Green, rgb(130, 126, 96), 2},
	{"natural", "grassland", geo.Green, rgb(118, 130, 76), 2},
	{"natural", "wetland", geo.Green, rgb(88, 104, 74), 2},
	{"natural", "shrubbery", geo.Green, rgb(88, 104, 60), 2},

	{"golf", "bunker", geo.Sand, rgb(222, 208, 172), 3},
	{"golf", "green", geo.Green, rgb(112, 158, 76), 3},
	{"golf", "tee", geo.Green, rgb(108, 150, 74), 3},
	{"golf", "fairway", geo.Green, rgb(104, 144, 70), 2},
	{"golf", "rough", geo.Green, rgb(98, 118, 64), 2},
	{"leisure", "pitch", geo.Green, rgb(84, 110, 62), 3},
	{"leisure", "track", geo.Paved, rgb(160, 98, 78), 3},
	{"leisure", "playground", geo.Sand, rgb(180, 164, 134), 3},
	{"leisure", "dog_park", geo.Green, rgb(110, 122, 76), 2},
	{"leisure", "golf_course", geo.Green, rgb(104, 132, 72), 1},
	{"leisure", "park", geo.Green, rgb(94, 114, 66), 1},
	{"leisure", "garden", geo.Green, rgb(94, 116, 66), 2},
	{"leisure", "common", geo.Green, rgb(108, 126, 72), 1},
	{"leisure", "sports_centre", geo.Paved, rgb(152, 148, 138), 1},
	{"leisure", "stadium", geo.Paved, rgb(150, 146, 138), 1},

	{"amenity", "parking", geo.Paved, rgb(112, 112, 112), 3},
	{"amenity", "bicycle_parking", geo.Paved, rgb(124, 122, 118), 3},
	{"amenity", "motorcycle_parking", geo.Paved, rgb(116, 116, 114), 3},
	{"amenity", "marketplace", geo.Paved, rgb(158, 150, 138), 3},
	{"amenity", "grave_yard", geo.Green, rgb(96, 112, 74), 1},
	{"amenity", "school", geo.Ground, rgb(160, 152, 134), 0},
	{"amenity", "university", geo.Ground, rgb(158, 152, 136), 0},
	{"amenity", "hospital", geo.Ground, rgb(162, 156, 144), 0},
	{"amenity", "fuel", geo.Paved, rgb(122, 120, 116), 3},
	{"place", "square", geo.Paved, rgb(164, 156, 144), 2},

	{"highway", "pedestrian", geo.Paved, rgb(164, 157, 146), 3},
	{"highway", "footway", geo.Paved, rgb(160, 154, 144), 3},
	{"highway", "path", geo.Paved, rgb(156, 148, 134), 3},
	{"highway", "cycleway", geo.Paved, rgb(146, 140, 132), 3},
	{"highway", "living_street", geo.Paved, rgb(140, 137, 132), 3},
	{"highway", "service", geo.Paved, rgb(116, 115, 114), 3},
	{"highway", "rest_area", geo.Paved, rgb(112, 112, 112), 3},
	{"highway", "services", geo.Paved, rgb(112, 112, 112), 3},
	{"highway", "platform", geo.Paved, rgb(150, 147, 142), 3},
	{"highway", "*", geo.Paved, rgb(120, 119, 117), 3},
	{"area:highway", "*", geo.Paved, rgb(112, 112, 112), 3},
	{"railway", "platform", geo.Paved, rgb(148, 145, 140), 3},
	{"public_transport", "platform", geo.Paved, rgb(148, 145, 140), 3},

	{"aeroway", "runway", geo.Paved, rgb(92, 92, 94), 3},
	{"aeroway", "taxiway", geo.Paved, rgb(104, 104, 104), 3},
	{"aeroway", "apron", geo.Paved, rgb(138, 137, 134), 2},
	{"aeroway", "helipad", geo.Paved, rgb(120, 120, 120), 3},
	{"aeroway", "aerodrome", geo.Green, rgb(116, 124, 84), 0},

	{"man_made", "pier", geo.Paved, rgb(150, 142, 130), 3},
	{"man_made", "quay", geo.Paved, rgb(150, 144, 134), 2},
	{"man_made", "breakwater", geo.Sand, rgb(132, 128, 122), 3},
	{"man_made", "groyne", geo.Sand, rgb(132, 128, 122), 3},
	{"man_made", "wastewater_plant", geo.Ground, rgb(146, 144, 138), 0},

	{"landuse", "forest", geo.Green, rgb(64, 86, 48), 2},
	{"landuse", "grass", geo.Green, rgb(106, 126, 70), 2},
	{"landuse", "village_green", geo.Green, rgb(106, 128, 70), 1},
	{"landuse", "recreation_ground", geo.Green, rgb(106, 126, 72), 1},
	{"landuse", "flowerbed", geo.Green, rgb(120, 118, 72), 3},
	{"landuse", "meadow", geo.Green, rgb(122, 134, 78), 1},
	{"landuse", "orchard", geo.Green, rgb(102, 118, 66), 1},
	{"landuse", "vineyard", geo.Green, rgb(120, 118, 74), 1},
	{"landuse", "plant_nursery", geo.Green, rgb(108, 120, 72), 1},
	{"landuse", "allotments", geo.Green, rgb(112, 116, 74), 1},
	{"landuse", "greenhouse_horticulture", geo.Paved, rgb(178, 184, 182), 1},
	{"landuse", "farmland", geo.Green, rgb(146, 140, 92), 1},
	{"landuse", "farmyard", geo.Ground, rgb(146, 134, 108), 1},
	{"landuse", "cemetery", geo.Green, rgb(94, 112, 74), 1},
	{"landuse", "greenfield", geo.Green, rgb(124, 128, 84), 0},
	{"landuse", "brownfield", geo.Ground, rgb(142, 128, 106), 0},
	{"landuse", "construction", geo.Ground, rgb(158, 140, 114), 1},
	{"landuse", "quarry", geo.Sand, rgb(164, 154, 138), 1},
	{"landuse", "landfill", geo.Ground, rgb(138, 126, 106), 1},
	{"landuse", "industrial", geo.Ground, rgb(140, 138, 134), 0},
	{"landuse", "port", geo.Paved, rgb(136, 134, 130), 0},
	{"landuse", "harbour", geo.Paved, rgb(136, 134, 130), 0},
	{"landuse", "railway", geo.Ground, rgb(126, 120, 110), 0},
	{"landuse", "garages", geo.Paved, rgb(126, 124, 120), 0},
	{"landuse", "military", geo.Ground, rgb(138, 138, 116), 0},
	{"landuse", "commercial", geo.Ground, rgb(154, 150, 142), 0},
	{"landuse", "retail", geo.Ground, rgb(156, 150, 142), 0},
}

// standsInWater are the classes that are drawn above water.
var standsInWater = map[string]bool{
	"natural=beach": true, "natural=shoal": true, "man_made=pier": true,
	"man_made=breakwater": true, "man_made=groyne": true,
}

// styleOf finds the row for a feature's tags; ok is false where it is no area that is
// drawn. What may be either line or area needs a polygon or area=yes.
func styleOf(tags map[string]string, polygon bool) (s areaStyle, class string, ok bool) {
	if tags["area"] == "no" {
		return s, "", false
	}
	for _, row := range areaStyles {
		v := tags[row.key]
		if v == "" || (row.value != "*" && v != row.value) {
			continue
		}
		if needsAreaTag[row.key+"="+row.value] && tags["area"] != "yes" && !polygon {
			continue
		}
		return row, row.key + "=" + v, true
	}
	return s, "", false
}

// needsAreaTag are the kinds whose closed way is a line unless it says area=yes.
var needsAreaTag = map[string]bool{
	"highway=pedestrian": true, "highway=footway": true, "highway=path": true,
	"highway=cycleway": true, "highway=living_street": true, "highway=service": true,
	"highway=*": true, "leisure=track": true, "aeroway=runway": true, "aeroway=taxiway": true,
	"natural=cliff": true,
}

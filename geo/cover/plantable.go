package cover

// stand is how an area is planted.
type stand struct {
	spacing float64 // metres between trees; 0: nothing grows here
	rows    float64 // metres between rows along the longest side; 0: scattered
	kind    standKind
}

type standKind uint8

const (
	woodland standKind = iota // closed: broad and needle by tags and climate
	parkland                  // trees apart on lawn; none near single trees that are mapped
	orchard
	vineyard
	scrubland
	heathland
)

// stands are the areas that say what grows on them. Where several lie on one another the
// smallest counts, so that the pitch in a park stays free; the first row that fits a
// feature wins. Spacings of woods are those of grown stands with closed crowns (300 to
// 400 trees a hectare in the upper storey have 5 to 6 m; half of them fill the canopy in
// the picture), those of parks, orchards and vines usual planting distances.
var stands = []struct {
	key, value string
	stand
}{
	{"natural", "wood", stand{7, 0, woodland}},
	{"landuse", "forest", stand{7, 0, woodland}},
	{"wetland", "swamp", stand{9, 0, woodland}},
	{"wetland", "mangrove", stand{5, 0, scrubland}},
	{"landuse", "orchard", stand{5, 5.5, orchard}},
	{"landuse", "vineyard", stand{3.4, 2.6, vineyard}},
	{"landuse", "plant_nursery", stand{3, 4, orchard}},
	{"natural", "scrub", stand{4.5, 0, scrubland}},
	{"natural", "shrubbery", stand{2.2, 0, scrubland}},
	{"natural", "heath", stand{7, 0, heathland}},
	{"natural", "moor", stand{12, 0, heathland}},
	{"leisure", "garden", stand{13, 0, parkland}},
	{"leisure", "park", stand{19, 0, parkland}},
	{"leisure", "golf_course", stand{42, 0, parkland}},
	{"landuse", "cemetery", stand{15, 0, parkland}},
	{"amenity", "grave_yard", stand{13, 0, parkland}},
	{"landuse", "village_green", stand{20, 0, parkland}},
	{"landuse", "recreation_ground", stand{30, 0, parkland}},
	{"tourism", "zoo", stand{16, 0, parkland}},
	{"tourism", "camp_site", stand{14, 0, parkland}},
	{"landuse", "allotments", stand{11, 0, orchard}},

	{"leisure", "pitch", stand{}}, {"leisure", "track", stand{}}, {"leisure", "playground", stand{}}, {"leisure", "swimming_pool", stand{}},
	{"leisure", "stadium", stand{}}, {"leisure", "sports_centre", stand{}}, {"leisure", "dog_park", stand{}}, {"leisure", "marina", stand{}},
	{"golf", "*", stand{}}, {"amenity", "parking", stand{}}, {"amenity", "fuel", stand{}}, {"place", "square", stand{}},
	{"natural", "water", stand{}}, {"natural", "beach", stand{}}, {"natural", "sand", stand{}}, {"natural", "bare_rock", stand{}},
	{"natural", "scree", stand{}}, {"natural", "glacier", stand{}}, {"natural", "grassland", stand{}}, {"natural", "wetland", stand{}},
	{"natural", "mud", stand{}}, {"natural", "shingle", stand{}}, {"natural", "fell", stand{}}, {"natural", "bay", stand{}},
	{"landuse", "meadow", stand{}}, {"landuse", "farmland", stand{}}, {"landuse", "farmyard", stand{}}, {"landuse", "grass", stand{}},
	{"landuse", "flowerbed", stand{}}, {"landuse", "quarry", stand{}}, {"landuse", "landfill", stand{}}, {"landuse", "construction", stand{}},
	{"landuse", "reservoir", stand{}}, {"landuse", "basin", stand{}}, {"landuse", "salt_pond", stand{}}, {"landuse", "greenhouse_horticulture", stand{}},
	{"waterway", "riverbank", stand{}}, {"waterway", "dock", stand{}}, {"aeroway", "*", stand{}}, {"man_made", "bridge", stand{}}, {"man_made", "pier", stand{}},
	{"area:highway", "*", stand{}}, {"railway", "platform", stand{}},
}

// standOf finds the row of an area; ok is false where it does not say what grows there.
func standOf(tags map[string]string) (stand, bool) {
	for _, s := range stands {
		if v := tags[s.key]; v != "" && (s.value == "*" || v == s.value) {
			return s.stand, true
		}
	}
	if h := tags["highway"]; h != "" && tags["area"] == "yes" {
		return stand{}, true
	}
	return stand{}, false
}

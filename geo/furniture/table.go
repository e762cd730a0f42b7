package furniture

import "strings"

// facing is what a thing's front, its model's +x, looks to.
type facing uint8

const (
	anywhere facing = iota // its tags, else a turn of its own
	street                 // the nearest road or path
	traffic                // those who drive towards it
	wind                   // where the wind comes from
)

// rule is how a feature is drawn.
type rule struct {
	key, value string
	model      string
	face       facing
	area       bool // also where it is drawn as an area or a line, at its middle
}

// rules are the features that become one thing each; the first that fits wins. A value of
// * stands for all but no.
var rules = []rule{
	{"highway", "street_lamp", "lamp", street, false},
	{"highway", "traffic_signals", "signal", traffic, false},
	{"crossing", "traffic_signals", "signal", traffic, false},
	{"highway", "bus_stop", "stop-sign", street, false},
	{"railway", "tram_stop", "stop-sign", street, false},
	{"highway", "stop", "road-sign", traffic, false},
	{"highway", "give_way", "road-sign", traffic, false},
	{"traffic_sign", "*", "road-sign", traffic, false},
	{"highway", "speed_camera", "cabinet", traffic, false},
	{"shelter_type", "public_transport", "shelter", street, true},
	{"amenity", "bench", "bench", street, true},
	{"amenity", "waste_basket", "bin", street, false},
	{"amenity", "waste_disposal", "cabinet", street, false},
	{"amenity", "recycling", "recycling", street, false},
	{"amenity", "post_box", "post-box", street, false},
	{"amenity", "telephone", "booth", street, false},
	{"amenity", "vending_machine", "cabinet", street, false},
	{"amenity", "parking_meter", "bollard", street, false},
	{"amenity", "bicycle_parking", "bike-stand", street, false},
	{"amenity", "fountain", "fountain", anywhere, true},
	{"amenity", "drinking_water", "bollard", anywhere, false},
	{"amenity", "clock", "lantern", anywhere, false},
	{"leisure", "picnic_table", "picnic-table", street, false},
	{"leisure", "outdoor_seating", "parasol", anywhere, true},
	{"barrier", "bollard", "bollard", anywhere, false},
	{"emergency", "fire_hydrant", "hydrant", street, false},
	{"advertising", "column", "ad-column", anywhere, true},
	{"advertising", "*", "board", street, false},
	{"tourism", "information", "board", street, false},
	{"tourism", "artwork", "statue", street, true},
	{"man_made", "street_cabinet", "cabinet", street, false},
	{"man_made", "flagpole", "flag", wind, false},
	{"man_made", "mast", "mast", anywhere, true},
	{"man_made", "antenna", "mast", anywhere, false},
	{"man_made", "communications_tower", "mast", anywhere, false},
	{"man_made", "chimney", "chimney", anywhere, false},
	{"man_made", "water_tower", "water-tower", anywhere, false},
	{"man_made", "lighthouse", "lighthouse", anywhere, true},
	{"man_made", "beacon", "lantern", anywhere, false},
	{"man_made", "cross", "cross", street, false},
	{"man_made", "obelisk", "obelisk", anywhere, true},
	{"man_made", "tower", "lookout", anywhere, false},
	{"man_made", "crane", "crane", anywhere, true},
	{"historic", "wayside_cross", "cross", street, false},
	{"historic", "wayside_shrine", "cross", street, false},
	{"historic", "memorial", "statue", street, false},
	{"historic", "monument", "obelisk", anywhere, false},
	{"generator:source", "wind", "turbine", wind, false},
	{"playground", "swing", "swing", anywhere, false},
	{"playground", "slide", "slide", anywhere, false},
	{"playground", "*", "climber", anywhere, true},
}

// ruleOf finds the rule of a feature and the model that its tags narrow it to.
func ruleOf(tags map[string]string) (r rule, ok bool) {
	for _, r = range rules {
		if v := tags[r.key]; v == r.value || r.value == "*" && v != "" && v != "no" {
			ok = true
			break
		}
	}
	if !ok {
		return r, false
	}
	switch {
	case r.model == "board" && tags["tourism"] == "information" && tags["information"] != "board" && tags["information"] != "map":
		return r, false // guideposts and offices
	case r.model == "lookout" && tags["tower:type"] == "communication":
		r.model = "mast"
	case r.model == "lookout" && tags["tower:type"] != "observation" && tags["tower:type"] != "watchtower":
		return r, false
	case r.model == "statue" && tags["historic"] == "memorial" && small(tags["memorial"]):
		return r, false
	case r.model == "statue" && tags["tourism"] == "artwork" && (strings.Contains(tags["artwork_type"], "mural") || tags["artwork_type"] == "graffiti"):
		return r, false
	case r.model == "statue" && (tags["memorial"] == "obelisk" || tags["memorial"] == "stele"):
		r.model = "obelisk"
	case r.model == "crane" && (tags["crane:type"] == "portal_crane" || tags["crane:type"] == "gantry_crane"):
		r.model = "quay-crane"
	case r.model == "stop-sign" && tags["shelter"] == "yes":
		r.model = "shelter"
	case r.model == "lamp" && (tags["lamp_type"] == "gas_lantern" || tags["lamp_mount"] == "ground"):
		r.model = "lantern"
	}
	return r, true
}

// small are memorials that stand on no foot of their own.
func small(memorial string) bool {
	switch memorial {
	case "plaque", "stolperstein", "blue_plaque", "bench", "tree", "plate":
		return true
	}
	return false
}

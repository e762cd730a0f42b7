package read

import "strings"

// areaKeys are the keys that make a closed way an area, with the values that do not
// (blocked) or the only ones that do (only). They follow the OSM wiki's pages of the keys
// and its list of polygon features
// (https://wiki.openstreetmap.org/wiki/Overpass_turbo/Polygon_Features). The order is
// that in which mainTag looks.
var areaKeys = []struct {
	key           string
	blocked, only string // space-separated
}{
	{key: "building", blocked: "no"},
	{key: "building:part", blocked: "no"},
	{key: "landuse"},
	{key: "natural", blocked: "coastline cliff ridge arete tree_row valley gorge crevasse fault earth_bank"},
	{key: "leisure", blocked: "track slipway"},
	{key: "water"},
	{key: "waterway", only: "riverbank dock boatyard dam fuel"},
	{key: "amenity"},
	{key: "man_made", blocked: "cutline embankment pipeline goods_conveyor dyke"},
	{key: "place"},
	{key: "shop"},
	{key: "tourism"},
	{key: "historic", blocked: "citywalls"},
	{key: "military", blocked: "trench"},
	{key: "office"},
	{key: "craft"},
	{key: "healthcare"},
	{key: "emergency", only: "landing_site assembly_point"},
	{key: "aeroway", blocked: "taxiway runway jet_bridge parking_position"},
	{key: "railway", only: "station turntable roundhouse platform"},
	{key: "public_transport", only: "station platform"},
	{key: "highway", only: "services rest_area escape elevator"},
	{key: "area:highway"},
	{key: "power", only: "plant substation generator transformer"},
	{key: "golf", blocked: "hole path cartpath"},
	{key: "indoor", blocked: "wall"},
	{key: "aerialway", only: "station"},
	{key: "attraction", blocked: "roller_coaster train summer_toboggan water_slide"},
	{key: "cemetery"},
	{key: "residential"},
	{key: "ruins"},
	{key: "boundary"},
	{key: "allotments"},
	{key: "playground"},
}

// mainTag is the first tag that makes an area, empty if none does. A way is an area if
// it is closed, has at least three corners, and area=yes or such a tag without area=no.
// So highway, barrier and railway rings are lines unless area=yes says otherwise, and
// natural=coastline always is.
func mainTag(tags map[string]string) (key, value string) {
	for _, k := range areaKeys {
		v, ok := tags[k.key]
		if !ok || v == "" || v == "no" {
			continue
		}
		if k.only != "" && listed(k.only, v) || k.only == "" && !listed(k.blocked, v) {
			return k.key, v
		}
	}
	return "", ""
}

func listed(list, v string) bool {
	for list != "" {
		var word string
		word, list, _ = strings.Cut(list, " ")
		if word == v {
			return true
		}
	}
	return false
}

func isArea(tags map[string]string) bool {
	switch tags["area"] {
	case "yes":
		return true
	case "no":
		return false
	}
	k, _ := mainTag(tags)
	return k != ""
}

// interesting tells whether tags say what a thing is, beyond where the data came from.
func interesting(tags map[string]string) bool {
	for k := range tags {
		switch {
		case k == "source", k == "created_by", k == "note", k == "fixme", k == "FIXME", k == "attribution", k == "history":
		case strings.HasPrefix(k, "source:"), strings.HasPrefix(k, "tiger:"), strings.HasPrefix(k, "source_"):
		default:
			return true
		}
	}
	return false
}

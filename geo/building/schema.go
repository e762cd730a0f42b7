package building

import "maps"

// aliases are the attribute names of other schemas for OSM's keys: Tilezen vector
// tiles, OpenMapTiles, Overture Maps, and the upper-case columns of shapefiles. The first that is set counts.
var aliases = [][2]string{
	{"roof_shape", "roof:shape"}, {"roof_height", "roof:height"}, {"roof_direction", "roof:direction"},
	{"roof_orientation", "roof:orientation"}, {"roof_material", "roof:material"}, {"roof_color", "roof:colour"},
	{"building_material", "building:material"}, {"facade_material", "building:material"},
	{"facade_color", "building:colour"}, {"building_levels", "building:levels"}, {"num_floors", "building:levels"},
	{"min_floor", "building:min_level"}, {"building_min_levels", "building:min_level"}, {"roof_levels", "roof:levels"},
	{"render_height", "height"}, {"render_min_height", "min_height"}, {"HEIGHT", "height"}, {"Height", "height"},
	{"LEVELS", "building:levels"}, {"NAME", "name"},
}

// translate turns the tags of a footprint without OSM's building keys into those keys.
// Tilezen tells buildings and parts by kind; otherwise nothing is added, as only the
// layer can say that its areas are buildings.
func translate(tags map[string]string) map[string]string {
	if tags["building"] != "" || tags["building:part"] != "" {
		return tags
	}
	if len(tags) == 0 {
		return tags
	}
	out := maps.Clone(tags)
	for _, a := range aliases {
		if v := tags[a[0]]; v != "" && out[a[1]] == "" {
			out[a[1]] = v
		}
	}
	key := map[string]string{"building": "building", "building_part": "building:part"}[tags["kind"]]
	if key != "" {
		out[key] = "yes"
		if v := tags["kind_detail"]; v != "" {
			out[key] = v
		}
	}
	return out
}

package near

import "github.com/longtake/longtake/geo/clean"

// Road is what the neighbours of a way on the ground must know of it.
type Road struct {
	Half   float64 // metres from its middle to its kerb
	Rank   int     // 0 paths, 1 service ways, 2 minor streets, 3 main streets, 4 motorways
	OneWay bool
	Rail   bool
}

// roadHalves are half widths of carriageways in metres: usual lanes of 3 to 3.6 m with
// their shoulders (RASt 06 for towns, RAA for motorways).
var roadHalves = map[string]Road{
	"motorway": {Half: 6, Rank: 4}, "motorway_link": {Half: 3.5, Rank: 4}, "trunk": {Half: 6, Rank: 4}, "trunk_link": {Half: 3.5, Rank: 4},
	"primary": {Half: 5.5, Rank: 3}, "primary_link": {Half: 3.5, Rank: 3}, "secondary": {Half: 5, Rank: 3}, "secondary_link": {Half: 3.3, Rank: 3},
	"tertiary": {Half: 4.2, Rank: 3}, "tertiary_link": {Half: 3, Rank: 3}, "unclassified": {Half: 3.2, Rank: 2}, "residential": {Half: 3.5, Rank: 2},
	"road": {Half: 3, Rank: 2}, "living_street": {Half: 2.8, Rank: 2}, "busway": {Half: 3.3, Rank: 2}, "service": {Half: 2, Rank: 1},
	"pedestrian": {Half: 3, Rank: 1}, "track": {Half: 1.5}, "cycleway": {Half: 1.2}, "footway": {Half: 1},
	"bridleway": {Half: 1}, "path": {Half: 0.8}, "steps": {Half: 1.2},
}

// RoadOf reads the tags of a way; ok is false for what is no way on the ground.
func RoadOf(tags map[string]string) (r Road, ok bool) {
	if tags["area"] == "yes" || tunnel(tags) {
		return r, false
	}
	switch tags["railway"] {
	case "rail", "light_rail", "narrow_gauge", "funicular", "preserved":
		return Road{Half: 1.9, Rail: true}, true
	case "tram":
		return Road{Half: 1.4, Rail: true}, true
	}
	if r, ok = roadHalves[tags["highway"]]; !ok {
		return r, false
	}
	r.OneWay = tags["oneway"] == "yes" || tags["oneway"] == "1" || tags["oneway"] == "-1" || tags["junction"] == "roundabout" || tags["highway"] == "motorway"
	if w, ok := clean.Length(tags["width"]); ok && w >= 0.5 && w <= 60 {
		r.Half = w / 2
	} else if n, ok := clean.Number(tags["lanes"]); ok && r.Rank >= 2 && n >= 1 && n <= 14 {
		r.Half = 1.6 * n
	}
	return r, true
}

func tunnel(tags map[string]string) bool {
	if t := tags["tunnel"]; t != "" && t != "no" {
		return true
	}
	l := tags["layer"]
	return tags["covered"] == "yes" || tags["indoor"] == "yes" || tags["location"] == "underground" || len(l) > 1 && l[0] == '-' && tags["bridge"] == ""
}

// Hidden tells whether a feature is out of sight: underground, within buildings, or
// no longer or not yet there.
func Hidden(tags map[string]string) bool {
	switch tags["location"] {
	case "underground", "indoor", "underwater":
		return true
	}
	return tags["indoor"] == "yes" || tunnel(tags)
}

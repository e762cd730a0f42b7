package cover

import "strings"

// treeKind is a model with the heights that it grows to, in metres.
type treeKind struct {
	model    string
	min, max float64
}

// woodStyle is how an area is planted: metres between trees and what they are, chosen
// evenly from kinds.
type woodStyle struct {
	key, value string
	spacing    float64
	kinds      []treeKind
}

var (
	broadTrees   = []treeKind{{"tree-broad", 8, 15}, {"tree-broad-2", 7, 13}, {"tree-broad-3", 9, 17}}
	coniferTrees = []treeKind{{"tree-conifer", 10, 20}}
	mixedTrees   = []treeKind{{"tree-broad", 8, 15}, {"tree-broad-3", 9, 17}, {"tree-conifer", 10, 19}}
	parkTrees    = []treeKind{{"tree-broad", 7, 14}, {"tree-broad-2", 6, 12}, {"tree-broad-3", 8, 16}, {"bush", 1.2, 2.5}}
	palmTrees    = []treeKind{{"tree-palm", 7, 14}}
	fruitTrees   = []treeKind{{"tree-broad-2", 3, 5}}
	scrubBushes  = []treeKind{{"bush", 0.8, 2.2}}
)

// woodStyles are the areas that trees are scattered over; the first match wins.
var woodStyles = []woodStyle{
	{"natural", "wood", 8, mixedTrees},
	{"landuse", "forest", 8, mixedTrees},
	{"landuse", "orchard", 6, fruitTrees},
	{"landuse", "plant_nursery", 8, fruitTrees},
	{"natural", "scrub", 7, scrubBushes},
	{"natural", "heath", 16, scrubBushes},
	{"leisure", "park", 22, parkTrees},
	{"leisure", "garden", 16, parkTrees},
	{"leisure", "golf_course", 45, parkTrees},
	{"landuse", "cemetery", 20, parkTrees},
	{"amenity", "grave_yard", 20, parkTrees},
	{"landuse", "village_green", 22, parkTrees},
	{"landuse", "recreation_ground", 30, parkTrees},
	{"landuse", "allotments", 16, fruitTrees},
}

// kindsFor narrows kinds by what tags say of leaves and species.
func kindsFor(tags map[string]string, kinds []treeKind) []treeKind {
	genus := strings.ToLower(tags["genus"] + " " + tags["species"] + " " + tags["taxon"])
	has := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(genus, w) {
				return true
			}
		}
		return false
	}
	switch {
	case tags["leaf_type"] == "palm" || tags["type"] == "palm" || tags["trees"] == "oil_palms" ||
		has("palm", "phoenix", "washingtonia", "trachycarpus", "syagrus", "arecaceae", "cocos"):
		return palmTrees
	case has("cupressus", "populus nigra", "italica", "fastigiata"):
		return []treeKind{{"tree-column", 8, 16}}
	case tags["leaf_type"] == "needleleaved" || tags["wood"] == "coniferous" || has("pinus", "picea", "abies", "cedrus", "larix", "sequoia"):
		return coniferTrees
	case tags["leaf_type"] == "broadleaved" || tags["wood"] == "deciduous":
		out := make([]treeKind, 0, len(kinds))
		for _, k := range kinds {
			if k.model != "tree-conifer" {
				out = append(out, k)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return kinds
}

func woodOf(tags map[string]string) (woodStyle, bool) {
	for _, s := range woodStyles {
		if tags[s.key] == s.value {
			return s, true
		}
	}
	return woodStyle{}, false
}

package cover

import (
	"math"
	"strings"

	"github.com/longtake/longtake/geo/clean"
)

// growth is a model with the heights in metres that it is planted at, and its crown's
// width as a share of its height.
type growth struct {
	model    string
	min, max float64
	crown    float64
}

// Forms that trees take where nothing is known of their species.
var (
	broadA  = growth{"tree-broad", 9, 17, 0.72}
	broadB  = growth{"tree-broad-2", 8, 14, 0.86}
	broadC  = growth{"tree-broad-3", 10, 20, 0.60}
	birch   = growth{"tree-birch", 9, 17, 0.42}
	spruce  = growth{"tree-conifer", 10, 22, 0.44}
	pine    = growth{"tree-pine", 9, 18, 0.5}
	cypress = growth{"tree-column", 7, 14, 0.24}
	palmA   = growth{"tree-palm", 6, 13, 0.6}
	olive   = growth{"tree-broad-2", 4, 8, 0.86}
	fruit   = growth{"tree-broad-2", 3, 5, 0.86}
	shrub   = growth{"bush", 0.8, 2.4, 1}
	low     = growth{"bush", 0.4, 1.1, 1}
	snag    = growth{"tree-dead", 5, 12, 0.4}
	vine    = growth{"vine-row", 1.5, 1.8, 2.2}
)

// species are the genera that towns plant most, with the heights of grown street trees.
// Sizes are rounded from the size classes of Hirons and Sjöman, Tree Species Selection
// for Green Infrastructure (2019), and McPherson, van Doorn and Peper, Urban Tree
// Database and Allometric Equations (USDA PSW-GTR-253, 2016). The first row whose word
// begins a word of genus, species or taxon wins; names in English and German are there
// for data that says only species:en or species:de.
var species = []struct {
	words string // blank between them
	growth
}{
	{"italica fastigiata pyramidalis cupressus cypress zypresse", cypress},
	{"populus poplar pappel", growth{"tree-broad-3", 16, 28, 0.6}},
	{"phoenix washingtonia trachycarpus syagrus arecaceae cocos sabal roystonea palm palme", palmA},
	{"pinus pine kiefer", pine},
	{"picea abies pseudotsuga larix sequoia sequoiadendron metasequoia araucaria cedrus spruce fir larch fichte tanne lärche zeder", spruce},
	{"thuja juniperus chamaecyparis taxus", growth{"tree-column", 4, 10, 0.24}},
	{"betula birch birke", birch},
	{"alnus alder erle", growth{"tree-birch", 8, 15, 0.42}},
	{"sorbus rowan eberesche", growth{"tree-birch", 5, 9, 0.42}},
	{"platanus plane platane", growth{"tree-broad-2", 14, 25, 0.86}},
	{"quercus oak eiche", growth{"tree-broad", 12, 22, 0.72}},
	{"fagus beech buche", growth{"tree-broad-3", 14, 25, 0.6}},
	{"tilia lime linden linde", growth{"tree-broad-3", 11, 19, 0.6}},
	{"acer maple ahorn", growth{"tree-broad", 8, 16, 0.72}},
	{"fraxinus ash esche", growth{"tree-broad-3", 11, 20, 0.6}},
	{"aesculus chestnut kastanie castanea", growth{"tree-broad", 10, 18, 0.72}},
	{"robinia gleditsia sophora styphnolobium", growth{"tree-broad-2", 9, 16, 0.86}},
	{"ulmus celtis zelkova", growth{"tree-broad-2", 10, 18, 0.86}},
	{"carpinus ostrya", growth{"tree-broad-3", 8, 14, 0.6}},
	{"salix willow weide", growth{"tree-broad-2", 7, 13, 0.86}},
	{"eucalyptus corymbia casuarina", growth{"tree-birch", 14, 28, 0.42}},
	{"ficus metrosideros cinnamomum tipuana jacaranda samanea delonix", growth{"tree-broad-2", 8, 15, 0.86}},
	{"prunus malus pyrus crataegus magnolia amelanchier cornus lagerstroemia citrus cherry apple pear kirsche apfel", growth{"tree-broad-2", 4, 8, 0.86}},
	{"olea olive", olive},
	{"ginkgo liquidambar liriodendron", growth{"tree-broad-3", 9, 18, 0.6}},
}

// climate is what grows at a place. Its scale is the latitude at sea level with the same
// growing season: 122 m up are a degree towards the pole (Hopkins, The Bioclimatic Law,
// 1918).
type climate float64

func climateAt(lat, height float64) climate {
	return climate(math.Abs(lat) + math.Max(0, math.Min(height, 6000))/122)
}

// needles is the share of needle-leaved trees in a wood of which nothing is known.
func (c climate) needles() float64 {
	if c < 25 {
		return 0.05
	}
	return math.Max(0.12, math.Min(0.85, 0.15+0.045*(float64(c)-42)))
}

// stunted scales heights towards the tree line, which is taken to be at 68.
func (c climate) stunted() float64 { return math.Max(0.3, math.Min(1, (70-float64(c))/9)) }

func (c climate) broad() []growth {
	switch {
	case c > 56:
		return []growth{birch, birch, broadC}
	case c > 40:
		return []growth{broadA, broadB, broadC, broadC, birch}
	case c > 27:
		return []growth{broadA, broadB, olive, olive, broadC}
	}
	return []growth{broadB, broadA, broadC, palmA}
}

func (c climate) needle() []growth {
	switch {
	case c > 50:
		return []growth{spruce, spruce, pine}
	case c > 40:
		return []growth{spruce, pine}
	}
	return []growth{pine, pine, cypress}
}

// park is what stands on lawns: mostly broad, a few dark ones between them.
func (c climate) park() []growth {
	g := append([]growth(nil), c.broad()...)
	switch {
	case c > 40:
		return append(g, broadA, broadB, broadC, spruce, shrub)
	case c > 30:
		return append(g, pine, cypress, palmA, shrub)
	}
	return append(g, palmA, palmA, shrub)
}

// named is the growth that tags of species or leaves say; ok is false where they do not.
func (c climate) named(tags map[string]string, roll float64) (g growth, ok bool) {
	for _, key := range [...]string{"species", "genus", "taxon", "species:en", "genus:en", "species:de", "genus:de"} {
		if tags[key] == "" {
			continue
		}
		words := strings.FieldsFunc(strings.ToLower(tags[key]), func(r rune) bool { return strings.ContainsRune(" ;,'’‘\"×._-", r) })
		for _, s := range species {
			for _, w := range strings.Fields(s.words) {
				for _, v := range words {
					if strings.HasPrefix(v, w) {
						return s.growth, true
					}
				}
			}
		}
	}
	pick := func(list []growth) growth { return list[min(int(roll*float64(len(list))), len(list)-1)] }
	leaf := tags["leaf_type"]
	if leaf == "" {
		leaf = tags["wood"]
	}
	switch {
	case leaf == "palm" || tags["type"] == "palm" || tags["trees"] == "oil_palms" || tags["trees"] == "date_palms" || tags["trees"] == "coconut_palms":
		return palmA, true
	case leaf == "needleleaved" || leaf == "coniferous" || tags["type"] == "conifer":
		return pick(c.needle()), true
	case leaf == "broadleaved" || leaf == "deciduous" || tags["type"] == "broad_leaved":
		return pick(c.broad()), true
	case leaf == "leafless" || tags["leaf_cycle"] == "dead" || tags["dead"] == "yes":
		return snag, true
	case tags["trees"] == "olive_trees":
		return olive, true
	}
	return g, false
}

// measured is the height that tags tell, directly or from the trunk's girth or the
// crown's width; 0 where they do not. Height grows with the root of the trunk's
// diameter, 21 m at one metre, between the curves of PSW-GTR-253.
func measured(tags map[string]string, g growth) float64 {
	if h, ok := clean.Length(tags["height"]); ok && h >= 0.5 && h <= 120 {
		return h
	}
	if c, ok := clean.Length(tags["circumference"]); ok && c > 0 {
		if c > 15 { // in centimetres, against the wiki
			c /= 100
		}
		if c >= 0.05 && c <= 15 {
			return math.Max(2, math.Min(45, 21*math.Pow(c/math.Pi, 0.55)))
		}
	}
	if d, ok := clean.Length(tags["diameter_crown"]); ok && d >= 0.5 && d <= 50 {
		return math.Max(1.5, math.Min(40, d/g.crown))
	}
	return 0
}

// crowned is the broad model whose crown is nearest to the one that tags tell.
func crowned(tags map[string]string, g growth, height float64) growth {
	d, ok := clean.Length(tags["diameter_crown"])
	if !ok || d < 0.5 || d > 50 || !strings.HasPrefix(g.model, "tree-broad") {
		return g
	}
	best := g
	for _, o := range [...]growth{broadA, broadB, broadC} {
		if math.Abs(o.crown*height-d) < math.Abs(best.crown*height-d) {
			best = o
		}
	}
	return best
}

package cover

import (
	"strings"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/near"
)

// surfaces are the looks of pitches, tracks and playgrounds by surface=*.
var surfaces = map[string]areaStyle{
	"clay": {material: geo.Sand, color: rgb(178, 108, 78)}, "tartan": {material: geo.Paved, color: rgb(164, 88, 70)}, "rubber": {material: geo.Paved, color: rgb(158, 92, 76)},
	"acrylic": {material: geo.Paved, color: rgb(72, 110, 128)}, "hard": {material: geo.Paved, color: rgb(84, 118, 112)}, "asphalt": {material: geo.Paved, color: rgb(110, 110, 112)},
	"concrete": {material: geo.Paved, color: rgb(150, 149, 145)}, "sand": {material: geo.Sand, color: rgb(206, 188, 148)}, "artificial_turf": {material: geo.Green, color: rgb(70, 106, 62)},
	"grass": {material: geo.Green, color: rgb(88, 114, 62)}, "gravel": {material: geo.Sand, color: rgb(164, 156, 142)}, "fine_gravel": {material: geo.Sand, color: rgb(176, 164, 142)},
	"paving_stones": {material: geo.Paved, color: rgb(152, 146, 138)}, "unpaved": {material: geo.Sand, color: rgb(156, 144, 122)}, "dirt": {material: geo.Sand, color: rgb(144, 124, 96)},
	"ground": {material: geo.Sand, color: rgb(148, 130, 102)}, "woodchips": {material: geo.Sand, color: rgb(150, 118, 84)}, "compacted": {material: geo.Sand, color: rgb(172, 160, 138)},
}

// courts are the usual surface of sports that are not played on grass.
var courts = map[string]string{
	"tennis": "clay", "basketball": "acrylic", "streetball": "asphalt", "beachvolleyball": "sand", "volleyball": "sand", "skateboard": "concrete",
	"multi": "rubber", "handball": "asphalt", "athletics": "tartan", "running": "tartan", "bmx": "dirt", "equestrian": "sand", "boules": "fine_gravel", "table_tennis": "paving_stones", "padel": "acrylic",
}

// look is the style of a feature's area: the row of its kind, by its surface or sport
// where those say more, and for fields a tone of its own.
func look(s areaStyle, class, id string, tags map[string]string) areaStyle {
	switch class {
	case "leisure=pitch", "leisure=track", "leisure=playground":
		surface := tags["surface"]
		if surface == "" && class != "leisure=playground" {
			sport, _, _ := strings.Cut(tags["sport"], ";")
			surface = courts[strings.TrimSpace(sport)]
		}
		if v, ok := surfaces[surface]; ok {
			s.material, s.color = v.material, v.color
		}
	case "amenity=parking":
		if v, ok := surfaces[tags["surface"]]; ok && v.material != geo.Paved {
			s.material, s.color = v.material, v.color
		}
	case "landuse=farmland":
		s.color = crops[near.Hash(near.Seed(id), 1)%uint64(len(crops))]
	case "landuse=meadow", "landuse=orchard", "landuse=vineyard", "landuse=allotments", "landuse=grass", "natural=grassland":
		s.color = toned(s.color, near.Share(near.Hash(near.Seed(id), 2)))
	}
	return s
}

// crops are fields in June from above: stubble, barley, wheat, beet, bare earth, clover.
var crops = [][4]uint8{rgb(164, 148, 98), rgb(176, 158, 104), rgb(150, 146, 88), rgb(112, 130, 70), rgb(138, 118, 88), rgb(122, 138, 74), rgb(156, 150, 92)}

// toned makes a colour a little drier or fresher.
func toned(c [4]uint8, t float64) [4]uint8 {
	f := [3]float64{0.92 + 0.16*t, 0.97 + 0.06*t, 0.96 + 0.06*t}
	for k := range f {
		c[k] = uint8(min(255, float64(c[k])*f[k]))
	}
	return c
}

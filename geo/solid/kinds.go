package solid

import "github.com/longtake/longtake/geo"

// look is how a type of object is drawn.
type look struct {
	material geo.Material
	color    [4]uint8
	ground   bool // lies as the ground: seen from above, order among its like
	bias     int
}

func rgb(r, g, b uint8) [4]uint8 { return [4]uint8{r, g, b, 255} }

// looks are by type of CityJSON and CityGML; the greens and greys are those of areas
// drawn from maps.
var looks = map[string]look{
	"LandUse":                  {geo.Green, rgb(126, 130, 98), true, 1},
	"PlantCover":               {geo.Green, rgb(98, 118, 66), true, 2},
	"Road":                     {geo.Paved, rgb(104, 105, 108), true, 4},
	"TransportationComplex":    {geo.Paved, rgb(104, 105, 108), true, 4},
	"Track":                    {geo.Paved, rgb(150, 142, 126), true, 4},
	"TransportSquare":          {geo.Paved, rgb(158, 153, 146), true, 3},
	"Square":                   {geo.Paved, rgb(158, 153, 146), true, 3},
	"Railway":                  {geo.Paved, rgb(122, 114, 104), true, 4},
	"WaterBody":                {geo.Water, rgb(58, 92, 104), true, 2},
	"Waterway":                 {geo.Water, rgb(58, 92, 104), true, 2},
	"SolitaryVegetationObject": {geo.Foliage, rgb(82, 108, 58), false, 0},
	"CityFurniture":            {geo.Metal, rgb(92, 94, 97), false, 0},
}

// other is the look of types that are not in the table: bridges, tunnels, generic
// objects and those of extensions.
var other = look{geo.Concrete, rgb(150, 145, 136), false, 0}

// parts are the looks of semantic surfaces within objects.
var parts = map[string]look{
	"water":  looks["WaterBody"],
	"verge":  {geo.Green, rgb(122, 136, 88), true, 3},
	"window": {geo.Glass, rgb(92, 108, 118), false, 0},
	"roof":   {geo.Concrete, rgb(150, 138, 128), false, 0},
}

// leaves are what rises steeply out of plants: hedges and trees in a surface that was
// laid over points of a scanner.
var leaves = look{geo.Foliage, rgb(74, 96, 52), true, 2}

// lookOf is the look of a surface of an object, by how much of it looks up (0 to 1).
func lookOf(kind string, s *geo.Surface, level float64) look {
	l, ok := looks[kind]
	if !ok {
		l = other
	}
	if kind == "PlantCover" && level < 0.75 {
		l = leaves
	}
	if p, ok := parts[s.Kind]; ok && (!l.ground || p.ground) {
		l = p
	}
	if s.Color[3] != 0 {
		l.color = s.Color
		if l.material == geo.Water {
			l.material = geo.Glass
		}
	}
	return l
}

// Is tells whether a feature is drawn by this package: an object of a city model, with
// surfaces or planted in a point, that is neither building nor relief.
func Is(f *geo.Feature) bool {
	kind := f.Tags["citymodel:type"]
	if kind == "" || isRelief(f) || f.Tags["building"] != "" || f.Tags["building:part"] != "" {
		return false
	}
	return f.Surfaces != nil || kind == "SolitaryVegetationObject"
}

// isRelief tells whether a feature is the model's terrain: it becomes the elevation and
// is not drawn beside the ground that is made of it.
func isRelief(f *geo.Feature) bool {
	switch f.Tags["citymodel:type"] {
	case "TINRelief", "RasterRelief", "MassPointRelief", "BreaklineRelief":
		return f.Surfaces != nil
	}
	return false
}

// isCover tells whether a feature's surfaces lie as the ground: roads, water, land use.
func isCover(f *geo.Feature) bool {
	return f.Surfaces != nil && Is(f) && looks[f.Tags["citymodel:type"]].ground
}

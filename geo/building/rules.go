package building

// rule is what is assumed of a type of building where tags are silent.
//
// Where the numbers come from:
//   - storey heights: floor-to-floor heights of the U.S. Department of Energy commercial
//     reference buildings (Deru et al. 2011, NREL/TP-5500-46861), rounded: offices 3.9 m,
//     mid-rise apartments 3.05 m, hotels 3.0 to 3.9 m, hospitals 4.3 m, schools 3.9 m,
//     stores 5.2 to 6.1 m, warehouses 8.5 m; dwellings 2.8 to 3 m by common building practice;
//   - storeys by type: the meaning of the values on the OSM wiki page Key:building (a
//     bungalow has one, a house one or two, apartments several); other renderers assume
//     one of 4 m (streets-gl), three of 2.5 m (OSM2World), 10 m (OSMBuildings) for everything;
//   - bays: 2.4 to 3.6 m are usual room widths, so usual window spacings.
type rule struct {
	levels  float64 // storeys of an ordinary one
	storey  float64 // metres from floor to floor
	bay     float64 // metres from window to window; 0 = walls without windows
	spread  float64 // share by which untagged heights vary up and down
	area    bool    // untagged storeys grow with footprint and density
	pitched float64 // share of untagged ones, of modest footprint, with a pitched roof
	canopy  bool    // a roof on posts: no walls
	near    near    // whether the heights of its neighbours tell its own
	look    style
}

// near tells whose heights resemble a building's.
type near int

const (
	nearNone near = iota // its type alone decides: a church, a silo, a shed
	nearAny
	nearDwelling // houses
)

var (
	dwelling  = rule{levels: 2, storey: 2.9, bay: 2.7, spread: 0.08, pitched: 0.9, near: nearDwelling, look: plaster}
	cottage   = rule{levels: 1, storey: 2.9, bay: 2.8, spread: 0.08, pitched: 0.95, near: nearDwelling, look: plaster}
	flats     = rule{levels: 5, storey: 3.05, bay: 2.9, spread: 0.05, area: true, pitched: 0.15, near: nearAny, look: plaster}
	anything  = rule{levels: 2, storey: 3.1, bay: 2.9, spread: 0.07, area: true, pitched: 0.6, near: nearAny, look: plaster}
	outhouse  = rule{levels: 1, storey: 2.5, spread: 0.08, pitched: 0.4, look: timber}
	garage    = rule{levels: 1, storey: 2.6, spread: 0.05, pitched: 0.15, look: concrete}
	farmHall  = rule{levels: 1, storey: 5.5, spread: 0.15, pitched: 0.95, look: timber}
	office    = rule{levels: 5, storey: 3.9, bay: 3.0, spread: 0.05, area: true, near: nearAny, look: glazed}
	shop      = rule{levels: 1, storey: 5.2, bay: 3.6, spread: 0.08, area: true, near: nearAny, look: masonry}
	civic     = rule{levels: 3, storey: 3.9, bay: 3.2, spread: 0.06, area: true, pitched: 0.3, near: nearAny, look: stone}
	hotel     = rule{levels: 6, storey: 3.2, bay: 3.3, spread: 0.05, area: true, near: nearAny, look: plaster}
	hospital  = rule{levels: 4, storey: 4.3, bay: 3.2, spread: 0.05, area: true, near: nearAny, look: concrete}
	factory   = rule{levels: 1, storey: 8.0, bay: 3.6, spread: 0.15, pitched: 0.3, look: sheet}
	store     = rule{levels: 1, storey: 8.5, spread: 0.1, pitched: 0.2, look: sheet}
	worship   = rule{levels: 1, storey: 11, spread: 0.15, pitched: 0.95, look: stone}
	chapel    = rule{levels: 1, storey: 6, spread: 0.1, pitched: 0.95, look: stone}
	tower     = rule{levels: 8, storey: 3.5, bay: 2.8, spread: 0.2, look: stone}
	sky       = rule{levels: 35, storey: 3.9, bay: 3.0, spread: 0.15, look: glazed}
	carPark   = rule{levels: 4, storey: 3.0, bay: 3.6, spread: 0.05, look: concrete}
	stadium   = rule{levels: 1, storey: 18, spread: 0.1, look: concrete}
	silo      = rule{levels: 1, storey: 12, spread: 0.2, look: sheet}
	bunker    = rule{levels: 1, storey: 4, look: concrete}
	glasshous = rule{levels: 1, storey: 4, bay: 2.4, pitched: 0.9, look: glazed}
	shelter   = rule{levels: 1, storey: 3.2, spread: 0.05, canopy: true, look: sheet}
	highRoof  = rule{levels: 1, storey: 5.2, spread: 0.05, canopy: true, look: sheet}
	houseboat = rule{levels: 1, storey: 2.8, bay: 2.6, look: timber}
)

// rules are keyed by the value of building=* or building:part=*; anything stands for
// the rest.
var rules = map[string]*rule{
	"house": &dwelling, "detached": &dwelling, "semidetached_house": &dwelling, "semi": &dwelling, "terrace": &dwelling,
	"residential": &flats, "apartments": &flats, "apartment": &flats, "dormitory": &flats, "barracks": &flats,
	"bungalow": &cottage, "cabin": &cottage, "farm": &dwelling, "villa": &dwelling, "manor": &civic, "static_caravan": &outhouse,
	"ger": &outhouse, "hut": &outhouse, "shed": &outhouse, "outbuilding": &outhouse, "allotment_house": &outhouse,
	"garage": &garage, "garages": &garage, "container": &garage, "service": &garage, "kiosk": &garage, "toilets": &garage,
	"transformer_tower": &silo, "guardhouse": &garage, "boathouse": &outhouse, "beach_hut": &outhouse,
	"barn": &farmHall, "farm_auxiliary": &farmHall, "stable": &farmHall, "cowshed": &farmHall, "sty": &farmHall, "riding_hall": &farmHall,
	"office": &office, "commercial": &office, "government": &civic, "bank": &office, "retail": &shop, "supermarket": &shop,
	"shop": &shop, "mall": &shop, "hotel": &hotel, "hospital": &hospital, "clinic": &hospital,
	"public": &civic, "civic": &civic, "school": &civic, "kindergarten": &shop, "college": &civic, "university": &civic,
	"museum": &civic, "library": &civic, "townhall": &civic, "palace": &civic, "castle": &civic, "theatre": &worship, "fire_station": &shop,
	"train_station": &civic, "transportation": &civic, "station": &civic, "monastery": &civic, "courthouse": &civic,
	"industrial": &factory, "manufacture": &factory, "factory": &factory, "warehouse": &store, "hangar": &store, "storage": &store,
	"depot": &store, "slurry_tank": &silo, "storage_tank": &silo, "silo": &silo, "digester": &silo, "water_tower": &silo,
	"church": &worship, "cathedral": &worship, "basilica": &worship, "mosque": &worship, "temple": &worship, "synagogue": &worship,
	"chapel": &chapel, "shrine": &chapel, "religious": &worship, "presbytery": &dwelling,
	"tower": &tower, "bell_tower": &tower, "skyscraper": &sky, "parking": &carPark, "stadium": &stadium, "grandstand": &stadium,
	"sports_hall": &store, "sports_centre": &store, "pavilion": &chapel, "bunker": &bunker, "bridge": &bunker,
	"greenhouse": &glasshous, "conservatory": &glasshous, "roof": &highRoof, "canopy": &highRoof, "carport": &shelter, "shelter": &shelter,
	"houseboat": &houseboat, "floating_home": &houseboat,
}

func ruleOf(class string) *rule {
	if r, ok := rules[class]; ok {
		return r
	}
	return &anything
}

// byArea is the number of storeys of an untagged building of no particular type: sheds
// are small, and large footprints in a dense quarter are blocks of flats. density is the
// built share of the ground around it.
func byArea(levels, area, density float64) float64 {
	switch {
	case area < 40:
		return 1
	case area < 80:
		return min(levels, 2)
	}
	extra := 0.0
	for _, d := range [...]float64{0.12, 0.22, 0.32, 0.42} {
		if density > d {
			extra++
		}
	}
	switch {
	case area < 160:
		extra = min(extra, 2)
	case area > 5000: // a hall
		extra = 0
	}
	return levels + extra
}

package facade

// Use is what a building is for, as far as its faces show it.
type Use uint8

// The uses.
const (
	House Use = iota
	Flats
	Retail
	Office
	Hotel
	Civic
	Worship
	Works // factories, workshops
	Hall  // warehouses, stores, barns
	Parking
	Glasshouse
	uses
)

// useOf names the use of a value of building=*; what is not listed, and yes, is guessed.
var useOf = map[string]Use{
	"house": House, "detached": House, "semidetached_house": House, "semi": House, "terrace": House, "bungalow": House, "cabin": House,
	"farm": House, "villa": House, "presbytery": House, "houseboat": House, "static_caravan": House,
	"residential": Flats, "apartments": Flats, "apartment": Flats, "dormitory": Flats, "barracks": Flats,
	"retail": Retail, "shop": Retail, "supermarket": Retail, "mall": Retail, "kiosk": Retail,
	"office": Office, "commercial": Office, "bank": Office, "skyscraper": Office, "government": Office,
	"hotel": Hotel, "hospital": Civic, "clinic": Civic,
	"public": Civic, "civic": Civic, "school": Civic, "college": Civic, "university": Civic, "museum": Civic, "library": Civic,
	"townhall": Civic, "palace": Civic, "castle": Civic, "courthouse": Civic, "train_station": Civic, "transportation": Civic,
	"station": Civic, "monastery": Civic, "kindergarten": Civic, "manor": Civic, "theatre": Civic, "fire_station": Civic,
	"church": Worship, "cathedral": Worship, "basilica": Worship, "mosque": Worship, "temple": Worship, "synagogue": Worship,
	"chapel": Worship, "religious": Worship, "shrine": Worship,
	"industrial": Works, "manufacture": Works, "factory": Works,
	"warehouse": Hall, "hangar": Hall, "storage": Hall, "depot": Hall, "sports_hall": Hall, "sports_centre": Hall, "barn": Hall,
	"farm_auxiliary": Hall, "stable": Hall, "stadium": Hall, "grandstand": Hall,
	"parking": Parking, "garage": Hall, "garages": Hall, "greenhouse": Glasshouse, "conservatory": Glasshouse,
}

// region is a part of the world that builds alike.
type region uint8

const (
	north   region = iota // the rest of Europe, and whatever is not named
	south                 // around the Mediterranean, Iberia, Latin America
	america               // north of Mexico
	asia                  // China, Japan, Korea, South-East Asia
	regions
)

func regionOf(lng, lat float64) region {
	switch {
	case lng < -50 && lat > 24.5:
		return america
	case lng < -30, lat > 28 && lat < 46.6 && lng > -10 && lng < 37:
		return south
	case lng > 92 && lng < 155 && lat > -11 && lat < 54:
		return asia
	case lng < -150:
		return america // Hawaii
	}
	return north
}

// ageShares are how much of the stock of each region is of which age, where tags say
// nothing. Europe: dwellings by period of construction, Eurostat census hub 2011; America: American Housing
// Survey 2021, year built, cities; Asia: urban stock is largely of the last decades (UN-Habitat, World Cities Report 2020).
// Rounded, and drawn towards the old where towns are dense enough to be mapped house by house.
var ageShares = [regions][ages]float64{
	north:   {0.08, 0.28, 0.18, 0.28, 0.18},
	south:   {0.15, 0.28, 0.15, 0.28, 0.14},
	america: {0.01, 0.27, 0.26, 0.26, 0.20},
	asia:    {0.02, 0.03, 0.05, 0.30, 0.60},
}

// option is one way to face a building and how often it is met.
type option struct {
	share    float64
	windows  Windows
	material Material
	coursed  bool
	bay      float64
	cornice  float64
}

// options by use and age; a later age takes an earlier one's where it has none of its own.
//
// Sources: forms of windows and walls by period from the TABULA national typologies
// (Loga et al. 2016) and the National Park Service's Preservation Briefs 9, 11 and 13
// (wooden windows, historic storefronts, steel windows); shares of glass of offices from
// the DOE commercial reference buildings (Deru et al. 2011, NREL/TP-5500-46861: 33 % after
// 1980, ribbons) and CBECS 2018; bays are room widths and structural grids (Neufert,
// Architects' Data: 1.2 m modules, 2.4 to 3.6 m rooms). Which is chosen where is this project's.
var options = [uses][ages][]option{
	House: {
		Old:      {{1, Punched, Plaster, false, 2.9, 0.12}, {1, Sash, Stone, true, 2.8, 0.15}},
		Founders: {{2, Sash, Brick, true, 2.7, 0.2}, {2, Sash, Timber, false, 2.7, 0.2}, {2, Punched, Plaster, false, 2.8, 0.15}},
		Interwar: {{2, Punched, Plaster, false, 2.9, 0}, {1, Sash, Brick, true, 2.9, 0}},
		Postwar:  {{3, Punched, Plaster, false, 3.1, 0}, {1, Picture, Brick, true, 3.4, 0}},
		Modern:   {{2, Picture, Plaster, false, 3.4, 0}, {1, Punched, Plaster, false, 3.1, 0}},
	},
	Flats: {
		Old:      {{2, Tall, Plaster, false, 2.7, 0.3}, {1, Tall, Stone, true, 2.7, 0.35}},
		Founders: {{3, Tall, Plaster, false, 2.6, 0.45}, {2, Tall, Stone, true, 2.6, 0.5}, {2, Sash, Brick, true, 2.5, 0.45}},
		Interwar: {{2, Punched, Plaster, false, 2.8, 0.2}, {2, Sash, Brick, true, 2.7, 0.3}},
		Postwar:  {{3, Picture, Plaster, false, 3.2, 0}, {2, Loggia, Concrete, false, 3.6, 0}, {1, Ribbon, Plaster, false, 3.3, 0}},
		Modern:   {{2, Loggia, Plaster, false, 3.6, 0}, {2, Picture, Plaster, false, 3.3, 0}, {1, Framed, Brick, true, 3.0, 0}, {1, Picture, Concrete, false, 3.4, 0}},
	},
	Retail: {
		Old:      {{1, Sash, Brick, true, 3.0, 0.3}, {1, Punched, Plaster, false, 3.0, 0.3}},
		Founders: {{2, Sash, Brick, true, 2.8, 0.45}, {1, Tall, Stone, true, 2.8, 0.45}},
		Interwar: {{1, Loft, Brick, true, 3.4, 0.25}, {1, Punched, Plaster, false, 3.2, 0.2}},
		Postwar:  {{2, Ribbon, Concrete, false, 3.6, 0}, {1, Slits, Sheet, false, 3.6, 0}},
		Modern:   {{1, Curtain, Glazed, false, 3.0, 0}, {1, Slits, Sheet, false, 3.6, 0}, {1, Framed, Concrete, false, 3.4, 0}},
	},
	Office: {
		Old:      {{1, Tall, Stone, true, 2.7, 0.4}},
		Founders: {{2, Tall, Stone, true, 2.6, 0.6}, {2, Sash, Brick, true, 2.5, 0.55}, {1, Arched, Brick, true, 3.0, 0.5}},
		Interwar: {{2, Sash, Stone, true, 2.4, 0.35}, {1, Sash, Brick, true, 2.4, 0.35}},
		Postwar:  {{2, Ribbon, Concrete, false, 1.8, 0}, {2, Framed, Stone, false, 1.8, 0}, {1, Curtain, Glazed, false, 1.6, 0}, {1, Framed, Concrete, false, 2.4, 0}},
		Modern:   {{3, Curtain, Glazed, false, 1.5, 0}, {1, Framed, Stone, false, 3.0, 0}, {1, Ribbon, Sheet, false, 1.6, 0}},
	},
	Hotel: {
		Old:      {{1, Tall, Stone, true, 2.8, 0.45}},
		Founders: {{1, Tall, Stone, true, 2.8, 0.5}},
		Interwar: {{1, Sash, Brick, true, 2.7, 0.35}},
		Postwar:  {{1, Loggia, Concrete, false, 3.6, 0}, {1, Picture, Plaster, false, 3.6, 0}},
		Modern:   {{1, Loggia, Plaster, false, 3.6, 0}, {1, Framed, Stone, false, 3.6, 0}, {1, Curtain, Glazed, false, 1.8, 0}},
	},
	Civic: {
		Old:      {{1, Tall, Stone, true, 3.2, 0.5}, {1, Arched, Plaster, false, 3.4, 0.45}},
		Founders: {{2, Tall, Stone, true, 3.2, 0.6}, {1, Arched, Brick, true, 3.2, 0.5}},
		Interwar: {{1, Tall, Stone, true, 3.0, 0.3}, {1, Loft, Brick, true, 3.4, 0.2}},
		Postwar:  {{1, Ribbon, Concrete, false, 3.0, 0}, {1, Framed, Concrete, false, 3.2, 0}},
		Modern:   {{1, Curtain, Glazed, false, 2.4, 0}, {1, Framed, Stone, false, 3.4, 0}, {1, Picture, Brick, true, 3.4, 0}},
	},
	Worship: {Old: {{1, Arched, Stone, true, 4.2, 0.3}}, Modern: {{1, Slits, Brick, true, 3.6, 0}, {1, Arched, Plaster, false, 4, 0.2}}},
	Works: {
		Old:     {{1, Loft, Brick, true, 3.6, 0.2}},
		Postwar: {{1, Ribbon, Concrete, false, 3.6, 0}, {1, Slits, Sheet, false, 4, 0}},
		Modern:  {{3, Slits, Sheet, false, 4.5, 0}, {1, Ribbon, Sheet, false, 3.6, 0}},
	},
	Hall:    {Old: {{1, Slits, Brick, true, 4, 0.15}}, Postwar: {{1, Slits, Sheet, false, 4.5, 0}}},
	Parking: {Old: {{1, Deck, Concrete, false, 4.8, 0}}},

	Glasshouse: {Old: {{1, Curtain, Glazed, false, 1.5, 0}}},
}

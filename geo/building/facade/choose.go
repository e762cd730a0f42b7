package facade

// tall is the height in metres from which a building is a tower: shops and houses are
// not, and plaster does not go so high.
const tall = 38.0

// Building is what a style is chosen by.
type Building struct {
	Tags   func(key string) string // of the building, or of what it is part of
	Class  string                  // value of building=* or building:part=*
	Height float64                 // metres
	Lng    float64                 // degrees
	Lat    float64
	Seed   uint64
}

// Of chooses the style of a building. Tags come first (start_date, building:material,
// shop, amenity, office, tourism), then the table by use, age and region, drawn by the seed.
func Of(b Building) Style {
	place := regionOf(b.Lng, b.Lat)
	s := Style{Use: b.use(place)}
	age, known := ageOf(b.Tags)
	if !known {
		age = draw(ageShares[place], chance(b.Seed, 1))
		if b.Height >= tall { // towers came with lifts and steel
			age = max(age, Interwar)
			if place != america {
				age = max(age, Postwar)
			}
		}
	}
	s.Age = age
	o := pick(s.Use, age, chance(b.Seed, 2), func(o *option) float64 { return b.weight(o, place) })
	s.Windows, s.Material, s.Coursed, s.Bay = o.windows, o.material, o.coursed, o.bay
	s.Cornice = o.cornice
	if s.Material != Glazed && classOf[b.Tags("building:material")] == Glazed { // whatever its use and age: nothing but glass
		s.Windows, s.Material, s.Coursed, s.Bay, s.Cornice = Curtain, Glazed, false, 1.6, 0
	}
	if place == south && s.Windows == Tall && s.Material == Plaster && s.Use <= Flats || place == south && s.Windows == Punched {
		s.Windows = Shuttered
	}
	s.Work = s.Use == Office || s.Use == Retail || s.Use == Civic || s.Use == Works || s.Use == Hall || s.Use == Parking
	s.Ground = b.ground(&s, chance(b.Seed, 3))
	return s
}

// use is what the building is for; of one that does not say, height tells houses from flats.
func (b *Building) use(place region) Use {
	if u, ok := useOf[b.Class]; ok {
		if (u == Flats || u == House) && b.Tags("office") != "" {
			return Office
		}
		return u
	}
	switch amenity := b.Tags("amenity"); {
	case amenity == "place_of_worship":
		return Worship
	case amenity == "parking":
		return Parking
	case amenity == "school" || amenity == "university" || amenity == "townhall" || amenity == "library" || amenity == "hospital" || amenity == "theatre":
		return Civic
	case b.Tags("tourism") == "hotel":
		return Hotel
	case b.Tags("tourism") == "museum":
		return Civic
	case b.Tags("office") != "" || amenity == "bank":
		return Office
	case b.Tags("shop") != "":
		return Retail
	}
	p := chance(b.Seed, 4)
	switch {
	case b.Height >= 2*tall && p < 0.75, b.Height >= tall && p < 0.55 && place == america, b.Height >= tall && p < 0.3:
		return Office
	case b.Height >= 9:
		return Flats
	case place == america && b.Height >= 6 && p < 0.25:
		return Retail
	}
	return House
}

// weight is how much an option counts for this building: not at all where it cannot be.
func (b *Building) weight(o *option, place region) float64 {
	w := o.share
	if b.Height >= tall {
		if o.material == Timber || o.material == Sheet && o.windows == Slits {
			return 0
		}
		switch {
		case o.material == Plaster:
			w *= 0.4
		case o.material == Brick && b.Height >= 1.5*tall:
			w *= 0.25
		}
	}
	switch place {
	case south, asia:
		if o.material == Brick || o.material == Timber {
			w *= 0.1
		}
	case america:
		if o.material == Brick || o.material == Timber {
			w *= 2
		}
	case north:
		if o.material == Timber {
			w *= 0.1
		}
	}
	if c, ok := classOf[b.Tags("building:material")]; ok {
		if c != o.material {
			w *= 0.02
		}
	}
	return w
}

// classOf is the class of a value of building:material.
var classOf = map[string]Material{
	"brick": Brick, "bricks": Brick, "clinker": Brick, "stone": Stone, "sandstone": Stone, "limestone": Stone, "granite": Stone, "marble": Stone,
	"concrete": Concrete, "reinforced_concrete": Concrete, "cement_block": Concrete, "glass": Glazed, "mirror": Glazed, "metal": Sheet,
	"steel": Sheet, "aluminium": Sheet, "wood": Timber, "plaster": Plaster, "stucco": Plaster,
}

// ground is the lowest storey towards the street.
func (b *Building) ground(s *Style, p float64) Ground {
	shop := b.Tags("shop") != "" || b.Tags("amenity") == "restaurant" || b.Tags("amenity") == "cafe" || b.Tags("amenity") == "bank" || b.Tags("amenity") == "bar"
	switch s.Use {
	case House:
		if shop {
			return Shops
		}
		return Entrance
	case Retail:
		return Shops
	case Flats, Hotel:
		if shop || b.Height > 10 && p < 0.5 {
			return Shops
		}
		if p > 0.94 && s.Age <= Founders {
			return Arcade
		}
		return Entrance
	case Office:
		if shop || p < 0.4 {
			return Shops
		}
		if p > 0.75 {
			return Arcade
		}
		return Entrance
	case Civic:
		if p > 0.7 {
			return Arcade
		}
		return Entrance
	}
	return Plain
}

// draw picks by shares that sum to 1.
func draw(shares [ages]float64, p float64) Age {
	for a, s := range shares {
		if p -= s; p < 0 {
			return Age(a)
		}
	}
	return Modern
}

// pick draws among the options of a use and an age. Where the age has none of its own the
// one before it with some counts, and then houses'.
func pick(u Use, a Age, p float64, weight func(*option) float64) *option {
	list := options[u][a]
	for ; len(list) == 0 && a > 0; a-- {
		list = options[u][a-1]
	}
	if len(list) == 0 {
		list = options[House][Postwar]
	}
	sum := 0.0
	for i := range list {
		sum += weight(&list[i])
	}
	p *= sum
	for i := range list {
		if p -= weight(&list[i]); p < 0 {
			return &list[i]
		}
	}
	return &list[0]
}

package facade

import (
	"math"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
)

func tags(kv ...string) func(string) string {
	return func(k string) string {
		for i := 0; i < len(kv); i += 2 {
			if kv[i] == k {
				return kv[i+1]
			}
		}
		return ""
	}
}

// Every way of OSM to write a year, and what is none.
func TestAgeOf(t *testing.T) {
	for date, want := range map[string]Age{
		"1932": Interwar, "1932-05-01": Interwar, "~1855": Old, "early 1920s": Interwar, "1970s": Postwar, "C18": Old, "mid C19": Founders,
		"1914..1958": Postwar, "before 1850": Old, "2021": Modern,
	} {
		if got, ok := ageOf(tags("start_date", date)); !ok || got != want {
			t.Errorf("%q is of age %d (%v), want %d", date, got, ok, want)
		}
	}
	for _, date := range []string{"", "yes", "19", "C", "0000", "9999", "..", "c99"} {
		if got, ok := ageOf(tags("start_date", date)); ok {
			t.Errorf("%q is of age %d", date, got)
		}
	}
}

// Every building gets windows, a bay and a code that says the same.
func TestOfIsWhole(t *testing.T) {
	for class := range useOf {
		for _, date := range []string{"", "1700", "1890", "1930", "1965", "2010"} {
			for _, at := range [][2]float64{{7.42, 43.73}, {-122.4, 37.8}, {13.4, 52.5}, {116.3, 40}} {
				for seed := range uint64(20) {
					for _, height := range []float64{4, 18, 120} {
						b := Building{Tags: tags("start_date", date), Class: class, Height: height, Lng: at[0], Lat: at[1], Seed: seed * 0x9e3779b97f4a7c15}
						s := Of(b)
						if s != Of(b) {
							t.Fatal("two styles of one building")
						}
						if s.Windows == Unknown || s.Windows >= Sign || !(s.Bay >= 1.2 && s.Bay < 6) || s.Cornice > 1 {
							t.Fatalf("%s %s at %v, %v m: %+v", class, date, at, height, s)
						}
						if c := 255 - s.Code(true); Windows(c&15) != s.Windows || Ground(c>>4&3) != s.Ground || c>>6&1 == 1 != s.Coursed || c>>7 == 1 != s.Work {
							t.Fatalf("%+v has code %d", s, c)
						}
						if s.Code(false) == 255 || (255-s.Code(false))>>4&3 != 0 {
							t.Fatal("a back wall has a shop")
						}
					}
				}
			}
		}
	}
}

// A tag decides against the table, and towers are of no timber.
func TestTagsDecide(t *testing.T) {
	brick := 0
	for seed := range uint64(200) {
		s := Of(Building{Tags: tags("building:material", "brick"), Class: "apartments", Height: 15, Lng: 10, Lat: 52, Seed: seed * 77777777777})
		if s.Material == Brick {
			brick++
		}
		if s := Of(Building{Tags: tags("amenity", "place_of_worship"), Class: "yes", Height: 15, Lng: 10, Lat: 52, Seed: seed}); s.Use != Worship {
			t.Fatal("a church is no church")
		}
		if s := Of(Building{Tags: tags(), Class: "house", Height: 90, Lng: -100, Lat: 40, Seed: seed * 77777777777}); s.Material == Timber {
			t.Fatal("a tower of timber")
		}
		for _, class := range []string{"office", "apartments", "yes"} {
			if s := Of(Building{Tags: tags("building:material", "glass"), Class: class, Height: 200, Lng: -122, Lat: 37, Seed: seed * 77777777777}); s.Windows != Curtain || s.Material != Glazed {
				t.Fatalf("a tower of glass has %+v", s)
			}
		}
	}
	if brick < 100 {
		t.Errorf("%d of 200 brick buildings are of brick", brick)
	}
}

// What stands out of a wall stands outside of it, on it, and faces away from it.
func TestFacesStandOut(t *testing.T) {
	w := Wall{A: mgl64.Vec2{0, 0}, B: mgl64.Vec2{20, 0}, Top: 18, Storey: 3, BayA: 7, BayB: 14, Front: true}
	balconies, signs := 0, 0
	for seed := range uint64(300) {
		colour := [4]uint8{uint8(seed), 120, 90, 255}
		s := Style{Windows: Picture, Ground: Shops, Use: Office, Age: Age(seed % 5)}
		b := Balconies(nil, &s, []Wall{w}, colour)
		sg := Signs(nil, &s, []Wall{w}, seed*0x9e3779b97f4a7c15, 0)
		balconies, signs = balconies+len(b), signs+len(sg)
		for _, f := range append(b, sg...) {
			n := f.P[1].Sub(f.P[0]).Cross(f.P[2].Sub(f.P[0]))
			if !(n.Len() > 1e-6) {
				t.Fatalf("a face without area: %v", f.P)
			}
			for _, p := range f.P {
				if p[1] > 1e-9 || p[1] < -2 || p[0] < -0.01 || p[0] > 20.01 || p[2] < 0 || p[2] > 18.01 {
					t.Fatalf("%s at %v", f.Material, p)
				}
			}
			if f.Material == geo.Sign && Windows((255-f.Colour[3])&15) != Sign {
				t.Fatal("a sign without its code")
			}
		}
	}
	if balconies == 0 || signs == 0 {
		t.Errorf("%d faces of balconies, %d of signs", balconies, signs)
	}
	// As many as a building may have, whatever its size.
	w.Top, w.B, w.BayB = 900, mgl64.Vec2{900, 0}, 307
	for seed := range uint64(40) {
		if n := len(Balconies(nil, &Style{Windows: Picture, Age: Modern}, []Wall{w}, [4]uint8{uint8(seed), 3, 9, 255})); n > mostBalcony*12 {
			t.Fatalf("%d faces", n)
		}
	}
}

// Signs and awnings leave room below them over ground that comes up at the wall.
func TestSignsLeaveHeadroom(t *testing.T) {
	w := Wall{A: mgl64.Vec2{0, 0}, B: mgl64.Vec2{20, 0}, Top: 18, Storey: 3, BayA: 7, BayB: 14, Front: true}
	for _, rise := range []float64{0, 1.5, 4, 9} {
		faces := 0
		for seed := range uint64(200) {
			s := Style{Windows: Picture, Ground: Shops, Use: Office, Age: Age(seed % 5)}
			for _, f := range Signs(nil, &s, []Wall{w}, seed*0x9e3779b97f4a7c15, rise) {
				faces++
				for _, p := range f.P {
					if p[2] < rise+1.7 || p[2] > w.Top+1 {
						t.Fatalf("a sign at %.2f m over ground at %.1f", p[2], rise)
					}
				}
			}
		}
		if faces == 0 {
			t.Errorf("no sign over ground at %.1f", rise)
		}
	}
}

// Lights by ICAO's heights.
func TestLamps(t *testing.T) {
	tower := []mgl64.Vec2{{0, 0}, {40, 0}, {40, 20}, {0, 20}}
	for height, want := range map[float64]int{44: 0, 111: 4, 149: 4, 151: 8} {
		got := Lamps(nil, tower, 0, height, 7)
		if len(got) != want {
			t.Errorf("%v m: %d faces of lamps, want %d", height, len(got), want)
		}
		for _, f := range got {
			c := mgl64.Vec3{15, 10, height}
			if n := f.P[1].Sub(f.P[0]).Cross(f.P[2].Sub(f.P[0])); n.Len() == 0 || math.IsNaN(n.Dot(c)) {
				t.Error("a lamp without area")
			}
		}
	}
}

// No date breaks the parser, and what it finds is a year.
func FuzzYear(f *testing.F) {
	for _, s := range []string{"1932-05", "mid C19", "~1855", "1914..1918", "C", "c1", "..", "9999999999999999999999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if y, ok := year(s); ok && (y <= 0 || y >= 2200) {
			t.Errorf("%q is the year %d", s, y)
		}
	})
}

package verify_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/street"
)

// lowDecks is what a report tells of decks that are low above what they cross.
type lowDecks struct {
	lacks  map[string]float64             // of pairs, by street.Above
	worst  map[string]map[float64]float64 // of each deck, above ways that ask for the same clearance
	floors map[string]float64             // the clearance that each floor of a parking house keeps above aisles
	aisles map[string]bool                // what lies below such floors
}

// lowDecks reads the report of the package; the class of a way is by its id.
func (s *standing) lowDecks(t *testing.T, class map[string]string) *lowDecks {
	data, err := os.ReadFile(filepath.Join(s.dir, "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	var r geo.Summary
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	return lowDecksOf(&r, class)
}

func lowDecksOf(r *geo.Summary, class map[string]string) *lowDecks {
	d := &lowDecks{lacks: r.By[street.LowBridge], worst: map[string]map[float64]float64{}, floors: map[string]float64{}, aisles: map[string]bool{}}
	for pair, by := range r.By[street.GarageFloor] {
		over, under, _ := strings.Cut(pair, street.Above("", ""))
		d.floors[over], d.aisles[under] = by, true
	}
	for pair, by := range d.lacks {
		over, under, _ := strings.Cut(pair, street.Above("", ""))
		c, drawn := class[under]
		if !drawn {
			continue
		}
		if d.worst[over] == nil {
			d.worst[over] = map[float64]float64{}
		}
		should, _ := d.should(over, under, c)
		d.worst[over][should] = max(d.worst[over][should], by)
	}
	return d
}

// should is how far a deck's surface is to be above a way, and whether it is a floor of a
// parking house above another.
func (d *lowDecks) should(over, under, class string) (metres float64, garage bool) {
	if by, ok := d.floors[over]; ok && d.aisles[under] {
		return by + street.DeckThickness, true
	}
	return street.Clearance(class) + street.DeckThickness, false
}

// lack is how much of that a deck lacks above a way, as the report tells. A way that the
// deck does not cross itself, as the next piece of one that it does, has what those that ask
// for as much have.
func (d *lowDecks) lack(over, under, class string) (metres float64, told bool) {
	if by, ok := d.lacks[street.Above(over, under)]; ok {
		return by, true
	}
	should, _ := d.should(over, under, class)
	by, ok := d.worst[over][should]
	return by, ok
}

// TestLowDecks: what a deck lacks above a railway excuses nothing above a road, but it does
// above the next piece of the railway; floors of a parking house are as low as they are
// among themselves only.
func TestLowDecks(t *testing.T) {
	r := geo.NewReport()
	r.NoteBy(street.Above("deck", "rail"), street.LowBridge, 3)
	r.NoteBy(street.Above("deck", "river"), street.LowBridge, 5)
	r.NoteBy(street.Above("roof", "aisle"), street.GarageFloor, 2.2)
	s := r.Summary()
	d := lowDecksOf(&s, map[string]string{"rail": "railway=rail"})
	for _, c := range []struct {
		over, under, class string
		should, lacks      float64
		told, garage       bool
	}{
		{"deck", "rail", "railway=rail", 6.6, 3, true, false},
		{"deck", "rail/2", "railway=rail", 6.6, 3, true, false},
		{"deck", "road", "highway=primary", 5.6, 0, false, false},
		{"other", "rail", "railway=rail", 6.6, 0, false, false},
		{"roof", "aisle", "highway=service", 3.1, 0, false, true},
		{"roof", "road", "highway=service", 5.6, 0, false, false},
		{"deck", "aisle", "highway=service", 5.6, 0, false, false},
	} {
		should, garage := d.should(c.over, c.under, c.class)
		lacks, told := d.lack(c.over, c.under, c.class)
		if should-c.should > 1e-9 || c.should-should > 1e-9 || garage != c.garage || lacks != c.lacks || told != c.told {
			t.Errorf("%s above %s: should %g (%v), lacks %g (%v)", c.over, c.under, should, garage, lacks, told)
		}
	}
}

package building

import (
	"bytes"
	"embed"
	"encoding/csv"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/longtake/longtake/geo/earth"
)

// rule is what is assumed of a type of building where tags are silent: a row of
// tables/types.csv, changed by the region of tables/regions.csv that it stands in. The
// tables say where each number comes from.
type rule struct {
	name    string
	levels  float64 // storeys of an ordinary one
	storey  float64 // metres from floor to floor
	bay     float64 // metres from window to window; 0 = walls without windows
	spread  float64 // share by which untagged heights vary up and down
	grows   bool    // untagged storeys grow with footprint and density
	near    near    // whether the heights of its neighbours tell its own
	pitched float64 // share of untagged ones with a pitched roof
	limit   float64 // m² of footprint up to which there are any
	gable   float64 // share of the pitched ones that are gabled
	canopy  bool    // a roof on posts: no walls
	look    style
}

// near tells whose heights resemble a building's.
type near int

const (
	nearNone near = iota // its type alone decides: a church, a silo, a shed
	nearAny
	nearDwelling // houses
)

// plain is the type of a building of which nothing is known.
const plain = "plain"

// region is a box in degrees in which types differ.
type region struct {
	name                     string
	west, south, east, north float64
	types                    map[string]*rule // all of them
}

func (r *region) has(lng, lat float64) bool {
	return lng >= r.west && lng < r.east && lat >= r.south && lat < r.north
}

// tables are the rules: which type a value is, and the types of each region, of which
// the last is everywhere.
type tables struct {
	values  map[string]string
	regions []region
	works   map[string]*work
}

//go:embed tables/*.csv
var files embed.FS

var assumed = must(readTables())

func must(t *tables, err error) *tables {
	if err != nil {
		panic("geo/building/tables: " + err.Error())
	}
	return t
}

// ruleOf is what is assumed of a value of building=* or building:part=* at a place.
func ruleOf(class string, lng, lat float64) *rule {
	kind, ok := assumed.values[class]
	if !ok {
		kind = plain
	}
	lng = earth.WrapLng(lng)
	for i := range assumed.regions {
		if r := &assumed.regions[i]; r.has(lng, lat) {
			return r.types[kind]
		}
	}
	return assumed.regions[len(assumed.regions)-1].types[kind]
}

// row is a line of a table by column.
type row struct {
	cells map[string]string
	err   *error
}

func (r row) number(column string, least, most float64) float64 {
	v, err := strconv.ParseFloat(r.cells[column], 64)
	if (err != nil || v < least || v > most) && *r.err == nil {
		*r.err = fmt.Errorf("%s is %q in %v", column, r.cells[column], r.cells)
	}
	return v
}

func readTable(name string, each func(row)) error {
	data, err := files.ReadFile("tables/" + name)
	if err != nil {
		return err
	}
	c := csv.NewReader(bytes.NewReader(data))
	c.Comment = '#'
	lines, err := c.ReadAll()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	var bad error
	for _, l := range lines[1:] {
		cells := map[string]string{}
		for i, h := range lines[0] {
			cells[h] = l[i]
		}
		each(row{cells, &bad})
	}
	if bad != nil {
		return fmt.Errorf("%s: %w", name, bad)
	}
	return nil
}

func readTables() (*tables, error) {
	t := &tables{values: map[string]string{}}
	types := map[string]*rule{}
	looks := map[string]style{"plaster": plaster, "masonry": masonry, "stone": stone, "concrete": concrete, "glazed": glazed, "sheet": sheet, "timber": timber}
	nears := map[string]near{"none": nearNone, "any": nearAny, "dwelling": nearDwelling}
	err := readTable("types.csv", func(r row) {
		types[r.cells["type"]] = &rule{
			name: r.cells["type"], levels: r.number("levels", 1, 100), storey: r.number("storey", 2, 30), bay: r.number("bay", 0, 10),
			spread: r.number("spread", 0, 1), grows: r.number("grows", 0, 1) > 0, near: nears[r.cells["near"]], pitched: r.number("pitched", 0, 1),
			limit: r.number("limit", 0, math.MaxFloat64), gable: r.number("gable", 0, 1), canopy: r.number("canopy", 0, 1) > 0, look: looks[r.cells["look"]],
		}
	})
	if err != nil {
		return nil, err
	}
	err = readTable("values.csv", func(r row) {
		for _, v := range strings.Fields(r.cells["values"]) {
			t.values[v] = r.cells["type"]
		}
	})
	if err != nil {
		return nil, err
	}
	err = readTable("regions.csv", func(r row) {
		g := region{r.cells["region"], r.number("west", -180, 180), r.number("south", -90, 90), r.number("east", -180, 180), r.number("north", -90, 90), map[string]*rule{}}
		for name, of := range types {
			c := *of
			switch name {
			case "dwelling":
				c.levels, c.pitched = r.number("house", 1, 100), r.number("house_pitched", 0, 1)
			case "cottage", "outhouse", "garage":
				c.pitched = min(c.pitched, r.number("house_pitched", 0, 1))
			case "flats":
				c.levels, c.storey = r.number("flats", 1, 100), r.number("flats_storey", 2, 5)
				c.pitched = min(c.pitched, r.number("plain_pitched", 0, 1))
			case plain:
				c.levels, c.pitched = r.number("plain", 1, 100), r.number("plain_pitched", 0, 1)
			}
			g.types[name] = &c
		}
		t.regions = append(t.regions, g)
	})
	t.regions = append(t.regions, region{"elsewhere", -181, -91, 181, 91, types})
	if err == nil {
		t.works, err = readWorks()
	}
	return t, err
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

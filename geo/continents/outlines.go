package continents

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/paulmach/orb"
)

//go:embed continents.txt
var text string

// climate is an ellipse of degrees in which it is arid, lush or icy.
type climate struct {
	kind       int // of Climate's channels
	mid, width [2]float64
}

// outlines are what continents.txt holds.
type outlines struct {
	land, lakes orb.MultiPolygon
	climates    []climate
}

var drawn = sync.OnceValue(func() outlines {
	o, err := parse(text)
	if err != nil {
		panic(err) // a test reads it
	}
	return o
})

// Land are the outlines of land, with lakes in it told apart.
func Land() (land, lakes orb.MultiPolygon) { return drawn().land, drawn().lakes }

// climateKinds are the channels of Climate.
var climateKinds = map[string]int{"arid": 0, "lush": 1, "ice": 2}

// parse reads lines: land or lake with a name, before lines of points, or a climate.
func parse(s string) (outlines, error) {
	var o outlines
	var ring *orb.MultiPolygon
	for i, line := range strings.Split(s, "\n") {
		fail := func(want string) (outlines, error) { return o, fmt.Errorf("line %d: %q is not %s", i+1, line, want) }
		word, rest, _ := strings.Cut(line, " ")
		switch kind, climatic := climateKinds[word]; {
		case line == "" || word == "#":
		case word == "land" || word == "lake":
			if ring = &o.land; word == "lake" {
				ring = &o.lakes
			}
			*ring = append(*ring, orb.Polygon{nil})
		case climatic:
			v, err := numbers(rest)
			if err != nil || len(v) != 4 {
				return fail("a climate: longitude, latitude, half of its width and height")
			}
			o.climates = append(o.climates, climate{kind, [2]float64{v[0], v[1]}, [2]float64{v[2], v[3]}})
		case ring == nil:
			return fail("land or lake")
		default:
			last := &(*ring)[len(*ring)-1][0]
			for pair := range strings.SplitSeq(line, ",") {
				v, err := numbers(pair)
				if err != nil || len(v) != 2 {
					return fail("longitudes and latitudes")
				}
				*last = append(*last, orb.Point{v[0], v[1]})
			}
		}
	}
	for _, m := range []orb.MultiPolygon{o.land, o.lakes} {
		for _, p := range m {
			if len(p[0]) < 3 {
				return o, fmt.Errorf("an outline of %d points", len(p[0]))
			}
			p[0] = append(p[0], p[0][0])
		}
	}
	return o, nil
}

func numbers(s string) (v []float64, err error) {
	for _, w := range strings.Fields(s) {
		x, err := strconv.ParseFloat(w, 64)
		if err != nil {
			return nil, err
		}
		v = append(v, x)
	}
	return v, nil
}

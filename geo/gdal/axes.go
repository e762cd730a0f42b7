package gdal

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Axes is what readers have to know of a reference system beyond what PROJ does with it.
type Axes struct {
	NorthFirst bool        // latitude or northing is the authority's first axis
	Geographic bool        // the plan is in degrees
	Area       *[4]float64 // where it is used: south, west, north, east in degrees; nil if not said
	Plan, Up   float64     // metres of a unit of the plan and of heights; 0 of degrees, and without heights
}

var (
	firstAxis = regexp.MustCompile(`axis\["[^"]*",\s*([a-z]+)`)
	planAxes  = regexp.MustCompile(`(?s)cs\[(?:cartesian|ellipsoidal),(\d)\](.*)`)
	length    = regexp.MustCompile(`lengthunit\["[^"]*",([-+.\de]+)`)
	areaOfUse = regexp.MustCompile(`bbox\[([-\d.]+),([-\d.]+),([-\d.]+),([-\d.]+)\]`)
)

// AxesOf tells the axes of a reference system as its authority defines them. Transform
// and Place take the traditional order whatever it is.
func AxesOf(ctx context.Context, crs string) (a Axes, err error) {
	var out bytes.Buffer
	if err := Run(ctx, "gdalsrsinfo", []string{"-o", "wkt2_2018", crs}, nil, &out); err != nil {
		return a, fmt.Errorf("reference system %q: %w", crs, err)
	}
	wkt := strings.ToLower(out.String())
	plan, up, _ := strings.Cut(wkt, "vertcrs[")
	m := firstAxis.FindStringSubmatch(plan)
	if m == nil {
		return a, fmt.Errorf("reference system %q is not known to PROJ", crs)
	}
	a.NorthFirst, a.Geographic = m[1] == "north", !strings.Contains(plan, "projcrs[")
	a.Up = metres(up)
	if m := planAxes.FindStringSubmatch(plan); m != nil {
		if !a.Geographic {
			a.Plan = metres(m[2])
		}
		if m[1] == "3" {
			a.Up = metres(m[2])
		}
	}
	if m := areaOfUse.FindStringSubmatch(wkt); m != nil {
		a.Area = &[4]float64{}
		for i := range a.Area {
			if a.Area[i], err = strconv.ParseFloat(m[i+1], 64); err != nil {
				a.Area = nil
				break
			}
		}
	}
	return a, nil
}

// metres is the first unit of length that a text names; 0 where it names none.
func metres(wkt string) float64 {
	m := length.FindStringSubmatch(wkt)
	if m == nil {
		return 0
	}
	v, err := strconv.ParseFloat(m[1], 64)
	if err != nil || !(v > 0) {
		return 0
	}
	return v
}

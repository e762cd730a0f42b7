package gdal

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Axes is what GML has to know of a reference system beyond what PROJ does with it.
type Axes struct {
	NorthFirst bool        // latitude or northing is the authority's first axis
	Geographic bool        // the plan is in degrees
	Area       *[4]float64 // where it is used: south, west, north, east in degrees; nil if not said
}

var (
	firstAxis = regexp.MustCompile(`axis\["[^"]*",\s*([a-z]+)`)
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
	plan, _, _ := strings.Cut(wkt, "vertcrs[")
	m := firstAxis.FindStringSubmatch(plan)
	if m == nil {
		return a, fmt.Errorf("reference system %q is not known to PROJ", crs)
	}
	a.NorthFirst, a.Geographic = m[1] == "north", !strings.Contains(plan, "projcrs[")
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

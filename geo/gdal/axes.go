package gdal

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"strings"
)

var firstAxis = regexp.MustCompile(`axis\["[^"]*",\s*([a-z]+)`)

// Axes tells of a reference system, as the authority defines it, whether latitude or
// northing comes first, and whether its plan is in degrees. Transform and Place take the
// traditional order whatever this is: for formats that keep to the authority's, as GML.
func Axes(ctx context.Context, crs string) (northFirst, geographic bool, err error) {
	var out bytes.Buffer
	if err := Run(ctx, "gdalsrsinfo", []string{"-o", "wkt2_2018", crs}, nil, &out); err != nil {
		return false, false, fmt.Errorf("reference system %q: %w", crs, err)
	}
	plan, _, _ := strings.Cut(strings.ToLower(out.String()), "vertcrs[")
	m := firstAxis.FindStringSubmatch(plan)
	if m == nil {
		return false, false, fmt.Errorf("reference system %q is not known to PROJ", crs)
	}
	return m[1] == "north", !strings.Contains(plan, "projcrs["), nil
}

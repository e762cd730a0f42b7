package raster

import (
	"regexp"
	"strings"
)

// verticalCRS finds the name of a compound system's vertical part in WKT 1 and 2.
var verticalCRS = regexp.MustCompile(`(?:VERTCRS|VERTICALCRS|VERT_CS)\s*\[\s*"([^"]*)"`)

// verticalOf reads the vertical datum from a CRS: a known one, or the name of another
// vertical system, or neither where the CRS has none.
func verticalOf(srs string) (datum, other string) {
	u := strings.ToUpper(srs)
	name := u
	if m := verticalCRS.FindStringSubmatch(srs); m != nil {
		other = m[1]
		name = strings.ToUpper(other)
	}
	switch {
	case strings.Contains(name, "EGM2008") || strings.Contains(name, "EGM08") || strings.HasSuffix(u, "+3855"):
		return EGM2008, ""
	case strings.Contains(name, "EGM96") || strings.Contains(name, "EGM 96") || strings.HasSuffix(u, "+5773"):
		return EGM96, ""
	case strings.Contains(u, "CS[ELLIPSOIDAL,3]") || u == "EPSG:4979" || strings.Contains(strings.ToUpper(other), "ELLIPSOID"):
		return Ellipsoid, ""
	}
	return "", other
}

// metres is what a unit of heights measures, as rasters name it; 0 = not known.
func metres(unit string) float64 {
	switch strings.ToLower(strings.TrimSpace(unit)) {
	case "m", "metre", "meter", "metres", "meters":
		return 1
	case "ft", "foot", "feet", "international foot":
		return 0.3048
	case "us survey foot", "ftus", "us-ft", "foot_us", "us survey feet", "us_survey_foot":
		return 1200. / 3937
	}
	return 0
}

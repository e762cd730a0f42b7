package read

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/longtake/longtake/geo/gdal"
)

// gmlSystem is a reference system as PROJ takes it, with what GML has otherwise: the order
// of axes is the authority's, which for many has north first.
type gmlSystem struct {
	name    string
	swapped bool // latitude or northing first
	degrees bool
}

// advName is the German surveys' way to name a system
// (urn:adv:crs:ETRS89_UTM32*DE_DHHN2016_NH).
var advName = regexp.MustCompile(`(?i)ETRS89_UTM(\d\d)`)

// system understands a srsName: "EPSG:25833", urn:ogc:def:crs:EPSG::6697,
// http://www.opengis.net/def/crs/EPSG/0/6697, compounds of which the first part counts,
// and the names of the German surveys.
func (g *gmlReader) system(name string) (gmlSystem, error) {
	if g.b.c.o.CRS != "" {
		name = g.b.c.o.CRS
	}
	if s, ok := g.systems[name]; ok {
		return s, nil
	}
	s := gmlSystem{name: name}
	first, _, _ := strings.Cut(name, ",crs:")
	first = strings.Replace(first, "crs,crs:", "crs:", 1)
	if m := epsgCode.FindStringSubmatch(first); m != nil {
		s.name = "EPSG:" + m[1]
	} else if m := advName.FindStringSubmatch(name); m != nil {
		s.name = "EPSG:258" + m[1]
	}
	var err error
	if s.swapped, s.degrees, err = gdal.Axes(g.b.ctx, s.name); err != nil {
		return s, fmt.Errorf("%s: %w: name it with the option crs", g.b.in.name, err)
	}
	if g.systems == nil {
		g.systems = map[string]gmlSystem{}
	}
	g.systems[name] = s
	return s, nil
}

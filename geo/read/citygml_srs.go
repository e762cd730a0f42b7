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
	area    *[4]float64 // south, west, north, east
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
	axes, err := gdal.AxesOf(g.b.ctx, s.name)
	if err != nil {
		return s, fmt.Errorf("%s: %w: name it in the scene's source, as crs: EPSG:…", g.b.in.name, err)
	}
	s.swapped, s.degrees, s.area = axes.NorthFirst, axes.Geographic, axes.Area
	if g.systems == nil {
		g.systems = map[string]gmlSystem{}
	}
	g.systems[name] = s
	return s, nil
}

// straighten drops the authority's order of axes where a corner of the file lies in the
// system's area of use only without it: many writers put easting first whatever the
// system.
func (g *gmlReader) straighten(s *gmlSystem, corner []float64) {
	if !s.swapped || s.area == nil || len(corner) < 2 {
		return
	}
	p := [][3]float64{{corner[1], corner[0]}, {corner[0], corner[1]}}
	if err := gdal.Transform(g.b.ctx, s.name, "EPSG:4326", p); err != nil {
		return // what follows will say it
	}
	const slack = 0.5
	in := func(q [3]float64) bool {
		return q[1] > s.area[0]-slack && q[0] > s.area[1]-slack && q[1] < s.area[2]+slack && q[0] < s.area[3]+slack
	}
	if !in(p[0]) && in(p[1]) {
		s.swapped = false
		g.b.c.o.Report.Note("city model with easting or longitude first, against its reference system")
	}
}

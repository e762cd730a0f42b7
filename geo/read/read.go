package read

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
)

// Options say what to read and supply what a file does not say. The zero value reads
// everything of files that are complete.
type Options struct {
	// BBox keeps whole features that touch it: of OSM, tagged nodes inside, ways with a
	// node inside and relations with such a way; of other sources, features whose own
	// box meets it.
	BBox *geo.Bound
	// Report counts what was skipped and assumed; nil forgets it.
	Report *geo.Report
	// CRS is the coordinate reference system of a file that does not state one, or
	// states a wrong one: anything PROJ understands, as "EPSG:31256".
	CRS string
	// Datum is what the heights of city models are above: "egm96", "egm2008", "ellipsoid", or
	// "local", a zero of their own that is kept; "" and "auto" are what the reference system says.
	Datum string
	// Coordinates names the displacement of positions that Chinese services publish:
	// "gcj02" or "bd09"; "", "auto" and "wgs84" are none. BBox is in WGS84 whatever it is.
	Coordinates string
	// LoD is the level of detail that is taken of city models, of those that an object
	// has the highest that does not exceed it, or else the lowest; 0 is 2.2, beyond which
	// models bring windows and doors, which facades have here anyway.
	LoD float64
	// LngColumn and LatColumn name the columns of a table (easting and northing where CRS
	// is set), or number them from 1 for a table without a header. Empty: the usual names.
	LngColumn, LatColumn string
	// Layers names the layers to read of files that hold several; empty reads all that
	// don't repeat others.
	Layers []string
	// Rejected is given what there is of the shape of an object of OSM that is skipped: its
	// ways, or their pieces. nil forgets it.
	Rejected func(geo.Feature)
	// MemoryNodes is how many OSM node positions (16 bytes each) stay in memory before
	// they spill to a file in $TMPDIR; 0 is 16 million.
	MemoryNodes int
}

// Reasons that several readers give.
const (
	reasonRange    = "coordinates out of range"
	reasonGeometry = "geometry missing or malformed"
	reasonNumber   = "position is not two numbers"
	reasonSystem   = "geometry in another reference system than the source's crs, or longitude and latitude"
	reasonText     = "geometry is not WKT, WKB in hexadecimal digits or GeoJSON, of longitude and latitude in two dimensions"
	reasonNodes    = "missing nodes"
	reasonWays     = "missing ways"
)

// Features reads the features of a file and passes each to yield, in the file's order
// (OSM: nodes, ways, relations). An error of yield ends the reading and is returned as it
// is. Features whose coordinates are not finite or out of range are skipped in the
// report. A file that is not one of features, is empty, damaged or cut off is an error
// that names it; what was yielded before the damage was found stays yielded.
func Features(ctx context.Context, path string, o Options, yield func(geo.Feature) error) error {
	in, err := open(path)
	if err != nil {
		return err
	}
	defer in.close()
	f, err := detect(ctx, in)
	if err != nil {
		return err
	}
	if o.Report == nil {
		o.Report = geo.NewReport()
	}
	if o.MemoryNodes <= 0 {
		o.MemoryNodes = 16 << 20
	}
	c := &checker{o: o, yield: yield}
	if c.restore, err = displacement(o.Coordinates); err != nil {
		return fmt.Errorf("%s: %w", in.name, err)
	}
	if f.City() && o.CRS != "" && !strings.EqualFold(o.CRS, "EPSG:4326") {
		return fmt.Errorf("%s: crs %s does not apply: the format %s is in WGS84 by its definition; leave crs out", in.name, o.CRS, f.Name)
	}
	if len(o.Layers) > 0 && !layered(f) {
		return fmt.Errorf("%s: table %q chooses among the layers of GeoPackage, KML, GML, file geodatabases, vector tiles and the like, and this is %s: take it away", in.name, o.Layers[0], f.Name)
	}
	switch f.Name {
	case "osm-pbf":
		err = readOSM(ctx, &pbfSource{name: in.name, open: in.open}, c)
	case "osm-xml":
		err = readOSM(ctx, &xmlSource{name: in.name, open: in.open}, c)
	case "geojson", "geojsonseq", "json-features", "json-rows":
		err = readJSON(ctx, in, c)
	case "cityjson", "cityjsonseq":
		err = readCityJSON(ctx, in, c)
	case "citygml":
		err = readCityGML(ctx, in, c)
	case "csv":
		err = readCSV(ctx, in, c)
	case "pmtiles", "mbtiles", "mvt":
		err = readTileArchive(ctx, in, f.Name, c)
	case "geoparquet":
		err = readParquet(ctx, in, c)
	default:
		if f.Kind != KindFeatures {
			err := fmt.Errorf("%s: this is a %s (%s), not a source of features", in.name, f.Kind, f.Name)
			if f.Kind == KindTable {
				err = fmt.Errorf("%w: in a scene, type: table of its source has layers draw its rows", err)
			}
			return err
		}
		err = readOGR(ctx, in, c)
	}
	if err == nil {
		c.hint(f)
	}
	if err == nil && c.yielded == 0 && c.outOfRange > 0 {
		return c.nowhere(in.name)
	}
	return err
}

// layered tells whether a file may hold several layers that have names.
func layered(f Format) bool {
	switch f.Name {
	case "shapefile", "gpkg", "fgb", "topojson", "gpx", "kml", "gml", "vector", "pmtiles", "mbtiles", "mvt":
		return true
	}
	return false
}

// nowhere is the error of a file of which no coordinate can be drawn.
func (c *checker) nowhere(name string) error {
	switch p := c.beyond; {
	case math.Abs(p[0]) <= 90 && math.Abs(p[1]) <= 360:
		return fmt.Errorf("%s: no coordinate is a longitude and latitude in degrees: %g, %g looks like latitude before longitude: exchange them", name, p[0], p[1])
	case c.o.CRS != "":
		return fmt.Errorf("%s: no coordinate is a longitude and latitude in degrees, which crs %s should give (%g, %g): name the system that the file is really in", name, c.o.CRS, p[0], p[1])
	default:
		return fmt.Errorf("%s: no coordinate is a longitude and latitude in degrees (%g, %g): name the file's reference system in the scene's source, as crs: EPSG:25833", name, p[0], p[1])
	}
}

func readOSM(ctx context.Context, src osmSource, c *checker) error {
	r := &osmReader{src: src, o: c.o, report: c.o.Report, yield: c.placed}
	r.nodes.limit, r.ways.limit = c.o.MemoryNodes, c.o.MemoryNodes/4+1
	return r.features(ctx)
}

// checker stands before the caller's yield: it validates and counts.
type checker struct {
	o                   Options
	yield               func(geo.Feature) error
	yielded, outOfRange int
	displaced           int                                       // of those yielded, in mainland China
	beyond              orb.Point                                 // of the first feature out of range
	restore             func(lng, lat float64) (float64, float64) // undoes a displacement; nil = none
}

// check passes a feature of a source other than OSM: range first, then the box.
func (c *checker) check(f geo.Feature) error {
	if f.Geometry == nil || empty(f.Geometry) {
		c.o.Report.Skip(f.ID, reasonGeometry)
		return nil
	}
	if !inRange(f.Geometry) {
		if c.outOfRange++; c.outOfRange == 1 {
			eachPoint(f.Geometry, func(p orb.Point) { c.beyond = p })
		}
		c.o.Report.Skip(f.ID, reasonRange)
		return nil
	}
	if c.restore != nil {
		restore(&f, c.restore)
	}
	if c.o.BBox != nil && !meets(f.Geometry.Bound(), *c.o.BBox) {
		c.yielded++ // it was good, only elsewhere
		return nil
	}
	return c.pass(f)
}

// placed passes a feature of OSM, whose reader minds the box itself.
func (c *checker) placed(f geo.Feature) error {
	if c.restore != nil {
		restore(&f, c.restore)
	}
	return c.pass(f)
}

func (c *checker) pass(f geo.Feature) error {
	c.yielded++
	if f.Geometry != nil && inMainland(f.Box().Min) {
		c.displaced++
	}
	return c.yield(f)
}

// meets tells whether a box of degrees touches the bound.
func meets(b orb.Bound, with geo.Bound) bool {
	if b.Max[1] < with.South || b.Min[1] > with.North {
		return false
	}
	if with.West <= with.East {
		return b.Max[0] >= with.West && b.Min[0] <= with.East
	}
	return b.Max[0] >= with.West || b.Min[0] <= with.East
}

// empty tells whether a geometry has no coordinates at all.
func empty(g orb.Geometry) bool {
	n := 0
	eachPoint(g, func(orb.Point) { n++ })
	return n == 0
}

// inRange tells whether all coordinates are degrees on the globe. Longitudes up to 360
// are let through for data drawn across the antimeridian.
func inRange(g orb.Geometry) bool {
	ok := true
	eachPoint(g, func(p orb.Point) {
		if !(math.Abs(p[0]) <= 360) || !(math.Abs(p[1]) <= 90) { // also false for NaN
			ok = false
		}
	})
	return ok
}

func eachPoint(g orb.Geometry, fn func(orb.Point)) {
	switch g := g.(type) {
	case orb.Point:
		fn(g)
	case orb.MultiPoint:
		each(g, fn)
	case orb.LineString:
		each(g, fn)
	case orb.MultiLineString:
		for _, l := range g {
			each(l, fn)
		}
	case orb.Ring:
		each(g, fn)
	case orb.Polygon:
		for _, r := range g {
			each(r, fn)
		}
	case orb.MultiPolygon:
		for _, p := range g {
			eachPoint(p, fn)
		}
	}
}

func each(ps []orb.Point, fn func(orb.Point)) {
	for _, p := range ps {
		fn(p)
	}
}

// errStop ends a producer whose consumer has failed.
var errStop = errors.New("stopped")

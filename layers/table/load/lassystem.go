package load

import (
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"strconv"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/gdal"
	"github.com/longtake/longtake/scene"
)

// geoKeys are what a GeoTIFF key directory says of a reference system (OGC 19-008r4); 0 is
// nothing.
type geoKeys struct {
	plan, vertical int     // codes of the EPSG
	unit           float64 // metres of a unit of heights
	ellipsoid      bool    // heights are above it
}

func readGeoKeys(b []byte) (k geoKeys) {
	const geographic, projected, vertical, units, userDefined = 2048, 3072, 4096, 4099, 32767
	le := binary.LittleEndian
	values := map[uint16]int{}
	for at := 8; at+8 <= len(b); at += 8 {
		if le.Uint16(b[at+2:]) == 0 { // the value itself
			if v := int(le.Uint16(b[at+6:])); v != userDefined {
				values[le.Uint16(b[at:])] = v
			}
		}
	}
	k.plan = cmp.Or(values[projected], values[geographic])
	k.unit = map[int]float64{9001: 1, 9002: 0.3048, 9003: 1200. / 3937}[values[units]]
	// GeoTIFF 1.0 gave verticals numbers of its own, which files still carry: of ellipsoids, and
	// from 5101 on 600 below today's (its 5103 is NAVD88, EPSG:5703).
	switch v := values[vertical]; {
	case v >= 5001 && v <= 5033:
		k.ellipsoid = true
	case v >= 5101 && v <= 5106:
		k.vertical = v + 600
	default:
		k.vertical = v
	}
	return k
}

// crs is the system that keys name by numbers; "" where they do not.
func (k geoKeys) crs() string {
	if k.plan == 0 {
		return ""
	}
	return "EPSG:" + strconv.Itoa(k.plan)
}

// lasSystem is how coordinates come to longitude, latitude and metres above the ellipsoid.
type lasSystem struct {
	crs, datum string  // of gdal.Place
	up         float64 // what heights are multiplied by before it
}

// system is the source's, else the file's. Heights are in the units of its vertical system, else
// in those that the file's keys say, else in those of its projected coordinates, as points of feet
// are surveyed.
func (h *lasHead) system(ctx context.Context, src *scene.Source, report *geo.Report) (lasSystem, error) {
	s := lasSystem{crs: cmp.Or(src.CRS, h.wkt, h.keys.crs()), datum: src.Datum, up: cmp.Or(h.keys.unit, 1)}
	if s.crs == "" {
		return s, nil
	}
	keyed := src.CRS == "" && h.wkt == ""
	measured := s.datum != "" && s.datum != "auto"
	if keyed && h.keys.ellipsoid && !measured {
		s.datum, measured = "ellipsoid", true
	}
	axes, err := gdal.Axes{}, error(nil)
	vertical := keyed && h.keys.vertical > 0
	if vertical {
		plan := s.crs
		s.crs += "+" + strconv.Itoa(h.keys.vertical)
		if axes, err = gdal.AxesOf(ctx, s.crs); err != nil && ctx.Err() == nil {
			report.Note(fmt.Sprintf("heights of points are in EPSG:%d, which is not known: give the source a crs or a datum", h.keys.vertical))
			s.crs, vertical = plan, false
		}
	}
	if !vertical {
		axes, err = gdal.AxesOf(ctx, s.crs)
	}
	switch {
	case err != nil:
		return s, fmt.Errorf("%w: give the source a crs, such as EPSG:28992", err)
	case vertical:
		s.up = cmp.Or(h.keys.unit, axes.Up, 1)
	case axes.Up > 0:
		s.up = axes.Up
	default:
		s.up = cmp.Or(h.keys.unit, axes.Plan, 1)
		if h.keys.unit == 0 && s.up != 1 {
			report.Note("heights of points are taken to be in the units of their coordinates")
		}
	}
	if axes.Up > 0 && !measured {
		s.up /= axes.Up // PROJ does the rest
	}
	return s, nil
}

package gdal

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
)

// ellipsoidal are reference systems whose third axis already is, or carries, the height
// above an ellipsoid: the geographic 3D and geocentric systems that data comes in.
var ellipsoidal = []string{"EPSG:4979", "EPSG:4978", "EPSG:4937", "EPSG:4936", "EPSG:6667", "EPSG:7912", "EPSG:7844"}

// datums are the systems of longitude, latitude and a height above what a datum names; "" is
// one that PROJ need not know.
var datums = map[string]string{"ellipsoid": "", "local": "", "egm96": aboveEGM96, "egm2008": "EPSG:9518"}

const aboveEGM96 = "EPSG:9707"

// Place takes points in a reference system to longitude, latitude and metres above the
// WGS84 ellipsoid, in place. A point that has no image becomes NaN.
//
// Where PROJ has the geoid of the system's heights it is used. Without its grid PROJ not
// only leaves heights alone but, for compound systems, forgets the horizontal datum too
// (108 m off in the Netherlands); so the plan is transformed by itself then, and heights
// are taken as above EGM96, within about a metre of national datums: assumed says so.
//
// A datum overrides what the system says of heights: "egm96", "egm2008", "ellipsoid", or "local",
// a zero of their own, which are kept; "" and "auto" do not. EGM96 stands in for EGM2008 where its
// grid is missing (they differ by a metre or so), and assumed says so.
func Place(ctx context.Context, crs, datum string, pts [][3]float64) (assumed bool, err error) {
	if above, ok := datums[datum]; ok && !slices.Contains(ellipsoidal, crs) {
		return placeAbove(ctx, crs, above, pts)
	}
	solid := slices.Clone(pts)
	if err := Transform(ctx, crs, "EPSG:4979", solid); err != nil {
		return false, err
	}
	unit := onlyUnits(pts, solid)
	if slices.Contains(ellipsoidal, crs) || len(pts) == 0 || unit == 0 {
		copy(pts, solid)
		return false, nil
	}
	for i, p := range pts {
		solid[i][2] = p[2] * unit
	}
	if err := Transform(ctx, crs, "EPSG:4326", pts); err != nil {
		return false, err
	}
	for i := range pts {
		pts[i][2] = solid[i][2]
	}
	if err := Transform(ctx, aboveEGM96, "EPSG:4979", pts); err != nil {
		return false, fmt.Errorf("heights above EGM96: %w", err)
	}
	return true, nil
}

// onlyUnits is what all heights were multiplied by, where that is no more than another unit: metres,
// or feet of either kind (of 0.3048 m, and of the surveys of the USA); 0 where it is not.
func onlyUnits(was, is [][3]float64) float64 {
units:
	for _, unit := range []float64{1, 0.3048, 1200. / 3937} {
		for i, p := range is {
			if math.Abs(p[2]-unit*was[i][2]) > 1e-6 {
				continue units
			}
		}
		return unit
	}
	return 0
}

// placeAbove is Place for heights above what another system says; "" keeps them.
func placeAbove(ctx context.Context, crs, above string, pts [][3]float64) (assumed bool, err error) {
	heights := make([]float64, len(pts))
	for i, p := range pts {
		heights[i] = p[2]
	}
	if err := Transform(ctx, crs, "EPSG:4326", pts); err != nil {
		return false, err
	}
	for i := range pts {
		pts[i][2] = heights[i]
	}
	if above == "" || len(pts) == 0 {
		return false, nil
	}
	solid := slices.Clone(pts)
	if err := Transform(ctx, above, "EPSG:4979", solid); err != nil {
		return false, fmt.Errorf("heights above what the source's datum names: %w", err)
	}
	for i, p := range solid {
		if math.Abs(p[2]-pts[i][2]) > 1e-6 {
			copy(pts, solid)
			return false, nil
		}
	}
	if above == aboveEGM96 {
		return false, errors.New("PROJ has no grid of EGM96's geoid here: datum local or ellipsoid takes heights as they are")
	}
	_, err = placeAbove(ctx, "EPSG:4326", aboveEGM96, pts)
	return true, err
}

package gdal

import (
	"context"
	"fmt"
	"math"
	"slices"
)

// ellipsoidal are reference systems whose third axis already is, or carries, the height
// above an ellipsoid: the geographic 3D and geocentric systems that data comes in.
var ellipsoidal = []string{"EPSG:4979", "EPSG:4978", "EPSG:4937", "EPSG:4936", "EPSG:6667", "EPSG:7912", "EPSG:7844"}

// Place takes points in a reference system to longitude, latitude and metres above the
// WGS84 ellipsoid, in place. A point that has no image becomes NaN.
//
// Where PROJ has the geoid of the system's heights it is used. Without its grid PROJ not
// only leaves heights alone but, for compound systems, forgets the horizontal datum too
// (108 m off in the Netherlands); so the plan is transformed by itself then, and heights
// are taken as above EGM96, within about a metre of national datums: assumed says so.
func Place(ctx context.Context, crs string, pts [][3]float64) (assumed bool, err error) {
	solid := slices.Clone(pts)
	if err := Transform(ctx, crs, "EPSG:4979", solid); err != nil {
		return false, err
	}
	moved := slices.Contains(ellipsoidal, crs)
	for i, p := range solid {
		moved = moved || math.Abs(p[2]-pts[i][2]) > 1e-6
	}
	if moved || len(pts) == 0 {
		copy(pts, solid)
		return false, nil
	}
	if err := Transform(ctx, crs, "EPSG:4326", pts); err != nil {
		return false, err
	}
	if err := Transform(ctx, "EPSG:9707", "EPSG:4979", pts); err != nil {
		return false, fmt.Errorf("heights above EGM96: %w", err)
	}
	return true, nil
}

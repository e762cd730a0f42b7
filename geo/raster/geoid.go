package raster

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/gdal"
)

// Geoid is the height of mean sea level (EGM96) above the WGS84 ellipsoid over a region,
// on the quarter-degree lattice of PROJ's grid.
type Geoid struct {
	west, south, step float64
	w, h              int
	n                 []float64 // row-major from the south-west
}

// egm96 makes PROJ add the undulation of its 15' grid to heights.
const egm96 = "+proj=longlat +datum=WGS84 +geoidgrids=egm96_15.gtx +vunits=m +no_defs"

// ErrNoGeoid says that PROJ has no EGM96 grid.
var ErrNoGeoid = errors.New("PROJ has no EGM96 grid (egm96_15.gtx): Debian's proj-data, which gdal-bin brings, has it")

// Undulation reads the geoid over a region with one call of gdaltransform. The error is
// a *gdal.ErrMissing without GDAL and ErrNoGeoid without the grid.
func Undulation(ctx context.Context, b geo.Bound) (*Geoid, error) {
	width := b.East - b.West
	if width < 0 {
		width += 360
	}
	if !(b.South <= b.North && b.South >= -90 && b.North <= 90 && width <= 360) {
		return nil, fmt.Errorf("geoid: %v is not a region in degrees", b)
	}
	g := &Geoid{step: 0.25}
	for (width/g.step+3)*((b.North-b.South)/g.step+3) > 1<<18 { // a continent and more: every second node
		g.step *= 2
	}
	g.west, g.south = math.Floor(b.West/g.step)*g.step, math.Floor(b.South/g.step)*g.step
	g.w = int(math.Ceil((b.West+width-g.west)/g.step)) + 2
	g.h = int(math.Ceil((b.North-g.south)/g.step)) + 2
	pts := make([][3]float64, 0, g.w*g.h)
	for y := range g.h {
		for x := range g.w {
			lng := math.Remainder(g.west+float64(x)*g.step, 360)
			pts = append(pts, [3]float64{lng, min(max(g.south+float64(y)*g.step, -90), 90), 0})
		}
	}
	if err := gdal.Transform(ctx, egm96, "EPSG:4979", pts); err != nil {
		return nil, fmt.Errorf("geoid: %w", err)
	}
	any := false
	g.n = make([]float64, len(pts))
	for i, p := range pts {
		if math.IsNaN(p[2]) {
			return nil, ErrNoGeoid
		}
		g.n[i] = p[2]
		any = any || p[2] != 0
	}
	if !any { // PROJ leaves heights as they are where it lacks the grid
		return nil, ErrNoGeoid
	}
	return g, nil
}

// At returns the undulation in metres, bilinear between the lattice's nodes; beyond the
// region it is that of the nearest edge. A nil Geoid is zero everywhere.
func (g *Geoid) At(lng, lat float64) float64 {
	if g == nil {
		return 0
	}
	mid := g.west + float64(g.w-1)/2*g.step
	x := (mid + math.Remainder(lng-mid, 360) - g.west) / g.step
	y := (lat - g.south) / g.step
	x, y = min(max(x, 0), float64(g.w-1)), min(max(y, 0), float64(g.h-1))
	x0, y0 := min(int(x), g.w-2), min(int(y), g.h-2)
	fx, fy := x-float64(x0), y-float64(y0)
	i := y0*g.w + x0
	return (g.n[i]*(1-fx)+g.n[i+1]*fx)*(1-fy) + (g.n[i+g.w]*(1-fx)+g.n[i+g.w+1]*fx)*fy
}

// toEllipsoid makes the heights ellipsoidal. Where that cannot be done they stay as they
// are, Datum says so and a note says why.
func (g *Grid) toEllipsoid(ctx context.Context, asked string) error {
	if asked != "" {
		g.Datum = asked
	}
	if g.Datum == "" {
		g.Datum = EGM96
		g.note("vertical datum not stated: heights are taken as above EGM96")
	}
	switch g.Datum {
	case Ellipsoid, Local:
		return nil
	case EGM2008:
		g.note("EGM96 stands in for EGM2008: heights may be off by a metre or so")
	}
	n, err := Undulation(ctx, g.Bounds())
	var missing *gdal.ErrMissing
	if errors.As(err, &missing) || errors.Is(err, ErrNoGeoid) {
		g.note("heights stay above the geoid, not the ellipsoid: " + err.Error())
		return nil
	}
	if err != nil {
		return err
	}
	for y := range g.Height {
		lat := g.lat(g.North - float64(y)*g.DLat)
		for x := range g.Width {
			g.Heights[y*g.Width+x] += float32(n.At(g.West+float64(x)*g.DLng, lat))
		}
	}
	g.Datum = Ellipsoid
	return nil
}

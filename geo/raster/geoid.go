package raster

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/gdal"
)

// Geoid is the height of mean sea level above the WGS84 ellipsoid over a region, on a
// quarter-degree lattice: that of PROJ's grid of EGM96.
type Geoid struct {
	west, south, step float64
	w, h              int
	n                 []float64 // row-major from the south-west
}

// geoidGrids are PROJ's files for a datum, by their old and new names.
var geoidGrids = map[string][]string{
	EGM96:   {"egm96_15.gtx", "us_nga_egm96_15.tif"},
	EGM2008: {"us_nga_egm08_25.tif", "egm08_25.gtx"},
}

// ErrNoGeoid says that PROJ has no grid of the geoid.
var ErrNoGeoid = errors.New("PROJ has no grid of the geoid (of EGM96 it is egm96_15.gtx, which Debian's proj-data has and gdal-bin brings)")

// Undulation is UndulationOf EGM96.
func Undulation(ctx context.Context, b geo.Bound) (*Geoid, error) {
	return UndulationOf(ctx, EGM96, b)
}

// UndulationOf reads the geoid of a datum, EGM96 or EGM2008, over a region with one call
// of gdaltransform for each file that PROJ may have it in. The error is a *gdal.ErrMissing
// without GDAL and ErrNoGeoid without the grid.
func UndulationOf(ctx context.Context, datum string, b geo.Bound) (*Geoid, error) {
	if len(geoidGrids[datum]) == 0 {
		return nil, fmt.Errorf("geoid: there is none of %q", datum)
	}
	var g *Geoid
	err := ErrNoGeoid
	for _, file := range geoidGrids[datum] {
		if g, err = undulation(ctx, file, b); err == nil || !errors.Is(err, ErrNoGeoid) {
			return g, err
		}
	}
	return nil, err
}

func undulation(ctx context.Context, file string, b geo.Bound) (*Geoid, error) {
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
	above := "+proj=longlat +datum=WGS84 +geoidgrids=" + file + " +vunits=m +no_defs"
	if err := gdal.Transform(ctx, above, "EPSG:4979", pts); err != nil {
		var missing *gdal.ErrMissing
		if !errors.As(err, &missing) && ctx.Err() == nil && file != geoidGrids[EGM96][0] {
			return nil, ErrNoGeoid // versions of PROJ differ in how they say so
		}
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
// are, and Datum says so. A note declares what was done either way.
func (g *Grid) toEllipsoid(ctx context.Context, asked string) error {
	how := ""
	switch {
	case asked != "":
		g.Datum, how = asked, "as asked for"
	case g.Datum != "":
		how = "as its reference system says"
	case g.vertical != "":
		g.Datum, how = EGM96, "the zero of "+g.vertical+" lies within a metre or two of it"
	default:
		g.Datum, how = EGM96, "nothing else is stated"
	}
	switch g.Datum {
	case Ellipsoid:
		g.note("heights are taken as above the WGS84 ellipsoid (" + how + "): kept")
		return nil
	case Local:
		g.note("heights are taken as above a zero of their own (" + how + "): kept, and so not ellipsoidal")
		return nil
	}
	name := map[string]string{EGM96: "EGM96", EGM2008: "EGM2008"}[g.Datum]
	n, err := UndulationOf(ctx, g.Datum, g.Bounds())
	by := name
	if g.Datum == EGM2008 && errors.Is(err, ErrNoGeoid) {
		by = "EGM96, which stands in for it: they differ by a metre or so"
		n, err = Undulation(ctx, g.Bounds())
	}
	var missing *gdal.ErrMissing
	if errors.As(err, &missing) || errors.Is(err, ErrNoGeoid) {
		g.note("heights are taken as above " + name + " (" + how + ") and stay so, they are not ellipsoidal: " + err.Error())
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
	g.note("heights are taken as above " + name + " (" + how + "): made ellipsoidal by the geoid of " + by)
	return nil
}

package generate

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/raster"
	"github.com/longtake/longtake/layers/sheet"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// mostSamples bounds a raster that is drawn from a table: finer ones are thinned.
const mostSamples = 1 << 22

// rasterRows is a table with a row for each raster of a source, whose values are kept as they
// are: not as heights above the ellipsoid.
func (g *generation) rasterRows(ctx context.Context, src *scene.Source) (*table.Table, error) {
	t := &table.Table{}
	numbers := map[string][]float64{}
	values := table.Column{Name: sheet.RasterValues, Kind: table.List}
	clip := g.BBox
	if src.BBox != nil {
		clip = (*geo.Bound)(src.BBox)
	}
	for _, p := range src.Path {
		o := rasterOptions(*src, clip)
		o.Datum = raster.Local
		grid, err := raster.Open(ctx, g.doc.Resolve(p), o)
		if errors.Is(err, raster.ErrOutside) {
			continue
		}
		if err != nil {
			return nil, err
		}
		each := int(math.Ceil(math.Sqrt(float64(grid.Width) * float64(grid.Height) / mostSamples)))
		var list []float64
		for y := 0; y < grid.Height; y += each {
			for x := 0; x < grid.Width; x += each {
				list = append(list, float64(grid.Heights[y*grid.Width+x]))
			}
		}
		b := grid.Bounds()
		if b.East < b.West {
			b.East += 360
		}
		t.IDs = append(t.IDs, grid.Name)
		t.Geometry = append(t.Geometry, orb.Bound{Min: orb.Point{b.West, b.South}, Max: orb.Point{b.East, b.North}}.ToPolygon())
		values.Lists = append(values.Lists, list)
		for name, v := range map[string]float64{
			sheet.RasterWidth: float64((grid.Width + each - 1) / each), sheet.RasterWest: grid.West, sheet.RasterNorth: grid.North,
			sheet.RasterDLng: grid.DLng * float64(each), sheet.RasterDLat: grid.DLat * float64(each), sheet.RasterMercator: map[bool]float64{true: 1}[grid.Mercator],
		} {
			numbers[name] = append(numbers[name], v)
		}
	}
	if len(t.IDs) == 0 {
		return nil, fmt.Errorf("no raster reaches into the region asked for")
	}
	t.Columns = append(t.Columns, values)
	for name, v := range numbers {
		t.Columns = append(t.Columns, table.Column{Name: name, Kind: table.Number, Numbers: v})
	}
	t.Sort()
	return t, nil
}

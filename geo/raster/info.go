package raster

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/longtake/longtake/geo/gdal"
)

// dataset is what gdalinfo says of a raster.
type dataset struct {
	Size             []int `json:"size"`
	CoordinateSystem struct {
		WKT string `json:"wkt"`
	} `json:"coordinateSystem"`
	GeoTransform []float64 `json:"geoTransform"`
	Bands        []band    `json:"bands"`
}

type band struct {
	Type        string          `json:"type"`
	Unit        string          `json:"unit"`
	ColorInterp string          `json:"colorInterpretation"`
	NoData      json.RawMessage `json:"noDataValue"`
	Scale       *float64        `json:"scale"`
	Offset      *float64        `json:"offset"`
}

func absolute(path string) string {
	if a, err := filepath.Abs(path); err == nil && !strings.HasPrefix(path, "/vsi") {
		return a
	}
	return path
}

// limited keeps a child's answer from growing without end.
type limited struct{ bytes.Buffer }

func (l *limited) Write(p []byte) (int, error) {
	if l.Len()+len(p) > 64<<20 {
		return 0, fmt.Errorf("answer over 64 MiB")
	}
	return l.Buffer.Write(p)
}

func inspect(ctx context.Context, path string) (*dataset, error) {
	out := &limited{}
	if err := gdal.Run(ctx, "gdalinfo", []string{"-json", "-nomd", "-norat", "-noct", path}, nil, out); err != nil {
		return nil, err
	}
	d := &dataset{}
	// gdalinfo writes inf and nan bare, which JSON does not know.
	text := bareNumbers.Replace(out.String())
	if err := json.Unmarshal([]byte(text), d); err != nil {
		return nil, fmt.Errorf("gdalinfo's answer: %w", err)
	}
	if len(d.Size) != 2 || d.Size[0] < 2 || d.Size[1] < 2 || len(d.Bands) == 0 {
		return nil, fmt.Errorf("it holds no raster of at least 2×2 samples")
	}
	return d, nil
}

var bareNumbers = strings.NewReplacer(
	`:nan,`, `:"nan",`, `:-inf,`, `:"-inf",`, `:inf,`, `:"inf",`,
	`: nan,`, `:"nan",`, `: -inf,`, `:"-inf",`, `: inf,`, `:"inf",`,
	`:NaN,`, `:"nan",`, `:Infinity,`, `:"inf",`, `:-Infinity,`, `:"-inf",`,
)

// noData is band i's void value, in the words of a VRT.
func (d *dataset) noData(i int) (string, bool) {
	s := strings.Trim(string(d.Bands[i].NoData), `" `)
	if s == "" || s == "null" {
		return "", false
	}
	_, err := strconv.ParseFloat(s, 64)
	return s, err == nil
}

// lattice transforms a k×k lattice of the raster's edge-to-edge positions to longitude
// and latitude. Longitudes are unwrapped around that of the middle.
func (d *dataset) lattice(ctx context.Context, srs string, gt []float64, k int) ([][3]float64, error) {
	pts := make([][3]float64, 0, k*k+2)
	at := func(px, py float64) [3]float64 {
		return [3]float64{gt[0] + px*gt[1] + py*gt[2], gt[3] + px*gt[4] + py*gt[5], 0}
	}
	w, h := float64(d.Size[0]), float64(d.Size[1])
	for j := range k {
		for i := range k {
			pts = append(pts, at(w*float64(i)/float64(k-1), h*float64(j)/float64(k-1)))
		}
	}
	// The middle, and one sample east and south of it: the size of a cell.
	pts = append(pts, at(w/2, h/2), at(w/2+1, h/2), at(w/2, h/2+1))
	if err := gdal.Transform(ctx, srs, "EPSG:4326", pts); err != nil {
		return nil, err
	}
	mid := pts[k*k][0]
	if math.IsNaN(mid) {
		return nil, fmt.Errorf("its middle has no longitude and latitude: the CRS %.60q does not fit its coordinates; crs overrides it", srs)
	}
	for i := range pts {
		pts[i][0] = mid + math.Remainder(pts[i][0]-mid, 360)
	}
	return pts, nil
}

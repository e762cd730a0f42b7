package pyramid

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/image/tiff"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/gdal"
	"github.com/longtake/longtake/internal/scratch"
)

// warpPixels bounds the longer side of a warped picture.
const warpPixels = 12000

// Warp reads a georeferenced raster of any format that GDAL knows as a picture whose
// columns are even in longitude and rows in latitude. crs, if not empty, is in place of
// the file's own.
func Warp(ctx context.Context, file, crs string) (image.Image, geo.Bound, error) {
	var none geo.Bound
	dir, err := scratch.New("longtake-picture-")
	if err != nil {
		return nil, none, err
	}
	defer dir.Remove()
	abs, err := filepath.Abs(file)
	if err != nil {
		return nil, none, err
	}
	out := filepath.Join(dir.Path, "out.tif")
	args := []string{"-q", "-of", "GTiff", "-ot", "Byte", "-t_srs", "EPSG:4326", "-dstalpha", "-r", "bilinear"}
	if crs != "" {
		args = append(args, "-s_srs", crs)
	}
	if err := gdal.Run(ctx, "gdalwarp", append(args, abs, out), nil, nil); err != nil {
		return nil, none, fmt.Errorf("%s has no place on the Earth that GDAL finds; bounds or crs of its source give it one: %w", file, err)
	}
	var text bytes.Buffer
	if err := gdal.Run(ctx, "gdalinfo", []string{"-json", out}, nil, &text); err != nil {
		return nil, none, err
	}
	var info struct {
		Size         [2]int     `json:"size"`
		GeoTransform [6]float64 `json:"geoTransform"`
	}
	if err := json.Unmarshal(text.Bytes(), &info); err != nil {
		return nil, none, fmt.Errorf("gdalinfo: %w", err)
	}
	if max(info.Size[0], info.Size[1]) > warpPixels {
		return nil, none, fmt.Errorf("%s: %d×%d pixels are more than %d a side: cut it into tiles first (gdal2tiles, PMTiles)", file, info.Size[0], info.Size[1], warpPixels)
	}
	data, err := os.ReadFile(out)
	if err != nil {
		return nil, none, err
	}
	img, err := tiff.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, none, fmt.Errorf("%s: %s", file, strings.TrimPrefix(err.Error(), "tiff: "))
	}
	t := info.GeoTransform
	b := geo.Bound{West: t[0], North: t[3], East: t[0] + t[1]*float64(info.Size[0]), South: t[3] + t[5]*float64(info.Size[1])}
	return img, b, nil
}

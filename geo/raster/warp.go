package raster

import (
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/longtake/longtake/geo/gdal"
	"github.com/longtake/longtake/internal/scratch"
)

// openGDAL reads any format that GDAL knows: gdalinfo says what it is, a virtual raster
// in front of it supplies what the options override, and gdalwarp resamples it once to
// longitude and latitude at its own resolution. A raster that is in WGS84 degrees
// already keeps its samples untouched.
func openGDAL(ctx context.Context, path string, o Options) (*Grid, error) {
	src := absolute(path)
	d, err := inspect(ctx, src)
	if err != nil {
		return nil, err
	}
	gt, srs, err := d.georeference(o)
	if err != nil {
		return nil, err
	}
	g, exact, err := d.target(ctx, srs, gt)
	if err != nil {
		return nil, err
	}
	whole := *g
	if o.Clip != nil {
		x0, y0, x1, y1, ok := g.span(*o.Clip)
		if !ok {
			return nil, ErrOutside
		}
		g.West, g.North = whole.West+float64(x0)*g.DLng, whole.North-float64(y0)*g.DLat
		g.Width, g.Height = x1-x0, y1-y0
	}
	if int64(g.Width)*int64(g.Height) > int64(o.maxCells()) {
		return nil, fmt.Errorf("%d×%d samples are more than the %d that are read at once: give a smaller region (--bbox)", g.Width, g.Height, o.maxCells())
	}
	dir, err := scratch.New("longtake-raster-")
	if err != nil {
		return nil, err
	}
	defer dir.Remove()
	v, err := d.virtual(src, srs, gt, o, g)
	if err != nil {
		return nil, err
	}
	vrt, raw := filepath.Join(dir.Path, "in.vrt"), filepath.Join(dir.Path, "out.img")
	if err := os.WriteFile(vrt, []byte(v.xml), 0o600); err != nil {
		return nil, err
	}
	west, north := g.West-g.DLng/2, g.North+g.DLat/2
	resample := "bilinear"
	if exact {
		resample = "near"
	}
	args := []string{"-q", "-of", "ENVI", "-ot", "Float32", "-wt", "Float64", "-dstnodata", "nan", "-novshift",
		"-r", resample, "-et", "0.001", "-t_srs", "EPSG:4326", "-te",
		num(west), num(north - float64(g.Height)*g.DLat), num(west + float64(g.Width)*g.DLng), num(north),
		"-ts", strconv.Itoa(g.Width), strconv.Itoa(g.Height), vrt, raw}
	if exact { // datums that PROJ thinks apart by millimetres must not move the samples
		args = append([]string{"-s_srs", "EPSG:4326"}, args...)
	}
	if err := gdal.Run(ctx, "gdalwarp", args, nil, nil); err != nil {
		return nil, err
	}
	if err := g.readRaw(raw); err != nil {
		return nil, err
	}
	g.finish(v.scale, v.offset)
	g.Datum, g.vertical = verticalOf(srs)
	return g, nil
}

func num(v float64) string { return strconv.FormatFloat(v, 'g', 17, 64) }

// georeference is the affine transform and CRS in force, by option or by file.
func (d *dataset) georeference(o Options) (gt []float64, srs string, err error) {
	gt, srs = d.GeoTransform, cmp.Or(o.CRS, d.CoordinateSystem.WKT)
	if b := o.Bounds; b != nil {
		width := b.East - b.West
		if width < 0 {
			width += 360
		}
		return []float64{b.West, width / float64(d.Size[0]), 0, b.North, 0, (b.South - b.North) / float64(d.Size[1])}, "EPSG:4326", nil
	}
	if len(gt) != 6 {
		return nil, "", fmt.Errorf("it has no georeference: give bounds (west, south, east, north in degrees)")
	}
	if gt[1]*gt[5]-gt[2]*gt[4] == 0 {
		return nil, "", fmt.Errorf("its georeference has no area: give bounds (west, south, east, north in degrees)")
	}
	if srs == "" {
		return nil, "", fmt.Errorf("it has no coordinate reference system (its corner is at %g, %g): give crs, for example EPSG:32612, or bounds", gt[0], gt[3])
	}
	return gt, srs, nil
}

// target is the lattice to resample to; exact says that it is the source's own.
func (d *dataset) target(ctx context.Context, srs string, gt []float64) (g *Grid, exact bool, err error) {
	const k = 17
	pts, err := d.lattice(ctx, srs, gt, k)
	if err != nil {
		return nil, false, err
	}
	mid, east, south := pts[k*k], pts[k*k+1], pts[k*k+2]
	if gt[2] == 0 && gt[4] == 0 && gt[1] > 0 && gt[5] < 0 &&
		math.Abs(math.Remainder(mid[0]-(gt[0]+gt[1]*float64(d.Size[0])/2), 360)) < 2e-6 &&
		math.Abs(mid[1]-(gt[3]+gt[5]*float64(d.Size[1])/2)) < 2e-6 && math.Abs(east[0]-mid[0]-gt[1]) < 1e-3*gt[1] {
		return &Grid{Width: d.Size[0], Height: d.Size[1], West: gt[0] + gt[1]/2, North: gt[3] + gt[5]/2,
			DLng: gt[1], DLat: -gt[5]}, true, nil
	}
	w, n, e, s := math.Inf(1), math.Inf(-1), math.Inf(-1), math.Inf(1)
	for _, p := range pts[:k*k] {
		if !math.IsNaN(p[0]) {
			w, e, s, n = min(w, p[0]), max(e, p[0]), min(s, p[1]), max(n, p[1])
		}
	}
	if e-w > 300 { // around the world or a pole: take the whole turn and the cap
		w, e = -180, 180
		if n > 60 {
			n = 90
		}
		if s < -60 {
			s = -90
		}
	}
	g = &Grid{DLng: math.Hypot(east[0]-mid[0], south[0]-mid[0]), DLat: math.Hypot(east[1]-mid[1], south[1]-mid[1])}
	if !(g.DLng > 1e-9 && g.DLat > 1e-9 && e > w && n > s) {
		return nil, false, fmt.Errorf("its cells have no size in degrees: the CRS %.60q does not fit its coordinates; crs overrides it", srs)
	}
	cols, rows := math.Ceil((e-w)/g.DLng), math.Ceil((n-s)/g.DLat)
	if cols*rows > 1<<40 {
		return nil, false, fmt.Errorf("%.0f×%.0f cells in degrees: the CRS %.60q does not fit its coordinates; crs overrides it", cols, rows, srs)
	}
	g.Width, g.Height = int(cols), int(rows)
	g.West, g.North = w+g.DLng/2, n-g.DLat/2
	return g, false, nil
}

// readRaw reads gdalwarp's ENVI output, whose header states the byte order.
func (g *Grid) readRaw(path string) error {
	hdr, err := os.ReadFile(strings.TrimSuffix(path, ".img") + ".hdr")
	if err != nil {
		return err
	}
	var order binary.ByteOrder = binary.LittleEndian
	if strings.Contains(string(hdr), "byte order = 1") {
		order = binary.BigEndian
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	g.Heights = make([]float32, g.Width*g.Height)
	buf := make([]byte, 4*g.Width)
	for y := range g.Height {
		if _, err := io.ReadFull(f, buf); err != nil {
			return fmt.Errorf("gdalwarp's output ends in row %d of %d: %w", y, g.Height, err)
		}
		for x := range g.Width {
			g.Heights[y*g.Width+x] = math.Float32frombits(order.Uint32(buf[4*x:]))
		}
	}
	return nil
}

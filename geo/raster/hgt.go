package raster

import (
	"archive/zip"
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/longtake/longtake/geo"
)

// SRTM height files: big-endian int16 metres above EGM96, a square of 1201 (3") or
// 3601 (1") samples a side that cover one degree, both edges included, from the north-
// west; −32768 is void. The name holds the south-west corner.

const hgtVoid = -32768

// hgtSide returns the samples a side of a file of the size, 0 where it is no .hgt.
func hgtSide(size int64) int {
	for _, n := range []int64{1201, 3601} {
		if size == 2*n*n {
			return int(n)
		}
	}
	return 0
}

var hgtName = regexp.MustCompile(`(?i)(^|[^a-z0-9])([NS])(\d{2})([EW])(\d{3})([^0-9]|$)`)

// hgtCorner reads the south-west corner from a file's name.
func hgtCorner(name string) (lng, lat float64, ok bool) {
	m := hgtName.FindStringSubmatch(filepath.Base(name))
	if m == nil {
		return 0, 0, false
	}
	lat, _ = strconv.ParseFloat(m[3], 64)
	lng, _ = strconv.ParseFloat(m[5], 64)
	if strings.EqualFold(m[2], "S") {
		lat = -lat
	}
	if strings.EqualFold(m[4], "W") {
		lng = -lng
	}
	return lng, lat, lat >= -90 && lat < 90 && lng >= -180 && lng < 180
}

// readHGT decodes an .hgt of size bytes. The name gives the corner.
func readHGT(r io.Reader, size int64, name string, o Options) (*Grid, error) {
	n := hgtSide(size)
	if n == 0 {
		return nil, fmt.Errorf("%d bytes are neither a 1201×1201 nor a 3601×3601 .hgt", size)
	}
	g := &Grid{Width: n, Height: n, Datum: EGM96}
	if b := o.Bounds; b != nil {
		g.place(*b, true)
	} else {
		lng, lat, ok := hgtCorner(name)
		if !ok {
			return nil, fmt.Errorf("an .hgt has its place in its name (N42E001.hgt) and %q has none: rename it or give bounds", filepath.Base(name))
		}
		g.West, g.North = lng, lat+1
		g.DLng, g.DLat = 1/float64(n-1), 1/float64(n-1)
	}
	if err := g.decodeHGT(r, o.NoData); err != nil {
		return nil, err
	}
	if err := g.crop(o.Clip); err != nil {
		return nil, err
	}
	g.finish(cmp.Or(o.Scale, 1), o.Offset)
	return g, nil
}

// decodeHGT reads the samples of a grid whose size is set.
func (g *Grid) decodeHGT(r io.Reader, noData *float64) error {
	n := g.Width
	g.Heights = make([]float32, n*g.Height)
	row := make([]byte, 2*n)
	br := bufio.NewReaderSize(r, 1<<16)
	for y := range g.Height {
		if _, err := io.ReadFull(br, row); err != nil {
			return fmt.Errorf("row %d of %d: %w", y, g.Height, err)
		}
		for x := range n {
			v := int16(binary.BigEndian.Uint16(row[2*x:]))
			if v == hgtVoid || noData != nil && float64(v) == *noData {
				g.Heights[y*n+x] = float32(math.NaN())
			} else {
				g.Heights[y*n+x] = float32(v)
			}
		}
	}
	return nil
}

// place lays the raster into bounds: at its samples' outermost points, or its cells'
// outer edges.
func (g *Grid) place(b geo.Bound, points bool) {
	width := b.East - b.West
	if width < 0 {
		width += 360
	}
	nx, ny, half := float64(g.Width), float64(g.Height), 0.5
	if points {
		nx, ny, half = max(nx-1, 1), max(ny-1, 1), 0
	}
	g.DLng, g.DLat = width/nx, (b.North-b.South)/ny
	g.West, g.North = b.West+half*g.DLng, b.North-half*g.DLat
}

// readZip reads the one raster of an archive: an .hgt here, anything else through GDAL.
func readZip(ctx context.Context, f io.ReaderAt, size int64, path string, o Options) (*Grid, error) {
	z, err := zip.NewReader(f, size)
	if err != nil {
		return nil, err
	}
	var entries []*zip.File
	for _, e := range z.File {
		base := filepath.Base(e.Name)
		if e.FileInfo().IsDir() || strings.HasPrefix(base, ".") || strings.HasPrefix(e.Name, "__MACOSX/") {
			continue
		}
		if strings.EqualFold(filepath.Ext(base), ".hgt") {
			entries = append(entries, e)
		}
	}
	switch len(entries) {
	case 0:
		return openGDAL(ctx, "/vsizip/{"+absolute(path)+"}", o)
	case 1:
	default:
		return nil, fmt.Errorf("the archive holds %d .hgt files: unpack it and give them one by one", len(entries))
	}
	e := entries[0]
	r, err := e.Open()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", e.Name, err)
	}
	defer r.Close()
	name := e.Name
	if _, _, ok := hgtCorner(name); !ok {
		name = path
	}
	// The size is the archive's word; a shorter stream fails in readHGT, a longer one is
	// not read.
	g, err := readHGT(r, int64(min(e.UncompressedSize64, 1<<32)), name, o)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", e.Name, err)
	}
	return g, nil
}

// readGzip reads an .hgt.gz.
func readGzip(f io.Reader, path string, o Options) (*Grid, error) {
	zr, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	const most = 2 * 3601 * 3601
	data, err := io.ReadAll(io.LimitReader(zr, most+1))
	if err != nil {
		return nil, err
	}
	if hgtSide(int64(len(data))) == 0 {
		return nil, fmt.Errorf("only .hgt is read from gzip, and this holds something else: unpack it first")
	}
	return readHGT(bytes.NewReader(data), int64(len(data)), path, o)
}

package raster

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
)

// Open reads one elevation raster. The error names the file and, where the file lacks
// something, the option that supplies it; it wraps ErrOutside where the raster does not
// meet Options.Clip, and *gdal.ErrMissing where only GDAL can read the format.
func Open(ctx context.Context, path string, o Options) (*Grid, error) {
	g, err := open(ctx, path, o)
	if err != nil {
		return nil, fmt.Errorf("elevation raster %s: %w", path, err)
	}
	return g, nil
}

func open(ctx context.Context, path string, o Options) (*Grid, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	g, err := read(ctx, path, o)
	if err != nil {
		return nil, err
	}
	g.Name = filepath.Base(path)
	if g.Voids() == len(g.Heights) {
		return nil, fmt.Errorf("every sample is void: check nodata, and that the region meets the data")
	}
	if g.Quantum > 0 {
		dequantize(g)
	}
	return g, g.toEllipsoid(ctx, o.Datum)
}

// check finds mistakes in the options themselves.
func (o Options) check() error {
	switch o.Datum {
	case "", EGM96, EGM2008, Ellipsoid, Local:
	default:
		return fmt.Errorf("datum %q is not known: egm96, egm2008, ellipsoid and local are", o.Datum)
	}
	switch o.Decode {
	case "", TerrainRGB, Terrarium, Grey:
	default:
		return fmt.Errorf("decode %q is not known: terrain-rgb, terrarium and grey are", o.Decode)
	}
	if math.IsNaN(o.Scale) || math.IsInf(o.Scale, 0) || math.IsNaN(o.Offset) || math.IsInf(o.Offset, 0) {
		return fmt.Errorf("scale %g and offset %g must be finite numbers", o.Scale, o.Offset)
	}
	if b := o.Bounds; b != nil {
		if !(b.South < b.North && b.South >= -90 && b.North <= 90 && math.Abs(b.West) <= 360 && math.Abs(b.East) <= 360 && b.West != b.East) {
			return fmt.Errorf("bounds %g,%g,%g,%g are not west,south,east,north in degrees", b.West, b.South, b.East, b.North)
		}
	}
	if t := o.Tile; t != nil && !validTile(*t) {
		return fmt.Errorf("tile %d/%d/%d is not a z/x/y address", t[0], t[1], t[2])
	}
	return nil
}

// read dispatches on the content: the first bytes, then the size for .hgt, which has no
// mark of its own.
func read(ctx context.Context, path string, o Options) (*Grid, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if st.IsDir() {
		return openGDAL(ctx, path, o) // some formats of GDAL are folders
	}
	if st.Size() == 0 {
		return nil, fmt.Errorf("the file is empty")
	}
	var head [8]byte
	n, err := io.ReadFull(f, head[:])
	if err != nil && n == 0 {
		return nil, err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(head[:], []byte("\x89PNG\r\n\x1a\n")):
		if o.Bounds == nil && o.CRS != "" { // a world file beside it may place it
			return openGDAL(ctx, path, o)
		}
		return readPNG(f, path, o)
	case bytes.HasPrefix(head[:], []byte("PK\x03\x04")):
		return readZip(ctx, f, st.Size(), path, o)
	case bytes.HasPrefix(head[:], []byte{0x1f, 0x8b}):
		return readGzip(f, path, o)
	case hgtSide(st.Size()) > 0 && o.CRS == "" && !knownMagic(head[:]):
		return readHGT(f, st.Size(), path, o)
	}
	return openGDAL(ctx, path, o)
}

// knownMagic guards against a TIFF that happens to have the size of an .hgt.
func knownMagic(head []byte) bool {
	return bytes.HasPrefix(head, []byte("II*\x00")) || bytes.HasPrefix(head, []byte("MM\x00*")) ||
		bytes.HasPrefix(head, []byte("ncols")) || bytes.HasPrefix(head, []byte("\x89HDF"))
}

// finish turns stored values into heights: scale and offset, then what cannot be a
// height on Earth becomes void.
func (g *Grid) finish(scale, offset float64) {
	for i, v := range g.Heights {
		h := float64(v)*scale + offset
		if !(h >= lowest && h <= highest) {
			h = math.NaN()
		}
		g.Heights[i] = float32(h)
	}
}

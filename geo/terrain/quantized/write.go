package quantized

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strconv"

	"golang.org/x/sync/errgroup"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/terrain/geographic"
)

// Options of a terrain.
type Options struct {
	// MaxLevel is the finest level; 0 takes the first whose samples are as close as the
	// elevation's own, if it tells (a Resolution method, metres), else 12.
	MaxLevel int
	// Samples are the cells a side that a tile's mesh is made of; 0 = 64.
	Samples int
	// Sharpness divides the error of a level, which is that of Cesium's height maps
	// (77 km at level 0, halved at each) at 1; 0 = 4.
	Sharpness float64
	// Unknown is the height in metres above the ellipsoid where the elevation knows nothing.
	Unknown float64
	// Water tells where the ground is water; nil leaves the mask out. It is asked from
	// several goroutines at once.
	Water func(lng, lat float64) bool
	// Attribution is shown by the client.
	Attribution string
}

// Limits of what one call writes.
const (
	maxLevel   = 22
	maxSamples = 512
	maxTiles   = 1 << 24
)

// Summary is what was written.
type Summary struct {
	Tiles, Triangles int
	Bytes            int64
	MaxLevel         int
	Error            float64 // of the finest level, metres: the largest distance of a sample from its mesh
}

// Write makes the folder with layer.json and the tiles that meet the bounds, from level 0,
// which is whole, to the finest. The folder must not exist or be empty: it is written
// beside and renamed. The elevation is metres above the WGS84 ellipsoid and is asked from
// several goroutines at once.
func Write(ctx context.Context, dir string, elevation geo.Elevation, bounds geo.Bound, o Options) (*Summary, error) {
	if err := o.complete(elevation, bounds); err != nil {
		return nil, err
	}
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return nil, fmt.Errorf("quantized mesh: %s is not empty", dir)
	}
	ranges := make([][]span, o.MaxLevel+1)
	count := 0
	for l := range ranges {
		ranges[l] = spans(bounds, l)
		for _, s := range ranges[l] {
			count += (s.EndX - s.StartX + 1) * (s.EndY - s.StartY + 1)
		}
	}
	if count > maxTiles {
		return nil, fmt.Errorf("quantized mesh: %d tiles are more than %d: choose a smaller region or a coarser level than %d", count, maxTiles, o.MaxLevel)
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return nil, fmt.Errorf("quantized mesh: %w", err)
	}
	aside, err := os.MkdirTemp(filepath.Dir(dir), ".terrain-")
	if err != nil {
		return nil, fmt.Errorf("quantized mesh: %w", err)
	}
	defer os.RemoveAll(aside)
	w := &writer{dir: aside, ground: geographic.Ground{Elevation: elevation, Samples: o.Samples, Sharpness: o.Sharpness, Unknown: o.Unknown}, o: o}
	for l, spans := range ranges {
		if err := w.level(ctx, l, spans); err != nil {
			return nil, fmt.Errorf("quantized mesh: %w", err)
		}
	}
	if err := w.layer(bounds, ranges); err != nil {
		return nil, fmt.Errorf("quantized mesh: %w", err)
	}
	if err := os.Chmod(aside, 0o755); err != nil {
		return nil, fmt.Errorf("quantized mesh: %w", err)
	}
	_ = os.Remove(dir) // empty, or not there
	if err := os.Rename(aside, dir); err != nil {
		return nil, fmt.Errorf("quantized mesh: %w", err)
	}
	return &w.summary, nil
}

func (o *Options) complete(elevation geo.Elevation, b geo.Bound) error {
	if !(b.South < b.North && b.South >= -90 && b.North <= 90 && b.West != b.East && math.Abs(b.West) <= 180 && math.Abs(b.East) <= 180) {
		return fmt.Errorf("quantized mesh: %v is not a region in degrees", b)
	}
	if o.Samples == 0 {
		o.Samples = 64
	}
	if o.Sharpness == 0 {
		o.Sharpness = 4
	}
	if o.MaxLevel == 0 {
		o.MaxLevel = 12
		if r, ok := elevation.(interface{ Resolution() float64 }); ok && r.Resolution() > 0 {
			cell := 180 / float64(o.Samples) * 111e3
			o.MaxLevel = int(min(max(math.Ceil(math.Log2(cell/r.Resolution())), 1), 18))
		}
	}
	if o.MaxLevel < 0 || o.MaxLevel > maxLevel || o.Samples < 4 || o.Samples > maxSamples || !(o.Sharpness > 0) || math.IsInf(o.Sharpness, 0) ||
		math.IsNaN(o.Unknown) || math.IsInf(o.Unknown, 0) {
		return fmt.Errorf("quantized mesh: level %d (0 to %d), %d samples (4 to %d), sharpness %g (positive) or height %g is out of range", o.MaxLevel, maxLevel, o.Samples, maxSamples, o.Sharpness, o.Unknown)
	}
	return nil
}

// span is a block of tiles, ends included.
type span struct {
	StartX int `json:"startX"`
	StartY int `json:"startY"`
	EndX   int `json:"endX"`
	EndY   int `json:"endY"`
}

// spans are the tiles of a level that meet the bounds: two blocks where these cross the
// antimeridian. Level 0 is whole: clients start there.
func spans(b geo.Bound, level int) []span {
	if level == 0 {
		return []span{{0, 0, 1, 0}}
	}
	if b.West > b.East {
		w, e := b, b
		w.East, e.West = 180, -180
		return append(spans(e, level), spans(w, level)...)
	}
	size := 180 / float64(int(1)<<level)
	index := func(v float64, n int, end bool) int {
		i := math.Floor(v / size)
		if end {
			i = math.Ceil(v/size) - 1
		}
		return int(min(max(i, 0), float64(n-1)))
	}
	n := 1 << level
	s := span{index(b.West+180, 2*n, false), index(b.South+90, n, false), index(b.East+180, 2*n, true), index(b.North+90, n, true)}
	s.EndX, s.EndY = max(s.EndX, s.StartX), max(s.EndY, s.StartY)
	return []span{s}
}

type writer struct {
	dir     string
	ground  geographic.Ground
	o       Options
	summary Summary
}

// level makes the tiles of one level, a row at a time on all cores.
func (w *writer) level(ctx context.Context, level int, spans []span) error {
	finest := 0.0
	for _, s := range spans {
		for y := s.StartY; y <= s.EndY; y++ {
			made := make([]figures, s.EndX-s.StartX+1)
			g, ctx := errgroup.WithContext(ctx)
			g.SetLimit(runtime.GOMAXPROCS(0))
			for x := s.StartX; x <= s.EndX; x++ {
				g.Go(func() error {
					if err := ctx.Err(); err != nil {
						return err
					}
					var err error
					made[x-s.StartX], err = w.tile(level, x, y)
					return err
				})
			}
			if err := g.Wait(); err != nil {
				return err
			}
			for _, f := range made {
				w.summary.Tiles++
				w.summary.Triangles += f.triangles
				w.summary.Bytes += int64(f.bytes)
				finest = max(finest, f.error)
			}
		}
	}
	w.summary.MaxLevel, w.summary.Error = level, finest
	return nil
}

type figures struct {
	triangles, bytes int
	error            float64
}

func (w *writer) tile(level, x, y int) (figures, error) {
	t := &tile{Tile: w.ground.Tile(level, x, y)}
	if w.o.Water != nil {
		t.water = t.mask(w.o.Water)
	}
	data := t.encode()
	dir := filepath.Join(w.dir, strconv.Itoa(level), strconv.Itoa(x))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return figures{}, err
	}
	return figures{len(t.Tris) / 3, len(data), t.Error}, os.WriteFile(filepath.Join(dir, strconv.Itoa(y)+".terrain"), data, 0o644)
}

// layer writes layer.json.
func (w *writer) layer(b geo.Bound, ranges [][]span) error {
	bounds := [4]float64{b.West, b.South, b.East, b.North}
	if b.West > b.East {
		bounds[0], bounds[2] = -180, 180
	}
	extensions := []string{"octvertexnormals"}
	if w.o.Water != nil {
		extensions = append(extensions, "watermask")
	}
	out, err := json.MarshalIndent(struct {
		TileJSON    string     `json:"tilejson"`
		Format      string     `json:"format"`
		Version     string     `json:"version"`
		Scheme      string     `json:"scheme"`
		Tiles       []string   `json:"tiles"`
		Projection  string     `json:"projection"`
		Bounds      [4]float64 `json:"bounds"`
		MinZoom     int        `json:"minzoom"`
		MaxZoom     int        `json:"maxzoom"`
		Extensions  []string   `json:"extensions"`
		Attribution string     `json:"attribution,omitempty"`
		Available   [][]span   `json:"available"`
	}{"2.1.0", "quantized-mesh-1.0", "1.0.0", "tms", []string{"{z}/{x}/{y}.terrain"}, "EPSG:4326", bounds, 0, w.o.MaxLevel, extensions, w.o.Attribution, ranges}, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(w.dir, "layer.json"), append(out, '\n'), 0o644)
}

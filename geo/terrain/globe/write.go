package globe

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strconv"

	"github.com/go-gl/mathgl/mgl64"
	"golang.org/x/sync/errgroup"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/terrain/geographic"
	"github.com/longtake/longtake/geo/tiles/glb"
)

// Options of a globe.
type Options struct {
	MaxLevel  int     // the finest level; 0 = 4, tiles of 11°
	Samples   int     // cells a side that a tile's mesh is made of; 0 = 64
	Sharpness float64 // see geographic.Ground; 0 = 8
	Unknown   float64 // height in metres above the ellipsoid where nothing is known
	Least     float64 // see geographic.Ground
	SeaLevel  float64 // what is not above it has the colour of the sea
	Layer     string  // of the meshes
	Quantize  bool    // see glb.Options
	Compress  bool
	Version   string // of longtake, written into the tileset's asset
}

// MaxLevel of a tree in one JSON: 44 thousand tiles.
const MaxLevel = 7

// Write makes the folder with tileset.json and level/x/y.glb. The folder must not exist or
// be empty: it is written beside and renamed. The elevation is metres above the WGS84
// ellipsoid and is asked from several goroutines at once.
func Write(ctx context.Context, dir string, elevation geo.Elevation, o Options) error {
	if o.MaxLevel == 0 {
		o.MaxLevel = 4
	}
	if o.Samples == 0 {
		o.Samples = 64
	}
	if o.Sharpness == 0 {
		o.Sharpness = 8
	}
	if o.MaxLevel < 0 || o.MaxLevel > MaxLevel || o.Samples < 4 || o.Samples > 512 || !(o.Sharpness > 0) || math.IsInf(o.Sharpness, 0) ||
		!(math.Abs(o.Unknown) < 1e5) || !(o.Least >= 0) || math.IsInf(o.Least, 0) || math.IsNaN(o.SeaLevel) {
		return fmt.Errorf("globe: level %d (0 to %d), %d samples (4 to 512), sharpness %g (positive), height %g or sea level %g is out of range", o.MaxLevel, MaxLevel, o.Samples, o.Sharpness, o.Unknown, o.SeaLevel)
	}
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return fmt.Errorf("globe: %s is not empty", dir)
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return fmt.Errorf("globe: %w", err)
	}
	aside, err := os.MkdirTemp(filepath.Dir(dir), ".globe-")
	if err != nil {
		return fmt.Errorf("globe: %w", err)
	}
	defer os.RemoveAll(aside)
	w := &writer{dir: aside, o: o, ground: geographic.Ground{Elevation: elevation, Samples: o.Samples, Sharpness: o.Sharpness, Unknown: o.Unknown, Least: o.Least}}
	if err := w.write(ctx); err != nil {
		return fmt.Errorf("globe: %w", err)
	}
	if err := os.Chmod(aside, 0o755); err != nil {
		return fmt.Errorf("globe: %w", err)
	}
	_ = os.Remove(dir) // empty, or not there
	if err := os.Rename(aside, dir); err != nil {
		return fmt.Errorf("globe: %w", err)
	}
	return nil
}

type writer struct {
	dir    string
	o      Options
	ground geographic.Ground
}

// node is a tile in tileset.json.
type node struct {
	Transform      *[16]float64 `json:"transform,omitempty"`
	BoundingVolume volume       `json:"boundingVolume"`
	GeometricError float64      `json:"geometricError"`
	Refine         string       `json:"refine,omitempty"`
	Content        *uri         `json:"content,omitempty"`
	Children       []*node      `json:"children,omitempty"`

	frame mgl64.Mat4 // to ECEF
}

type volume struct {
	Region [6]float64 `json:"region"`
}

type uri struct {
	URI string `json:"uri"`
}

func (w *writer) write(ctx context.Context) error {
	below := []*node{} // of the level below, row by row
	for level := w.o.MaxLevel; level >= 0; level-- {
		columns, rows := 2<<level, 1<<level
		nodes := make([]*node, columns*rows)
		g, ctx := errgroup.WithContext(ctx)
		g.SetLimit(runtime.GOMAXPROCS(0))
		for k := range nodes {
			g.Go(func() error {
				if err := ctx.Err(); err != nil {
					return err
				}
				var err error
				nodes[k], err = w.tile(level, k%columns, k/columns)
				return err
			})
		}
		if err := g.Wait(); err != nil {
			return err
		}
		for k, n := range nodes {
			if level == w.o.MaxLevel {
				continue
			}
			x, y := k%columns, k/columns
			for c := range 4 {
				child := below[(2*y+c/2)*2*columns+2*x+c%2]
				n.Children = append(n.Children, child)
				m := [16]float64(n.frame.Inv().Mul4(child.frame)) // transforms add up
				child.Transform = &m
				n.BoundingVolume.Region[4] = min(n.BoundingVolume.Region[4], child.BoundingVolume.Region[4])
				n.BoundingVolume.Region[5] = max(n.BoundingVolume.Region[5], child.BoundingVolume.Region[5])
			}
		}
		below = nodes
	}
	r := [6]float64{-math.Pi, -math.Pi / 2, math.Pi, math.Pi / 2, math.Inf(1), math.Inf(-1)}
	for _, n := range below {
		m := [16]float64(n.frame)
		n.Transform = &m
		r[4], r[5] = min(r[4], n.BoundingVolume.Region[4]), max(r[5], n.BoundingVolume.Region[5])
	}
	type asset struct {
		Version   string `json:"version"`
		Generator string `json:"generator,omitempty"`
	}
	far := 2 * below[0].GeometricError
	out, err := json.Marshal(struct {
		Asset          asset   `json:"asset"`
		GeometricError float64 `json:"geometricError"`
		Root           *node   `json:"root"`
	}{asset{"1.1", "longtake " + w.o.Version}, far, &node{BoundingVolume: volume{r}, GeometricError: far, Refine: "REPLACE", Children: below}})
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(w.dir, "tileset.json"), append(out, '\n'), 0o644)
}

// tile writes one tile's content. Its region holds the mesh with its skirts.
func (w *writer) tile(level, x, y int) (*node, error) {
	t := w.ground.Tile(level, x, y)
	c := w.content(t, level)
	var b bytes.Buffer
	if err := glb.Write(&b, c, glb.Options{Quantize: w.o.Quantize, Compress: w.o.Compress, Generator: "longtake " + w.o.Version}); err != nil {
		return nil, fmt.Errorf("tile %d/%d/%d: %w", level, x, y, err)
	}
	name := strconv.Itoa(level) + "/" + strconv.Itoa(x) + "/" + strconv.Itoa(y) + ".glb"
	file := filepath.Join(w.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return nil, err
	}
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		return nil, err
	}
	lo, hi := w.heights(c)
	n := &node{frame: c.Frame.Matrix(), Content: &uri{name}, BoundingVolume: volume{[6]float64{
		earth.Radians(t.West), earth.Radians(t.South), earth.Radians(t.West + t.Size), earth.Radians(t.South + t.Size), lo, hi}}}
	if level < w.o.MaxLevel {
		// A coast may be off by half a cell, whatever the bound of the heights.
		n.GeometricError = 2 * w.ground.Error(level) * w.o.Sharpness
	}
	return n, nil
}

// heights are those of the lowest point of the mesh, inside its flat triangles too, and of
// the highest.
func (w *writer) heights(c geo.Content) (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	m := &c.Meshes[0]
	at := func(p [3]float64) {
		h := c.Frame.Place(p).Height
		lo, hi = min(lo, h), max(hi, h)
	}
	for k := 0; k < len(m.Indices); k += 3 {
		var middle [3]float64
		for _, v := range m.Indices[k : k+3] {
			p := [3]float64{float64(m.Positions[v][0]), float64(m.Positions[v][1]), float64(m.Positions[v][2])}
			at(p)
			for i := range middle {
				middle[i] += p[i] / 3
			}
		}
		at(middle)
	}
	return lo - 1, hi + 1
}

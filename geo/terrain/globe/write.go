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
	"sync"

	"github.com/go-gl/mathgl/mgl64"
	"golang.org/x/sync/errgroup"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/terrain/geographic"
	"github.com/longtake/longtake/geo/tiles/glb"
)

// Options of a globe.
type Options struct {
	MaxLevel int // the finest level; 0 = 4, tiles of 11°
	// Refine is the side in metres of the cells of a region's finest data where these are finer than a
	// level's, so that it wants the next one; 0 where they are not; nil means that all want it alike.
	// What has the same cells ends at the level of which its tiles would be more than MaxTiles, and so
	// do the coarsest where all together would be more than twice that.
	Refine    func(level int, b geo.Bound) float64
	Progress  func(done, total int) // tiles; may be nil
	Samples   int                   // cells a side that a tile's mesh is made of; 0 = 64
	Sharpness float64               // see geographic.Ground; 0 = 8
	Unknown   float64               // height in metres above the ellipsoid where nothing is known
	Least     float64               // see geographic.Ground
	SeaLevel  float64               // what is not above it has the colour of the sea
	Layer     string                // of the meshes
	Quantize  bool                  // see glb.Options
	Compress  bool
	Version   string // of longtake, written into the tileset's asset
}

// MaxLevel is the finest that there may be, tiles of 1 to 2 km.
const MaxLevel = 14

// MaxTiles of what has the same cells, of a tree in one JSON: those of the whole Earth to level 7.
const MaxTiles = 2 * (1<<16 - 1) / 3

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
	levels, _ := w.o.levels()
	total, done := 0, 0
	for _, l := range levels {
		total += len(l)
	}
	var mu sync.Mutex
	below := map[address]*node{} // of the level below
	var top []*node
	for level := len(levels) - 1; level >= 0; level-- {
		nodes := make([]*node, len(levels[level]))
		g, ctx := errgroup.WithContext(ctx)
		g.SetLimit(runtime.GOMAXPROCS(0))
		for k, at := range levels[level] {
			g.Go(func() error {
				if err := ctx.Err(); err != nil {
					return err
				}
				_, refined := below[address{2 * at.x, 2 * at.y}]
				var err error
				nodes[k], err = w.tile(level, at, refined)
				mu.Lock()
				defer mu.Unlock()
				if done++; w.o.Progress != nil {
					w.o.Progress(done, total)
				}
				return err
			})
		}
		if err := g.Wait(); err != nil {
			return err
		}
		here := make(map[address]*node, len(nodes))
		for k, n := range nodes {
			at := levels[level][k]
			here[at] = n
			for c := range 4 {
				child := below[address{2*at.x + c%2, 2*at.y + c/2}]
				if child == nil {
					break
				}
				n.Children = append(n.Children, child)
				m := [16]float64(n.frame.Inv().Mul4(child.frame)) // transforms add up
				m[3], m[7], m[11], m[15] = 0, 0, 0, 1
				child.Transform = &m
				n.BoundingVolume.Region[4] = min(n.BoundingVolume.Region[4], child.BoundingVolume.Region[4])
				n.BoundingVolume.Region[5] = max(n.BoundingVolume.Region[5], child.BoundingVolume.Region[5])
			}
		}
		below, top = here, nodes
	}
	r := [6]float64{-math.Pi, -math.Pi / 2, math.Pi, math.Pi / 2, math.Inf(1), math.Inf(-1)}
	for _, n := range top {
		m := [16]float64(n.frame)
		n.Transform = &m
		r[4], r[5] = min(r[4], n.BoundingVolume.Region[4]), max(r[5], n.BoundingVolume.Region[5])
	}
	type asset struct {
		Version   string `json:"version"`
		Generator string `json:"generator,omitempty"`
	}
	far := 2 * max(top[0].GeometricError, top[1].GeometricError)
	out, err := json.Marshal(struct {
		Asset          asset   `json:"asset"`
		GeometricError float64 `json:"geometricError"`
		Root           *node   `json:"root"`
	}{asset{"1.1", "longtake " + w.o.Version}, far, &node{BoundingVolume: volume{r}, GeometricError: far, Refine: "REPLACE", Children: top}})
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(w.dir, "tileset.json"), append(out, '\n'), 0o644)
}

// tile writes one tile's content. Its region holds the mesh with its skirts.
func (w *writer) tile(level int, at address, refined bool) (*node, error) {
	x, y := at.x, at.y
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
	n := &node{frame: c.Frame.Matrix(), Content: &uri{name}, BoundingVolume: volume{w.region(t, lo, hi)}}
	if refined {
		// A coast may be off by half a cell, whatever the bound of the heights.
		n.GeometricError = 2 * w.ground.Error(level) * w.o.Sharpness
	}
	return n, nil
}

// region is a tile's with what positions in 16 bits may be off: at most a step, as wide tiles are off by
// the more, the region of one holds those of the tiles below it.
func (w *writer) region(t *geographic.Tile, lo, hi float64) [6]float64 {
	step := 0.0
	if w.o.Quantize || w.o.Compress {
		step = earth.Radians(t.Size)/32768 + 5e-3/earth.A // of a power of two
	}
	west, south, east, north := earth.Radians(t.West), earth.Radians(t.South), earth.Radians(t.West+t.Size), earth.Radians(t.South+t.Size)
	round := step / math.Max(math.Min(math.Cos(south), math.Cos(north)), 0.01)
	up := step * earth.A
	return [6]float64{max(west-round, -math.Pi), max(south-step, -math.Pi/2), min(east+round, math.Pi), min(north+step, math.Pi/2), lo - up, hi + up}
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

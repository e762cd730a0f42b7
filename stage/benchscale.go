package stage

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/sample"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/pipeline/surface"
	"github.com/longtake/longtake/scene"
)

// ScaleBench is what frames cost in invented cities of growing size.
type ScaleBench struct {
	Cities   []CityBench `json:"cities"` // the smallest first
	Growth   float64     `json:"growth"` // of the median frame from the smallest city to the largest
	Size     scene.Size  `json:"size"`
	Quality  string      `json:"quality"`
	Renderer string      `json:"renderer"`
}

// CityBench is one city of a ScaleBench.
type CityBench struct {
	Vertices     int     `json:"vertices"` // of meshes at the finest level; copies of models are not counted
	Buildings    int     `json:"buildings"`
	Tiles        int     `json:"tiles"`
	Bytes        int64   `json:"bytes"` // of the package
	GenerateS    float64 `json:"generate_s"`
	FirstFrameS  float64 `json:"first_frame_s"` // from opening the package and the surface to the finished picture
	MedianMS     float64 `json:"median_ms"`     // frames of the same orbit in each city
	CPUMS        float64 `json:"cpu_ms"`
	Triangles    int     `json:"triangles"` // of the orbit's last frame, with those of the shadow cascades
	Flight       Flight  `json:"flight"`
	PeakBytes    *int64  `json:"peak_rss_bytes"` // while it is drawn; nil where the system does not tell
	ResidentRAM  int     `json:"resident_bytes"` // of tiles, in memory
	ResidentVRAM int     `json:"gpu_bytes"`      // of drawables
}

// scaleBand is how far below and above the vertices that are asked for a city may be.
const scaleBand = 0.03

// BenchScale builds invented cities of 10⁶, 10⁷, … vertices up to the number asked for,
// one after the other in a folder of its own that it removes, and draws each: a first
// frame, frames of the same orbit, and a flight from side to side with tiles that come in
// the background. It must run on a locked OS thread.
func BenchScale(ctx context.Context, vertices int, o BenchOptions, g GenerateOptions) (_ *ScaleBench, err error) {
	if o.Size == (scene.Size{}) {
		o.Size = scene.Size{Width: 1280, Height: 720}
	}
	if o.Quality == "" {
		o.Quality = "low"
	}
	if o.Frames <= 0 {
		o.Frames = 24
	}
	tmp, err := os.MkdirTemp("", "longtake-bench-")
	if err != nil {
		return nil, fmt.Errorf("bench: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(tmp)) }()
	b := &ScaleBench{Size: o.Size, Quality: o.Quality}
	perBlock := 2700.0 // vertices; each city corrects it for the next
	for _, n := range decades(vertices) {
		dir := filepath.Join(tmp, "city")
		city, err := buildCity(ctx, dir, n, &perBlock, g)
		if err != nil {
			return nil, err
		}
		if b.Renderer, err = city.draw(ctx, filepath.Join(dir, "package"), o); err != nil {
			return nil, err
		}
		b.Cities = append(b.Cities, *city)
		if err := os.RemoveAll(dir); err != nil {
			return nil, fmt.Errorf("bench: %w", err)
		}
	}
	b.Growth = round(b.Cities[len(b.Cities)-1].MedianMS / b.Cities[0].MedianMS)
	return b, nil
}

// decades are a million and ten times as many each, up to n, which is the last.
func decades(n int) (out []int) {
	for d := 1_000_000; d < n; d *= 10 {
		out = append(out, d)
	}
	return append(out, n)
}

// buildCity generates a package of about n vertices, and again where the first guess of
// the blocks was too far off.
func buildCity(ctx context.Context, dir string, n int, perBlock *float64, o GenerateOptions) (*CityBench, error) {
	const attempts = 3
	for try := 1; ; try++ {
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return nil, fmt.Errorf("bench: %w", err)
		}
		side := max(1, int(math.Round(math.Sqrt(float64(n)/(*perBlock)))))
		files, err := sample.Metropolis(dir, 1, side)
		if err != nil {
			return nil, err
		}
		out := filepath.Join(dir, "package")
		began := time.Now()
		s, err := Generate(ctx, metropolisScene(files), out, o)
		if err != nil {
			return nil, err
		}
		c := &CityBench{GenerateS: round(time.Since(began).Seconds()), Buildings: s.Made["building"], Tiles: s.Tiles, Bytes: s.Bytes}
		for _, set := range []string{"buildings", "ground"} {
			v, err := finestVertices(filepath.Join(out, "tiles", set, "tileset.json"))
			if err != nil {
				return nil, err
			}
			c.Vertices += v
		}
		*perBlock = float64(c.Vertices) / float64(side*side)
		if off := float64(c.Vertices)/float64(n) - 1; math.Abs(off) <= scaleBand || try == attempts || math.Abs(off) < 2/float64(side) {
			return c, nil
		}
		if err := os.RemoveAll(dir); err != nil {
			return nil, fmt.Errorf("bench: %w", err)
		}
	}
}

func metropolisScene(files []string) *scene.Document {
	d := scene.New()
	source := func(kind, path string) scene.Source {
		s := scene.Source{Path: []string{path}}
		s.SetDefaults()
		s.Type = kind
		return s
	}
	d.Name = "metropolis"
	d.Sources = map[string]scene.Source{"city": source("osm", files[0]), "relief": source("raster", files[1])}
	for _, l := range [][2]string{{"terrain", "relief"}, {"areas", "city"}, {"water", "city"}, {"roads", "city"}, {"buildings", "city"}, {"trees", "city"}} {
		layer := scene.NewLayer(l[0], layers.Types()[l[0]])
		layer.Source = l[1]
		d.Layers = append(d.Layers, layer)
	}
	return d
}

// finestVertices counts the vertices of the tiles without children.
func finestVertices(file string) (n int, err error) {
	set, err := tiles.Open(file)
	if err != nil {
		return 0, err
	}
	return n, finest(set, func(m *geo.Mesh) { n += len(m.Positions) })
}

// draw measures a package's frames and returns the renderer's name.
func (c *CityBench) draw(ctx context.Context, dir string, o BenchOptions) (string, error) {
	debug.FreeOSMemory() // of the generation
	resetPeak()
	began := time.Now()
	s, err := surface.NewOffscreen(surface.Options{Platform: o.GPU})
	if err != nil {
		return "", err
	}
	defer s.Release()
	p, err := Open(dir, PlayOptions{})
	if err != nil {
		return "", err
	}
	defer p.Close()
	o.Orbit = &scene.Orbit{Lng: sample.Center.Lng, Lat: sample.Center.Lat, Radius: 500, Height: 220, Turn: 360}
	f, err := newFlight(p, o)
	if err != nil {
		return "", err
	}
	if c.FirstFrameS, err = f.first(ctx, s, began); err != nil {
		return "", err
	}
	orbit, err := f.frames(ctx, s, false)
	if err != nil {
		return "", err
	}
	c.MedianMS, c.CPUMS, c.Triangles = round(median(orbit.total)), round(1000*orbit.worked/float64(f.Frames)), orbit.triangles
	if err := c.across(ctx, p, s, f, systemWall()); err != nil {
		return "", err
	}
	c.PeakBytes, c.ResidentRAM = peakMemory(), p.library.used
	return s.Describe().Renderer, nil
}

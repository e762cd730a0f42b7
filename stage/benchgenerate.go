package stage

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/scene"
)

// GenerateBench is the cost of a generation and the size of what it makes.
type GenerateBench struct {
	Features     int     `json:"features"` // read
	Seconds      float64 `json:"seconds"`
	CPUSeconds   float64 `json:"cpu_seconds"` // of all cores; 0 where the system does not tell
	FeaturesPerS float64 `json:"features_per_s"`
	Tiles        int     `json:"tiles"`
	Rebuilt      int     `json:"rebuilt"`   // tiles that were not kept from an earlier run
	Triangles    int     `json:"triangles"` // at the finest level
	Bytes        int64   `json:"bytes"`
	PeakRSSBytes *int64  `json:"peak_rss_bytes"` // of this process; nil where the system does not tell

	Buildings         int   `json:"buildings"`
	BuildingTriangles int   `json:"building_triangles"` // at the finest level
	BuildingBytes     int64 `json:"building_bytes"`     // of all levels
}

// BenchGenerate generates the package of a document into a temporary folder and removes
// it. Only the generation is in Seconds, CPUSeconds and PeakRSSBytes.
func BenchGenerate(ctx context.Context, doc *scene.Document, o GenerateOptions) (*GenerateBench, error) {
	tmp, err := os.MkdirTemp("", "longtake-bench-")
	if err != nil {
		return nil, fmt.Errorf("bench: %w", err)
	}
	defer func() { _ = os.RemoveAll(tmp) }()
	dir := filepath.Join(tmp, "package")
	resetPeak()
	began, worked := time.Now(), processor()
	s, err := Generate(ctx, doc, dir, o)
	if err != nil {
		return nil, err
	}
	seconds := time.Since(began).Seconds()
	b := &GenerateBench{
		Features: s.Made["feature read"], Seconds: round(seconds), CPUSeconds: round(processor() - worked), Bytes: s.Bytes,
		PeakRSSBytes: peakMemory(), Tiles: s.Tiles, Rebuilt: s.Rebuilt, Buildings: s.Made["building"],
	}
	b.FeaturesPerS = round(float64(b.Features) / seconds)
	out, err := Open(dir, PlayOptions{})
	if err != nil {
		return nil, err
	}
	counted := map[string]bool{}
	for i := range out.Doc.Layers {
		l := &out.Doc.Layers[i]
		if l.Tiles == "" || counted[l.Tiles] {
			continue
		}
		counted[l.Tiles] = true
		file := out.Doc.Resolve(l.Tiles)
		n, err := finestTriangles(file)
		if err != nil {
			return nil, err
		}
		b.Triangles += n
		if l.Type == "buildings" {
			b.BuildingTriangles += n
			b.BuildingBytes += folderSize(filepath.Dir(file))
		}
	}
	return b, nil
}

// finestTriangles counts the triangles of the tiles without children.
func finestTriangles(file string) (n int, err error) {
	set, err := tiles.Open(file)
	if err != nil {
		return 0, err
	}
	return n, finest(set, func(m *geo.Mesh) { n += len(m.Indices) / 3 })
}

// finest visits the meshes of the tiles without children.
func finest(set *tiles.Tileset, visit func(*geo.Mesh)) error {
	return set.Walk(func(t *tiles.Tile) error {
		if len(t.Children) > 0 {
			return nil
		}
		contents, err := set.Load(t)
		for _, c := range contents {
			for i := range c.Meshes {
				visit(&c.Meshes[i])
			}
		}
		return err
	})
}

func folderSize(dir string) (n int64) {
	_ = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if info, err := d.Info(); err == nil {
			n += info.Size()
		}
		return nil
	})
	return n
}

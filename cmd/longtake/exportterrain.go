package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/heights"
	"github.com/longtake/longtake/geo/terrain/quantized"
	"github.com/longtake/longtake/scene"
	"github.com/longtake/longtake/stage/generate"
)

// measured is a grid of heights that tells how close its nodes are.
type measured struct{ *heights.Grid }

// Resolution is the distance between nodes in metres.
func (m measured) Resolution() float64 { return m.Size / float64(m.N-1) }

// exportTerrain writes the package's ground heights as quantized-mesh.
func (a *app) exportTerrain(ctx context.Context, doc *scene.Document, x exporting) error {
	f, err := os.Open(doc.Resolve(generate.GroundFile))
	if err != nil {
		return fmt.Errorf("the package has no ground: %w", err)
	}
	defer f.Close()
	g, err := heights.Read(bufio.NewReader(f))
	if err != nil {
		return err
	}
	if doc.Package.Bounds == nil {
		return fmt.Errorf("the package does not say what region it covers")
	}
	s, err := quantized.Write(ctx, x.out, measured{g}, geo.Bound(*doc.Package.Bounds),
		quantized.Options{Unknown: doc.Package.SeaLevel, Attribution: strings.Join(doc.Credits, "; ")})
	if err == nil {
		a.summary("%s: %s to level %d, %s", x.out, count(s.Tiles, "tile"), s.MaxLevel, bytesText(s.Bytes))
	}
	return err
}

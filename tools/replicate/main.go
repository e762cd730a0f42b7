// Command replicate writes an OSM PBF file that holds an area many times over, side by
// side: real shapes in any number, for benchmarks.
//
// usage: go run ./tools/replicate -bbox W,S,E,N -buildings 250000 IN.osm.pbf OUT.osm.pbf
//
// Copies are shifted by whole sizes of the region, so that they meet but do not overlap.
// What crosses the region's edge is cut off whole: the feature is left out.
package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"math"
	"os"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/read"
)

func main() {
	bbox := flag.String("bbox", "", "region to repeat, west,south,east,north")
	buildings := flag.Int("buildings", 250000, "least number of buildings")
	only := flag.Bool("only", false, "leave out all but buildings")
	flag.Parse()
	if flag.NArg() != 2 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(*bbox, *buildings, *only, flag.Arg(0), flag.Arg(1)); err != nil {
		fmt.Fprintln(os.Stderr, "replicate:", err)
		os.Exit(1)
	}
}

func run(bbox string, buildings int, only bool, in, out string) error {
	var b geo.Bound
	if _, err := fmt.Sscanf(bbox, "%g,%g,%g,%g", &b.West, &b.South, &b.East, &b.North); err != nil {
		return fmt.Errorf("-bbox %q: %w", bbox, err)
	}
	features, count, err := tile(in, b, only)
	if err != nil {
		return err
	}
	if count == 0 {
		return errors.New("no building lies within the region")
	}
	copies := (buildings + count - 1) / count
	side := int(math.Ceil(math.Sqrt(float64(copies))))
	f, err := os.Create(out)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	buffered := bufio.NewWriterSize(f, 1<<20)
	w := newWriter(buffered)
	for k := range copies {
		dx, dy := float64(k%side)*(b.East-b.West), float64(k/side)*(b.North-b.South)
		if err := w.copy(features, dx, dy); err != nil {
			return err
		}
	}
	if err := w.close(); err != nil {
		return err
	}
	if err := buffered.Flush(); err != nil {
		return err
	}
	fmt.Printf("%d copies, %d buildings, %d features\n", copies, copies*count, copies*len(features))
	return f.Close()
}

// tile reads the features that lie wholly within the region and counts its buildings.
func tile(path string, b geo.Bound, only bool) (out []geo.Feature, buildings int, err error) {
	inside := func(p orb.Point) bool { return b.Contains(p[0], p[1]) }
	err = read.Features(context.Background(), path, read.Options{BBox: &b, Report: geo.NewReport()}, func(f geo.Feature) error {
		if f.Geometry == nil {
			return nil
		}
		box := f.Geometry.Bound()
		if !inside(box.Min) || !inside(box.Max) {
			return nil
		}
		if f.Tags["building"] != "" {
			buildings++
		} else if only {
			return nil
		}
		out = append(out, f)
		return nil
	})
	return out, buildings, err
}

// Command replicate writes a file that holds an area many times over, side by side: real
// shapes in any number, for benchmarks. The file is OSM PBF, or GeoJSON with a feature a
// line where its name ends in .geojsonl.
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
	"maps"
	"math"
	"os"
	"path/filepath"
	"strings"

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

// copies is a file being written.
type copies interface {
	copy(features []geo.Feature, dx, dy float64) error
	close() error
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
	times := (buildings + count - 1) / count
	side := int(math.Ceil(math.Sqrt(float64(times))))
	f, err := os.Create(out)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	buffered := bufio.NewWriterSize(f, 1<<20)
	var w copies
	if filepath.Ext(out) == ".geojsonl" {
		w = newLines(buffered)
	} else {
		w = newWriter(buffered)
	}
	for k := range times {
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
	fmt.Printf("%d copies, %d buildings, %d features\n", times, times*count, times*len(features))
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
		// Readers of longtake add keys of their own.
		maps.DeleteFunc(f.Tags, func(k, _ string) bool { return strings.HasPrefix(k, "longtake:") })
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

// degrees rounds to the steps that OSM keeps positions in.
func degrees(v float64) float64 { return math.Round(v*1e7) / 1e7 }

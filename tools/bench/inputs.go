package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/longtake/longtake/geo"
)

// realCity is the place that is measured: San Francisco, or the sample city.
type realCity struct {
	osm, dem string
	box      geo.Bound // of the data that is repeated
	demKeys  string    // of the raster source, with %s for its bounds, where they are needed
	demBox   geo.Bound
	data     string // the folder of all real data; "" where it is not present
}

// inputs finds or makes what is measured.
func (b *bench) inputs() error {
	if err := b.longtake(nil, nil, "sample", filepath.Join(b.dir, "sample"), "--quiet"); err != nil {
		return err
	}
	b.sample = filepath.Join(b.dir, "sample", "scene.yaml")
	b.boxes = filepath.Join(b.dir, "boxes.json")
	if err := writeBoxes(b.boxes); err != nil {
		return err
	}
	data := os.Getenv("LONGTAKE_DATA")
	if data == "" {
		data = filepath.Join("..", "shared", "data")
	}
	data, err := filepath.Abs(data)
	if err != nil {
		return err
	}
	osm := filepath.Join(data, "city-sanfrancisco", "sf-downtown.osm.pbf")
	if _, err := os.Stat(osm); err != nil {
		b.cityName, b.cityOrbit = "sample city", "-30.505,36.508,1600,700"
		b.real = realCity{
			osm: filepath.Join(b.dir, "sample", "city.osm"), dem: filepath.Join(b.dir, "sample", "N36W031.hgt"),
			box: geo.Bound{West: -30.55, South: 36.47, East: -30.45, North: 36.55},
		}
	} else {
		b.cityName, b.cityOrbit = "San Francisco", "-122.4,37.792,1600,700"
		b.real = realCity{
			osm: osm, dem: filepath.Join(data, "city-sanfrancisco", "sf-heightmap-8bit.png"), data: data,
			box: geo.Bound{West: -122.43, South: 37.77, East: -122.38, North: 37.815},
			// 1.21 m a grey level is what the float raster of the north edge says.
			demKeys: ", bounds: %s, scale: 1.21", demBox: geo.Bound{West: -122.5233, South: 37.6493, East: -122.3566, North: 37.8159},
		}
	}
	b.city, err = b.scene("city", cityScene{source: "type: osm, bbox: " + list(b.real.box), file: b.real.osm, relief: true, layers: ground + buildings + trees})
	return err
}

// Layers of scenes that are measured.
const (
	ground = `  - { id: areas, type: areas, source: city }
  - { id: water, type: water, source: city }
  - { id: roads, type: roads, source: city }
  - { id: rail, type: railways, source: city }
`
	buildings = "  - { id: buildings, type: buildings, source: city }\n"
	flat      = "  - { id: buildings, type: buildings, source: city, flat: true, levels: leaves }\n"
	trees     = "  - { id: trees, type: trees, source: city }\n"
	furniture = "  - { id: furniture, type: furniture, source: city }\n  - { id: barriers, type: barriers, source: city }\n"
	moving    = "  - { id: traffic, type: traffic, source: city }\n"
)

// cityScene is a scene over one file of features.
type cityScene struct {
	source, file string
	layers       string
	relief       bool
	over         *geo.Bound // lays the relief over this box instead of where it is
}

// scene writes a scene and gives its path.
func (b *bench) scene(name string, s cityScene) (string, error) {
	sources := fmt.Sprintf("  city: { %s, path: %q }\n", s.source, s.file)
	layers := s.layers
	if s.relief {
		box, keys := b.real.demBox, b.real.demKeys
		if s.over != nil {
			box = *s.over
			if keys == "" { // a raster that knows where it lies cannot be laid elsewhere
				s.relief = false
			}
		}
		if keys != "" {
			keys = fmt.Sprintf(keys, list(box))
		}
		if s.relief {
			sources += fmt.Sprintf("  dem: { type: raster, path: %q%s }\n", b.real.dem, keys)
			layers = "  - { id: ground, type: terrain, source: dem }\n" + layers
		}
	}
	path := filepath.Join(b.dir, name+".yaml")
	return path, os.WriteFile(path, fmt.Appendf(nil, `longtake: 1
name: %s
credits: ["© OpenStreetMap contributors", "USGS"]
sources:
%slayers:
%senvironment: { time: 2026-06-21T17:00:00-07:00 }
`, b.cityName, sources, layers), 0o644)
}

// around is a box around so many copies of the city.
func (b *bench) around(copies int) geo.Bound {
	over := b.real.box
	for side(over, b.real.box) < float64(copies) { // grows in both directions, as the copies do
		over.East += b.real.box.East - b.real.box.West
		over.North += b.real.box.North - b.real.box.South
	}
	return geo.Bound{West: over.West - 0.02, South: over.South - 0.02, East: over.East + 0.02, North: over.North + 0.02}
}

func list(b geo.Bound) string {
	return fmt.Sprintf("[%.6f, %.6f, %.6f, %.6f]", b.West, b.South, b.East, b.North)
}

// replicated is what tools/replicate has made.
type replicated struct {
	path                        string
	copies, buildings, features int
}

// replicate repeats the place until it has so many buildings.
func (b *bench) replicate(name string, least int, flags ...string) (r replicated, err error) {
	r.path = filepath.Join(b.dir, name)
	box := strings.Trim(strings.ReplaceAll(list(b.real.box), " ", ""), "[]")
	args := append([]string{"run", "./tools/replicate", "-bbox", box, "-buildings", fmt.Sprint(least)}, flags...)
	out, err := output(exec.Command("go", append(args, b.real.osm, r.path)...))
	if err != nil {
		return r, err
	}
	_, err = fmt.Sscanf(string(out), "%d copies, %d buildings, %d features", &r.copies, &r.buildings, &r.features)
	return r, err
}

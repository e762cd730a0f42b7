package main

import (
	"bufio"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
)

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
	data, err := filepath.Abs(filepath.Join(data, "city-sanfrancisco"))
	if err != nil {
		return err
	}
	b.city, b.cityName, b.cityOrbit = b.sample, "sample city", "-30.505,36.508,1600,700"
	if _, err := os.Stat(filepath.Join(data, "sf-downtown.osm.pbf")); err == nil {
		b.city, b.cityName, b.cityOrbit = filepath.Join(b.dir, "sanfrancisco.yaml"), "San Francisco", "-122.4,37.792,1600,700"
		// 1.21 m a grey level is what the float raster of the north edge says.
		scene := fmt.Sprintf(`longtake: 1
name: San Francisco
credits: ["© OpenStreetMap contributors", "USGS"]
sources:
  osm: { type: osm, path: %q, bbox: [-122.43, 37.77, -122.38, 37.815] }
  dem: { type: raster, path: %q, bounds: [-122.5233, 37.6493, -122.3566, 37.8159], scale: 1.21 }
layers:
  - { id: ground, type: terrain, source: dem }
  - { id: areas, type: areas, source: osm }
  - { id: water, type: water, source: osm }
  - { id: roads, type: roads, source: osm }
  - { id: rail, type: railways, source: osm }
  - { id: buildings, type: buildings, source: osm }
  - { id: trees, type: trees, source: osm }
environment: { time: 2026-06-21T17:00:00-07:00 }
`, filepath.Join(data, "sf-downtown.osm.pbf"), filepath.Join(data, "sf-heightmap-8bit.png"))
		return os.WriteFile(b.city, []byte(scene), 0o644)
	}
	return nil
}

// The plain city: 20,000 boxes on a grid of 25 m around a place.
const (
	boxCount   = 20000
	boxPitch   = 25.0
	boxLng     = -122.4
	boxLat     = 37.77
	boxesOrbit = "-122.4,37.77,500,220"
	boxesFOV   = "51.6"
)

// writeBoxes writes rows of {height, polygon}; the same rows every time.
func writeBoxes(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	w := bufio.NewWriter(f)
	random := rand.New(rand.NewPCG(1, 2))
	lat := 1 / 111320.0
	lng := lat / math.Cos(boxLat*math.Pi/180)
	side := int(math.Ceil(math.Sqrt(boxCount)))
	for i := range boxCount {
		x := (float64(i%side) - float64(side)/2) * boxPitch
		y := (float64(i/side) - float64(side)/2) * boxPitch
		wx, wy := 10+8*random.Float64(), 10+8*random.Float64()
		height := 5 + 50*math.Pow(random.Float64(), 3)
		sep := ",\n"
		if i == 0 {
			sep = "[\n"
		}
		fmt.Fprintf(w, `%s{"height":%.1f,"polygon":[`, sep, height)
		for k, c := range [][2]float64{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}} {
			if k > 0 {
				fmt.Fprint(w, ",")
			}
			fmt.Fprintf(w, "[%.7f,%.7f]", boxLng+(x+c[0]*wx)*lng, boxLat+(y+c[1]*wy)*lat)
		}
		fmt.Fprint(w, "]}")
	}
	fmt.Fprint(w, "\n]\n")
	return w.Flush()
}

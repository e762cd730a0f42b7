package main

import (
	"fmt"
	"os"
)

// cityCopies is how many copies the city with every layer is in the memory section: more
// would be held no longer, as the long proof of package generate shows.
const cityCopies = 4

// memory generates from a file ten times larger than the limit of memory, and with every
// layer from a smaller one.
func (b *bench) memory() (string, error) {
	limit, times, copies := int64(b.limit)*1e6, int64(10), cityCopies
	if b.small {
		times, copies = 1, 1
	}
	once, err := b.replicate("once.geojsonl", 1)
	if err != nil {
		return "", err
	}
	info, err := os.Stat(once.path)
	if err != nil {
		return "", err
	}
	over := b.around(copies)
	t := table{head: []string{"layers", "input MB", "features", "buildings", "s", "CPU s", "limit MB", "peak MB", "input / limit", "peak / limit", ""}}
	for _, c := range []struct {
		name   string
		copies int
		scene  cityScene
	}{
		{"buildings as flat prisms", int(times*limit/info.Size()) + 1, cityScene{layers: flat}},
		{"every layer, terrain and traffic", copies, cityScene{layers: ground + buildings + trees + furniture + moving, relief: true, over: &over}},
	} {
		large, err := b.replicate("large.geojsonl", c.copies*once.buildings)
		if err != nil {
			return "", err
		}
		info, err := os.Stat(large.path)
		if err != nil {
			return "", err
		}
		c.scene.source, c.scene.file = "type: vector", large.path
		scene, err := b.scene("memory", c.scene)
		if err != nil {
			return "", err
		}
		var g generateBench
		err = b.longtake(&g, nil, "bench", "generate", scene, "--max-memory", fmt.Sprint(b.limit, "MB"))
		_ = os.Remove(large.path)
		if err != nil {
			return "", err
		}
		if g.PeakRSSBytes == nil {
			return "This system does not tell the peak of memory.\n", nil
		}
		peak := float64(*g.PeakRSSBytes)
		t.row(c.name, megabytes(info.Size()), fmt.Sprint(g.Features), fmt.Sprint(g.Buildings), seconds(g.Seconds), seconds(g.CPUSeconds), megabytes(limit), g.peak(),
			fmt.Sprintf("%.1f", float64(info.Size())/float64(limit)), fmt.Sprintf("%.2f", peak/float64(limit)), against(peak, float64(limit), true))
	}
	return fmt.Sprintf(`All features of %s many times side by side, as GeoJSON, under --max-memory. The peak is the
most resident memory of the whole process, its own code and libraries included.

%s`, b.cityName, &t), nil
}

package main

import (
	"fmt"
	"os"
)

// memory generates from a file ten times larger than the limit of memory.
func (b *bench) memory() (string, error) {
	once, err := b.replicate("once.geojsonl", 1)
	if err != nil {
		return "", err
	}
	info, err := os.Stat(once.path)
	if err != nil {
		return "", err
	}
	limit := int64(b.limit) * 1e6
	copies := int(10*limit/info.Size()) + 1
	large, err := b.replicate("large.geojsonl", copies*once.buildings)
	if err != nil {
		return "", err
	}
	defer func() { _ = os.Remove(large.path) }()
	if info, err = os.Stat(large.path); err != nil {
		return "", err
	}
	scene, err := b.scene("memory", cityScene{source: "type: vector", file: large.path, layers: flat})
	if err != nil {
		return "", err
	}
	var g generateBench
	if err := b.longtake(&g, nil, "bench", "generate", scene, "--max-memory", fmt.Sprint(b.limit, "MB")); err != nil {
		return "", err
	}
	if g.PeakRSSBytes == nil {
		return "This system does not tell the peak of memory.\n", nil
	}
	t := table{head: []string{"input MB", "features", "buildings", "s", "CPU s", "limit MB", "peak MB", "input / limit", "peak / limit", ""}}
	peak := float64(*g.PeakRSSBytes)
	t.row(megabytes(info.Size()), fmt.Sprint(g.Features), fmt.Sprint(g.Buildings), seconds(g.Seconds), seconds(g.CPUSeconds), megabytes(limit), g.peak(),
		fmt.Sprintf("%.1f", float64(info.Size())/float64(limit)), fmt.Sprintf("%.2f", peak/float64(limit)), against(peak, float64(limit), true))
	return fmt.Sprintf(`All features of %s %d times side by side, as GeoJSON, of which the buildings are built
as flat prisms under --max-memory. The peak is the most resident memory of the whole process,
its own code and libraries included.

%s`, b.cityName, large.copies, &t), nil
}

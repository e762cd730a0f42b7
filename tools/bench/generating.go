package main

import (
	"fmt"
	"runtime"
	"slices"
	"time"
)

type generateBench struct {
	Features          int     `json:"features"`
	Seconds           float64 `json:"seconds"`
	CPUSeconds        float64 `json:"cpu_seconds"`
	Tiles             int     `json:"tiles"`
	Rebuilt           int     `json:"rebuilt"`
	Triangles         int     `json:"triangles"`
	Bytes             int64   `json:"bytes"`
	PeakRSSBytes      *int64  `json:"peak_rss_bytes"`
	Buildings         int     `json:"buildings"`
	BuildingTriangles int     `json:"building_triangles"`
	BuildingBytes     int64   `json:"building_bytes"`
}

func (g *generateBench) peak() string {
	if g.PeakRSSBytes == nil {
		return "not known"
	}
	return megabytes(*g.PeakRSSBytes)
}

func (g *generateBench) rate() float64 { return float64(g.Features) / g.Seconds }

// generate measures the median of some runs on so many cores, fewer where they are long.
func (b *bench) generate(cores int, args ...string) (generateBench, error) {
	var runs []generateBench
	for began := time.Now(); len(runs) == 0 || len(runs) < b.repeats && time.Since(began) < 15*time.Second; {
		var g generateBench
		if err := b.longtake(&g, []string{fmt.Sprint("GOMAXPROCS=", cores)}, append([]string{"bench", "generate"}, args...)...); err != nil {
			return g, err
		}
		runs = append(runs, g)
	}
	slices.SortFunc(runs, func(x, y generateBench) int { return int(1e3 * (x.Seconds - y.Seconds)) })
	return runs[len(runs)/2], nil
}

// generating measures each input on one core and on all.
func (b *bench) generating() (string, error) {
	t := table{head: []string{"input", "cores", "features", "s", "CPU s", "features/s", "triangles/building", "bytes/building", "package MB", "peak MB"}}
	seen := map[string]bool{}
	for _, in := range []struct{ name, path string }{{b.cityName, b.city}, {"sample city", b.sample}, {"20,000 boxes", b.boxes}} {
		if seen[in.name] {
			continue
		}
		seen[in.name] = true
		for _, cores := range []int{1, runtime.NumCPU()} {
			g, err := b.generate(cores, in.path)
			if err != nil {
				return t.String(), err
			}
			n := float64(g.Buildings)
			t.row(in.name, fmt.Sprint(cores), fmt.Sprint(g.Features), seconds(g.Seconds), seconds(g.CPUSeconds), whole(g.rate()),
				per(g.BuildingTriangles, n), per(g.BuildingBytes, n), megabytes(g.Bytes), g.peak())
		}
	}
	return `Features are what was read; time is from reading to the finished package, a median of three
runs, or of those that began within 15 s. Triangles are those of the finest level, bytes
those of all levels, both of buildings alone.

` + t.String(), nil
}

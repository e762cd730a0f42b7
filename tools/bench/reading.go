package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"syscall"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/read"
)

// reading measures readers of features on one core each.
func (b *bench) reading() (string, error) {
	if b.real.data == "" {
		return "The real data is not here.\n", nil
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	t := table{head: []string{"format", "file", "MB", "features", "features/CPU s", "MB/CPU s"}}
	for _, in := range [][2]string{
		{"OSM PBF", "city-sanfrancisco/sf-downtown.osm.pbf"},
		{"OSM XML", "city-beijing/haidian.osm"},
		{"GeoJSON", "city-newyork/manhattan-buildings.json"},
		{"MVT in MBTiles", "city-honolulu/honolulu.mbtiles"},
		{"MVT in PMTiles", "tiles/firenze.pmtiles"},
		{"CityJSONSeq", "city-delft/3dbag.city.jsonl"},
		{"Shapefile", "city-boston/boston-streets-utm19n.shp"},
	} {
		path := filepath.Join(b.real.data, filepath.FromSlash(in[1]))
		info, err := os.Stat(path)
		if err != nil {
			continue
		}
		n, times := 0, 0
		began := processor()
		for ; times == 0 || processor()-began < 1; times++ {
			err := read.Features(context.Background(), path, read.Options{Report: geo.NewReport()}, func(geo.Feature) error { n++; return nil })
			if err != nil {
				return t.String(), err
			}
		}
		took := processor() - began
		t.row(in[0], in[1], megabytes(info.Size()), fmt.Sprint(n/times), whole(float64(n)/took), fmt.Sprintf("%.1f", float64(info.Size())*float64(times)/1e6/took))
	}
	return "From the file to cleaned features in memory, one at a time, on one core.\n\n" + t.String(), nil
}

// processor is the time in seconds that this process has worked.
func processor() float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return float64(u.Utime.Sec+u.Stime.Sec) + 1e-6*float64(u.Utime.Usec+u.Stime.Usec)
}

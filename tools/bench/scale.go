package main

import (
	"fmt"
	"runtime"

	"github.com/longtake/longtake/geo"
)

// pg2b3dm is the best run of pg2b3dm that its authors have published, in features a
// second; they do not name the machine.
const pg2b3dm = 3828.0

// scale measures a place repeated to very many buildings, from PBF to package.
func (b *bench) scale() (string, error) {
	alone, err := b.replicate("buildings.osm.pbf", b.buildings, "-only")
	if err != nil {
		return "", err
	}
	entire, err := b.replicate("city.osm.pbf", b.cityBuildings)
	if err != nil {
		return "", err
	}
	over := b.around(entire.copies)
	t := table{head: []string{"what", "features", "buildings", "s", "CPU s", "features/s", "buildings/s", "buildings/CPU s", "triangles/building", "bytes/building", "package MB", "peak MB"}}
	goals := table{head: []string{"what", "features/s per core", "goal", "", "features/s on all cores", "of pg2b3dm's 3,828"}}
	for _, in := range []struct {
		name string
		goal float64
		city cityScene
	}{
		{"flat prisms, finest level only", 25000, cityScene{file: alone.path, layers: flat}},
		{"roofs, facades, all levels", 6000, cityScene{file: alone.path, layers: buildings}},
		{"with ground, streets, trees, furniture, traffic", 0, cityScene{file: entire.path, layers: ground + buildings + trees + furniture + moving, relief: true, over: &over}},
	} {
		in.city.source = "type: osm"
		path, err := b.scene("scale", in.city)
		if err != nil {
			return t.String(), err
		}
		g, err := b.generate(runtime.NumCPU(), path)
		if err != nil {
			return t.String(), err
		}
		n, core := float64(g.Buildings), float64(g.Features)/g.CPUSeconds
		t.row(in.name, fmt.Sprint(g.Features), fmt.Sprint(g.Buildings), seconds(g.Seconds), seconds(g.CPUSeconds), whole(g.rate()), whole(n/g.Seconds),
			whole(n/g.CPUSeconds), per(g.BuildingTriangles, n), per(g.BuildingBytes, n), megabytes(g.Bytes), g.peak())
		goal, ratio := "-", ""
		if in.goal > 0 {
			goal, ratio = whole(in.goal), against(core, in.goal, false)
		}
		goals.row(in.name, whole(core), goal, ratio, whole(g.rate()), fmt.Sprintf("%.2f ×", g.rate()/pg2b3dm))
	}
	return fmt.Sprintf(`%s side by side: %d × with nothing but its buildings (%d), and %d × whole
(%d buildings among %d features; one relief is laid over all of it), from OSM PBF to
the finished package, quantised and compressed with meshopt. One run each on all cores; per core is
by processor seconds.

%s
%s
pg2b3dm's figure is the best run that its authors have published; it extrudes rows of a
database on hardware that they do not name, so that the ratio compares no more than the
words on both sides.
`, b.cityName, alone.copies, alone.buildings, entire.copies, entire.buildings, entire.features, &t, &goals), nil
}

// side is how many copies of a box another holds.
func side(of, box geo.Bound) float64 {
	return (of.East - of.West) / (box.East - box.West) * (of.North - of.South) / (box.North - box.South)
}

package main

import "fmt"

// parts measures single steps of generating by their Go benchmarks.
func (b *bench) parts() (string, error) {
	t := table{head: []string{"what", "figure"}}
	for _, p := range []struct{ pkg, pattern, long, name, unit, what string }{
		{"./geo/building/skeleton", "BuildL", "1s", "BuildL", "roofs/s", "straight-skeleton roofs over an L, on one core"},
		{"./geo/building", "City/flat", "1x", "City/flat", "buildings/cpu-s", "San Francisco's buildings as flat prisms, from features to meshes"},
		{"./geo/building", "City/full", "1x", "City/full", "buildings/cpu-s", "the same with roofs and facades, at the finest level"},
		{"./geo/building", "City/levels", "1x", "City/levels", "buildings/cpu-s", "the same with all coarser levels"},
		{"./geo/terrain/quantized", "Write", "1x", "Write", "Mtri/s", "quantized-mesh terrain of the whole globe to level 4, files included, on all cores"},
	} {
		all, err := goBench(p.pkg, p.pattern, p.long)
		if err != nil {
			return t.String(), err
		}
		for _, f := range all {
			if v, ok := f.values[p.unit]; ok && f.name == p.name {
				t.row(p.what, fmt.Sprintf("%.4g %s", v, p.unit))
			}
		}
	}
	return t.String(), nil
}

package main

import (
	"errors"
	"fmt"
	"strings"
)

// terrain measures meshes of a height grid beside Martini's, in one run.
func (b *bench) terrain() (string, error) {
	all, err := goBench("./geo/terrain/tin", "Mesh", "1s")
	if err != nil {
		return "", err
	}
	t := table{head: []string{"asked error", "mesh", "cores", "Mtri/s", "ms/grid", "Martini ms/grid", "speed / Martini's", "goal 3", "triangles / Martini's", "goal 0.6"}}
	for _, f := range all {
		name := strings.Split(strings.TrimPrefix(f.name, "Mesh/"), "/")
		theirs, known := f.values["martini-ms/grid"]
		if len(name) != 3 || !known {
			continue
		}
		speed, triangles := f.values["speed/martini's"], f.values["triangles/martini's"]
		t.row(strings.Replace(name[0], "m", " m", 1), name[1], strings.TrimSuffix(name[2], "cores"), fmt.Sprintf("%.2f", f.values["Mtri/s"]), fmt.Sprintf("%.1f", f.values["ms/grid"]), fmt.Sprintf("%.1f", theirs),
			fmt.Sprintf("%.2f", speed), against(speed, 3, false), fmt.Sprintf("%.2f", triangles), against(triangles, 0.6, true))
	}
	if len(t.rows) == 0 {
		return "", errors.New("the peer Martini did not run: it needs Node, npm ci and the real data of Andorra")
	}
	return `513 x 513 nodes of the Pyrenees (SRTM, three arc seconds). Martini (npm @mapbox/martini,
its pyramid of errors and its mesh, on one core, as it has no other way) is asked for an error;
what its mesh really deviates from the nodes at most is measured, and the mesh here is made to
that same error. A millisecond figure on several cores is a grid each, divided by them.

` + t.String(), nil
}

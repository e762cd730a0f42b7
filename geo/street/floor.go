package street

// floorLong is how long in metres a way may be that is taken for one on a floor: a layer is
// also said of long ones, for a culvert below them.
const floorLong = 400.0

// floorGrade is how steep ramps to floors of parking houses are: 15 %, and short ones 20 %
// (EAR 05, FGSV).
const floorGrade = 0.18

// FloorCarried is what is noted of a way that is carried above what it crosses.
const FloorCarried = "way on a higher layer carried above what it crosses, though it is no bridge"

// floored tells whether a drive or a square says to lie on a higher layer than the ground
// without being a bridge, as aisles on the roof of a parking house do. Paths of parks on
// roofs say so, too, but reach over whole quarters; a street says so for a culvert.
func floored(tags map[string]string) bool {
	if layerOf(tags) < 1 || tags["bridge"] != "" || tags["embankment"] != "" || bridged(tags) || tunnel(tags) {
		return false
	}
	_, st, ok := classOf(tags)
	return ok && st.tier == access && tags["aeroway"] == ""
}

// carry finds the floors that are carried: those that cross a way of a lower layer without
// meeting it, and those that lead from these. What else says that it is on a higher layer
// lies on the ground, as no one could tell how high.
func (v *solver) carry() {
	some := false
	for _, c := range v.crossings() {
		if w := &v.ways[c.over]; w.floor && !w.bridge {
			w.bridge, some = true, true
		}
	}
	at := map[int][]int{} // floors by their vertices
	for i, line := range v.line {
		if v.ways[i].floor {
			for _, k := range line {
				at[k] = append(at[k], i)
			}
		}
	}
	for grown := some; grown; {
		grown = false
		for i, line := range v.line {
			if w := &v.ways[i]; !w.floor || !w.bridge {
				continue
			}
			for _, k := range line {
				for _, o := range at[k] {
					if w := &v.ways[o]; !w.bridge {
						w.bridge, grown = true, true
					}
				}
			}
		}
	}
	for k := range v.verts {
		v.verts[k].bridge, v.verts[k].floor = true, true
	}
	for i, line := range v.line {
		w := &v.ways[i]
		w.floor = w.floor && w.bridge
		for _, k := range line {
			n := &v.verts[k]
			n.bridge, n.floor = n.bridge && w.bridge, n.floor && w.floor
		}
	}
}

// fixed tells whether a vertex is as high as the ground. A bridge that ends comes down to
// it; a floor that leads nowhere does not.
func (v *solver) fixed(k int) bool {
	n := &v.verts[k]
	return !n.bridge || len(n.edges) == 1 && !n.floor
}

// carry makes bridges of the floors that the survey found to be carried.
func (n *network) carry(heights *Heights) {
	for i := range n.ways {
		w := &n.ways[i]
		if p := heights.of(w); w.floor && p != nil && p.floor {
			w.bridge = true
		}
	}
}

package cover

import (
	"math"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/clean"
)

// way is one line of a road feature on its way to triangles.
type way struct {
	feature     int
	class       string
	style       roadStyle
	width       float64
	line        [][2]float64
	layer       int // OSM layer, of bridges
	bridge      bool
	first, last nodeKey
}

// nodeKey is a position in plan metres: ways that share an OSM node share it exactly.
type nodeKey [2]float64

// arm is one way that leaves a node.
type arm struct {
	dir    [2]float64
	style  roadStyle
	width  float64
	bridge bool
	way    int
}

// network is all ways that are drawn and where they meet.
type network struct {
	ways []way
	arms map[nodeKey][]arm
	owns func(feature int) bool
}

// Roads builds the ways that lie on the ground: roads, paths, rails, runways, with
// plates where they meet. Bridges are left to Bridges, tunnels are left out.
func Roads(in Input, layer string) []Patch {
	net := in.network()
	var out []Patch
	for _, part := range parallel(len(net.ways), func(i int) []Patch { return net.patch(i, layer) }) {
		out = append(out, part...)
	}
	in.Report.Made("road", len(out))
	return append(out, net.junctions(layer)...)
}

// network collects the drawn ways of all features.
func (in *Input) network() *network {
	net := &network{arms: map[nodeKey][]arm{}, owns: in.owns}
	for _, part := range parallel(len(in.Features), in.waysOf) {
		net.ways = append(net.ways, part...)
	}
	for i := range net.ways {
		w := &net.ways[i]
		for k, p := range w.line {
			for _, step := range [2]int{-1, 1} {
				if j := k + step; j >= 0 && j < len(w.line) {
					q, l := w.line[j], dist(w.line[j], p)
					net.arms[p] = append(net.arms[p], arm{[2]float64{(q[0] - p[0]) / l, (q[1] - p[1]) / l}, w.style, w.width, w.bridge, i})
				}
			}
		}
	}
	return net
}

func (in *Input) waysOf(i int) []way {
	in = in.on(i)
	f := &in.Features[i]
	class, style, ok := classOf(f.Tags)
	if !ok || f.Tags["area"] == "yes" || isPolygon(f.Geometry) || tunnel(f.Tags) {
		return nil
	}
	w := way{feature: i, class: class, style: style, width: roadWidth(f.Tags, style)}
	if b := f.Tags["bridge"]; b != "" && b != "no" {
		w.bridge, w.layer = true, 1
		if l, ok := clean.Number(f.Tags["layer"]); ok {
			w.layer = int(max(0, min(l, 5)))
		}
	}
	var out []way
	for _, ls := range linesOf(f.Geometry) {
		line, ok := in.planLine(ls)
		if !ok || len(line) < 2 {
			in.Report.Skip(f.ID, "line without extent or far outside")
			continue
		}
		w.line, w.first, w.last = line, line[0], line[len(line)-1]
		out = append(out, w)
	}
	return out
}

// tunnel tells whether a way runs out of sight.
func tunnel(tags map[string]string) bool {
	if t := tags["tunnel"]; t != "" && t != "no" {
		return true
	}
	l := tags["layer"]
	return tags["covered"] == "yes" || tags["indoor"] == "yes" || tags["location"] == "underground" ||
		len(l) > 1 && l[0] == '-' && tags["bridge"] == ""
}

// patch is the ribbon of a way on the ground.
func (net *network) patch(i int, layer string) []Patch {
	w := &net.ways[i]
	if w.bridge || !net.owns(w.feature) {
		return nil
	}
	s := ribbon(w.line, w.width/2, net.endsOf(i))
	if len(s.indices) == 0 {
		return nil
	}
	return []Patch{{Layer: layer, Material: w.style.material, Color: w.style.color, Bias: w.style.bias, Feature: w.feature,
		Class: w.class, Points: s.points, UV: s.uv, Indices: s.indices, Width: w.width}}
}

// endsOf says how a way's ribbon ends: mitred to its only neighbour, capped where it
// ends alone, square where a plate or a wider way covers the end.
func (net *network) endsOf(i int) (e ends) {
	w := &net.ways[i]
	if w.first == w.last {
		return e
	}
	end := func(k nodeKey) (dir [2]float64, round bool) {
		arms := net.arms[k]
		if len(arms) == 1 {
			return dir, true
		}
		if len(arms) == 2 && arms[0].way != arms[1].way {
			for _, a := range arms {
				if a.way != i && a.style.bias >= drivable == (w.style.bias >= drivable) {
					return a.dir, false
				}
			}
		}
		return dir, false
	}
	e.before, e.capStart = end(w.first)
	e.after, e.capEnd = end(w.last)
	return e
}

// junctions are plates where three or more arms of drivable ways, or of lesser ways
// among themselves, meet on the ground. A way that only touches a greater one needs
// none: it ends under it.
func (net *network) junctions(layer string) []Patch {
	var out []Patch
	done := map[nodeKey]bool{}
	for i := range net.ways {
		for _, p := range net.ways[i].line {
			k := nodeKey(p)
			if done[k] || len(net.arms[k]) < 3 {
				continue
			}
			done[k] = true
			if patch, ok := net.junction(p, net.arms[k], layer); ok {
				out = append(out, patch)
			}
		}
	}
	return out
}

func (net *network) junction(p [2]float64, arms []arm, layer string) (Patch, bool) {
	top := 0
	for i, a := range arms {
		if a.style.material != geo.Rail && (arms[top].style.material == geo.Rail || a.style.bias > arms[top].style.bias) {
			top = i
		}
	}
	t := arms[top]
	if t.style.material == geo.Rail || !net.owns(net.ways[t.way].feature) {
		return Patch{}, false
	}
	least := t.style.bias
	if least >= drivable {
		least = drivable
	}
	n, widest := 0, 0.0
	for _, a := range arms {
		if a.style.bias < least || a.style.material == geo.Rail {
			continue
		}
		if a.bridge {
			return Patch{}, false
		}
		n++
		widest = math.Max(widest, a.width)
	}
	if n < 3 {
		return Patch{}, false
	}
	// The plate is the hull of the arms' edges as far out as the widest way reaches, and
	// a stop line's breadth on roads.
	reach := widest / 2
	if t.style.bias >= drivable {
		reach = math.Min(reach+1, 12)
	}
	var corners [][2]float64
	for _, a := range arms {
		if a.style.bias < least || a.style.material == geo.Rail {
			continue
		}
		h := a.width / 2
		for _, side := range [2]float64{-h, h} {
			corners = append(corners, [2]float64{p[0] + a.dir[0]*reach - a.dir[1]*side, p[1] + a.dir[1]*reach + a.dir[0]*side})
		}
	}
	hull := convexHull(corners)
	if len(hull) < 3 {
		return Patch{}, false
	}
	w := &net.ways[t.way]
	bias := t.style.bias
	if bias >= drivable {
		bias = junctionBias
	}
	s := plate(hull)
	return Patch{Layer: layer, Material: t.style.material, Color: t.style.color, Bias: bias, Feature: w.feature,
		Class: w.class, Points: s.points, UV: s.uv, Indices: s.indices, Width: widest}, true
}

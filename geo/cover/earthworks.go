package cover

import (
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/clean"
	"github.com/longtake/longtake/geo/terrain"
)

// Limits of earthworks.
const (
	minBed     = 3.0   // metres: narrower ways follow the ground
	shoulder   = 1.0   // metres that are level beside a way
	maxRelief  = 8.0   // metres of ground under a building: on more it stands by its walls
	maxOutline = 400.0 // metres: a larger building is no pad
)

// Earthworks are what the features do to the ground: roads and railways that lie on it are
// level across their width, streams and rivers level across and falling along, buildings
// stand level. Elevation is the natural ground. Each feature's depend on nothing else, so
// the earthworks of a part are a part of the earthworks.
func Earthworks(in Input) terrain.Shapes {
	var out terrain.Shapes
	for _, s := range parallel(len(in.Features), func(i int) terrain.Shapes { return in.earthworksOf(i) }) {
		out.Pads, out.Corridors = append(out.Pads, s.Pads...), append(out.Corridors, s.Corridors...)
	}
	return out
}

func (in *Input) earthworksOf(i int) (out terrain.Shapes) {
	if in.Elevation == nil || !in.owns(i) {
		return out
	}
	f := &in.Features[i]
	if v := f.Tags["building"]; v != "" && v != "no" {
		if pad, ok := in.pad(i); ok {
			out.Pads = append(out.Pads, pad)
		}
		return out
	}
	bed, width := terrain.RoadBed, 0.0
	if _, style, ok := classOf(f.Tags); ok {
		if b := f.Tags["bridge"]; b != "" && b != "no" || f.Tags["area"] == "yes" || isPolygon(f.Geometry) || tunnel(f.Tags) {
			return out
		}
		width = roadWidth(f.Tags, style)
	} else if w, ok := streamWidth(f.Tags); ok {
		bed, width = terrain.StreamBed, w
	}
	if width < minBed {
		return out
	}
	for _, ls := range linesOf(f.Geometry) {
		points, ok := in.planLine(ls)
		if !ok || len(points) < 2 {
			continue
		}
		line := make(orb.LineString, len(points))
		for k, p := range points {
			line[k] = p
		}
		if c, ok := bed(line, width/2+shoulder, in.natural, terrain.Bank{}); ok {
			out.Corridors = append(out.Corridors, c)
		}
	}
	return out
}

// streamWidth is the width in metres of a waterway that flows in the open.
func streamWidth(tags map[string]string) (float64, bool) {
	w, ok := streamWidths[tags["waterway"]]
	if !ok || underground(tags) || tunnel(tags) {
		return 0, false
	}
	if tagged, ok := clean.Length(tags["width"]); ok && tagged > 0.1 && tagged < 500 {
		w = tagged
	}
	return w, true
}

func (in *Input) natural(x, y float64) (float64, bool) { return in.ground([2]float64{x, y}) }

// pad is the level ground under a building that stands on it.
func (in *Input) pad(i int) (terrain.Pad, bool) {
	f := &in.Features[i]
	if h, ok := clean.Length(f.Tags["min_height"]); ok && h > 0 {
		return terrain.Pad{}, false
	}
	if n, ok := clean.Number(f.Tags["building:min_level"]); ok && n > 0 {
		return terrain.Pad{}, false
	}
	if n, ok := clean.Number(f.Tags["layer"]); ok && n != 0 || f.Tags["location"] == "underground" || f.Tags["building"] == "bridge" {
		return terrain.Pad{}, false
	}
	polygons := polygonsOf(f.Geometry)
	if len(polygons) != 1 {
		return terrain.Pad{}, false
	}
	rings, ok := in.planRings(polygons[0])
	if !ok {
		return terrain.Pad{}, false
	}
	outline := fromRings(rings)
	if b := outline.Bound(); max(b.Max[0]-b.Min[0], b.Max[1]-b.Min[1]) > maxOutline {
		return terrain.Pad{}, false
	}
	pad, relief, ok := terrain.BuildingPad(outline, in.natural, terrain.Bank{Slope: 1, Reach: 6})
	return pad, ok && relief <= maxRelief
}

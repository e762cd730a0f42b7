package cover

import (
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/clean"
	"github.com/longtake/longtake/geo/near"
	"github.com/longtake/longtake/geo/terrain"
)

// Limits of earthworks.
const (
	minBed     = 3.0   // metres: narrower streams follow the ground
	bankWide   = 1.0   // metres that are level beside a stream
	maxDig     = 4.0   // metres that a stream's bed may be cut into the elevation
	maxRelief  = 2.5   // metres of ground under a building: on more it stands by its walls
	padVerge   = 3.0   // metres that are level around a building
	maxOutline = 400.0 // metres: a larger building is no pad
)

// Pads are the level ground that buildings stand on. Elevation is the bare ground. Each
// depends on its feature alone; all counts every polygon as a building.
func Pads(in Input, all bool) (out []terrain.Pad) {
	if in.Elevation == nil {
		return nil
	}
	for i := range in.Features {
		v := in.Features[i].Tags["building"]
		_, work := near.Works(&in.Features[i])
		if in.owns(i) && (all || work || v != "" && v != "no") {
			if pad, ok := in.pad(i); ok {
				out = append(out, pad)
			}
		}
	}
	return out
}

// Beds are the ground that streams and rivers flow in: level across, falling along. Each
// depends on its feature alone.
func Beds(in Input) (out []terrain.Corridor) {
	if in.Elevation == nil {
		return nil
	}
	for i := range in.Features {
		f := &in.Features[i]
		width, ok := streamWidth(f.Tags)
		if !ok || width < minBed || !in.owns(i) {
			continue
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
			if c, ok := terrain.StreamBed(line, width/2+bankWide, in.natural, terrain.Bank{}); ok {
				in.hold(&c)
				out = append(out, c)
			}
		}
	}
	return out
}

// hold keeps a bed near the ground: a line that is drawn upstream, or that a dam holds
// back, has no bed through the hill.
func (in *Input) hold(c *terrain.Corridor) {
	for k, p := range c.Line {
		if g, ok := in.natural(p[0], p[1]); ok {
			c.Heights[k] = min(max(c.Heights[k], g-maxDig), g+1)
		}
	}
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
	polygons := geo.Polygons(f.Geometry)
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
	pad, relief, ok := terrain.BuildingPad(outline, in.natural, terrain.Bank{Slope: 1, Reach: 6, Verge: padVerge})
	return pad, ok && relief <= maxRelief
}

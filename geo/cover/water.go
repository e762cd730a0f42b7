package cover

import (
	"math"
	"sort"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/clean"
)

// Colours of water before its shading model adds sky and waves: what comes back from
// below the surface.
var (
	seaColor   = rgb(28, 62, 78)
	lakeColor  = rgb(40, 74, 82)
	riverColor = rgb(48, 78, 80)
	poolColor  = rgb(86, 158, 172)
)

// streamWidths are the widths in metres of waterways without a width tag. Classes that
// are not here are not drawn.
var streamWidths = map[string]float64{
	"river": 12, "canal": 8, "stream": 2.5, "tidal_channel": 5, "drain": 1.5, "ditch": 1,
}

// Water builds lakes, reservoirs, rivers and streams. Still water is flat: its Level is
// the 10th percentile of the ground under its outline, so that noise in the elevation
// does not lift it over its shore. Flowing water lies on the ground.
func Water(in Input, layer string) []Patch {
	var out []Patch
	for _, part := range parallel(len(in.Features), func(i int) []Patch { return in.waterOf(i, layer) }) {
		out = append(out, part...)
	}
	in.Report.Made("water", len(out))
	return out
}

// waterKind sorts a feature: still or flowing area, pool, waterway line, or nothing.
func waterKind(tags map[string]string) (class string, color [4]uint8, still bool) {
	flowing := func(v string) bool {
		switch v {
		case "river", "canal", "stream", "ditch", "drain", "rapids", "riverbank", "tidal_channel", "stream_pool":
			return true
		}
		return false
	}
	switch {
	case tags["leisure"] == "swimming_pool" || tags["amenity"] == "fountain":
		return "leisure=swimming_pool", poolColor, false
	case tags["natural"] == "water" || tags["water"] != "" && tags["natural"] == "":
		if flowing(tags["water"]) {
			return "water=" + tags["water"], riverColor, false
		}
		return "natural=water", lakeColor, true
	case tags["waterway"] == "riverbank":
		return "waterway=riverbank", riverColor, false
	case tags["waterway"] == "dock" || tags["landuse"] == "reservoir" || tags["landuse"] == "basin":
		return "landuse=reservoir", lakeColor, true
	case tags["landuse"] == "salt_pond" || tags["landuse"] == "aquaculture":
		return "landuse=" + tags["landuse"], lakeColor, true
	}
	return "", riverColor, false
}

func (in *Input) waterOf(i int, layer string) []Patch {
	f := &in.Features[i]
	if !in.owns(i) {
		return nil
	}
	if underground(f.Tags) || f.Tags["tunnel"] != "" && f.Tags["tunnel"] != "no" || f.Tags["covered"] == "yes" || f.Tags["intermittent"] == "yes" && f.Tags["waterway"] == "" {
		return nil
	}
	if class, color, still := waterKind(f.Tags); class != "" {
		var out []Patch
		for _, poly := range geo.Polygons(f.Geometry) {
			for _, a := range in.fill(poly, f.ID) {
				a.Layer, a.Material, a.Color, a.Class, a.Feature, a.Bias = layer, geo.Water, color, class, i, waterBias
				if still {
					a.Level = in.level(a.rings[0])
				}
				out = append(out, a.Patch)
			}
		}
		return out
	}
	way := f.Tags["waterway"]
	w, drawn := streamWidths[way]
	if !drawn {
		return nil
	}
	if tagged, ok := clean.Length(f.Tags["width"]); ok && tagged > 0.1 && tagged < 500 {
		w = tagged
	}
	var out []Patch
	for _, ls := range linesOf(f.Geometry) {
		line, ok := in.planLine(ls)
		if !ok || len(line) < 2 {
			in.Report.Skip(f.ID, "line without extent or far outside")
			continue
		}
		r := ribbon(line, w/2, ends{capStart: true, capEnd: true})
		out = append(out, Patch{Layer: layer, Material: geo.Water, Color: riverColor, Bias: waterBias, Feature: i,
			Class: "waterway=" + way, Points: r.points, UV: metresUV(r.points), Indices: r.indices, Width: w})
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

// level is the 10th percentile of the ground along an outline; nil where nothing is known.
func (in *Input) level(ring [][2]float64) *float64 {
	var hs []float64
	step := 1 + len(ring)/512
	for i := 0; i < len(ring); i += step {
		if h, ok := in.ground(ring[i]); ok && !math.IsNaN(h) {
			hs = append(hs, h)
		}
	}
	if len(hs) == 0 {
		return nil
	}
	sort.Float64s(hs)
	h := hs[len(hs)/10]
	return &h
}

// SeaPatches fills the polygons of Sea with flat water at a height above the ellipsoid.
func SeaPatches(sea orb.MultiPolygon, layer string, level float64, report *geo.Report) []Patch {
	var out []Patch
	for _, poly := range sea {
		rings := toRings(poly)
		points, indices, ok := triangulate(rings)
		if !ok {
			report.Note("sea filled with gaps: coastline crosses itself")
		}
		if len(indices) == 0 {
			continue
		}
		h := level
		p := Patch{Layer: layer, Material: geo.Water, Color: seaColor, Bias: seaBias, Feature: -1, Class: "sea",
			Points: points, UV: metresUV(points), Indices: indices, Level: &h}
		p.Width = width(rings, p.Area())
		out = append(out, p)
	}
	report.Made("sea", len(out))
	return out
}

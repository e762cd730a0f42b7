package street

import (
	"math"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/clean"
	"github.com/longtake/longtake/geo/earth"
)

// planLine projects a line and drops repeated points; ok is false where a position is not
// a number or lies so far away that the plan folds over.
func planLine(f *earth.Frame, ls []orb.Point) (out []pt, ok bool) {
	out = make([]pt, 0, len(ls))
	for _, p := range ls {
		if !(math.Abs(p[0]) <= 360 && math.Abs(p[1]) <= 90) {
			return nil, false
		}
		v := f.ToLocal(earth.Place{Lng: p[0], Lat: p[1]}.ECEF())
		if v[2] < -350e3 {
			return nil, false
		}
		q := pt{v[0], v[1]}
		if n := len(out); n > 0 && dist(out[n-1], q) < 1e-3 {
			continue
		}
		out = append(out, q)
	}
	return out, true
}

// waysOf are the lines of a feature that are drawn; bad ones are handed to skip.
func waysOf(frame *earth.Frame, i int, f *geo.Feature, skip func(id, reason string)) []way {
	class, st, ok := classOf(f.Tags)
	if !ok || f.Tags["area"] == "yes" || tunnel(f.Tags) {
		return nil
	}
	var lines []orb.LineString
	switch g := f.Geometry.(type) {
	case orb.LineString:
		lines = []orb.LineString{g}
	case orb.MultiLineString:
		lines = g
	default:
		return nil
	}
	w := way{feature: i, id: f.ID, class: class, style: st, tags: f.Tags}
	if p, ok := f.Foot(); ok {
		w.foot[0], w.foot[1] = frame.Plan(p[0], p[1])
	}
	w.layer = layerOf(f.Tags)
	if bridged(f.Tags) {
		w.bridge = true
		if _, ok := clean.Number(f.Tags["layer"]); !ok {
			w.layer = 1
		}
	}
	w.aisle = f.Tags["service"] == "parking_aisle"
	floor := floored(f.Tags)
	var out []way
	for k, ls := range lines {
		line, ok := planLine(frame, ls)
		if !ok || len(line) < 2 {
			skip(f.ID, "line without extent or far outside")
			continue
		}
		lng, lat := frame.Unplan(line[0][0], line[0][1])
		w.line, w.part, w.section = line, k, sectionOf(f.Tags, &st, RegionAt(lng, lat))
		w.floor = floor && lineLength(line) <= floorLong
		if s := f.Tags["surface"]; st.tier >= access && unpaved(s) {
			w.style.material, w.style.color, w.style.lines = geo.Path, rgb(150, 136, 112), false
		}
		out = append(out, w)
	}
	return out
}

func unpaved(s string) bool {
	switch s {
	case "unpaved", "gravel", "dirt", "earth", "ground", "grass", "sand", "fine_gravel", "compacted", "pebblestone", "mud":
		return true
	}
	return false
}

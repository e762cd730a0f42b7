package building

import (
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
)

// kind tells whether tags make a feature a building or a part of one.
func kind(tags map[string]string, opts Options) (part bool, class string, ok bool) {
	off := func(v string) bool { return v == "" || v == "no" || v == "false" || v == "0" }
	if underground(tags) || gone(tags) != "" {
		return false, "", false
	}
	if v := tags["building:part"]; !off(v) {
		return true, v, true
	}
	v := tags["building"]
	switch {
	case !off(v):
		if v == "true" || v == "1" {
			v = "yes"
		}
		return false, v, true
	case v == "" && tags["kind"] == "building_part":
		return true, "yes", true
	case v == "" && (opts.All || tags["kind"] == "building"):
		return false, "yes", true
	}
	return false, "", false
}

// underground tells whether a building lies wholly below the ground: by its location, or by
// storeys that are all below it. A layer below zero alone does not say so: it is the order of
// what crosses. With one, what is covered, parking or only has storeys below is; for the rest
// see buried.
func underground(tags map[string]string) bool {
	switch tags["location"] {
	case "underground":
		return true
	case "surface", "overground", "roof":
		return false
	}
	if tags["building"] == "underground" {
		return true
	}
	below := tags["building:levels:underground"] != "" && tags["building:levels:underground"] != "0"
	if below && tags["building:levels"] == "0" && tags["height"] == "" && tags["roof:levels"] == "" {
		return true
	}
	return sunk(tags) && (below && tags["building:levels"] == "" && tags["height"] == "" || tags["covered"] == "yes" || tags["parking"] == "underground" ||
		tags["tunnel"] != "" && tags["tunnel"] != "no" || tags["indoor"] == "yes" || strings.HasPrefix(tags["max_level"], "-"))
}

// sunk tells whether a layer below zero is set.
func sunk(tags map[string]string) bool { return strings.HasPrefix(tags["layer"], "-") }

var states = [...]string{"demolished", "razed", "removed", "destroyed", "collapsed", "proposed", "planned"}

// gone are the states in which a building is not there, or not yet: as a value of building or
// building:part, or as a key of its own.
func gone(tags map[string]string) string {
	first := len(states)
	for key, v := range tags { // in any order: the first of the states counts
		switch {
		case key == "building" || key == "building:part":
		case v == "yes":
			v = key
		default:
			continue
		}
		if i := slices.Index(states[:first], v); i >= 0 {
			first = i
		}
	}
	if first == len(states) {
		return ""
	}
	return states[first]
}

// osmTags are a feature's tags in OSM's keys, and whether they differ from its own.
func osmTags(f *geo.Feature, opts Options) (tags map[string]string, changed bool) {
	if opts.All || f.Tags["building"] == "" && f.Tags["building:part"] == "" {
		return translate(f.Tags), true
	}
	return f.Tags, false
}

// blind tells whether tags describe something without windows: a monument, a mast.
func blind(tags map[string]string) bool {
	switch tags["man_made"] {
	case "", "bridge", "works", "pier", "lighthouse":
	default:
		return true
	}
	switch tags["historic"] {
	case "monument", "memorial", "city_gate", "archaeological_site", "ruins", "aqueduct", "wayside_shrine":
		return true
	}
	return tags["building:part"] == "column" || tags["building:part"] == "pillar" || tags["tourism"] == "artwork"
}

// found is a feature that is a building or a part of one.
type found struct {
	*geo.Feature
	class      string
	part, mine bool
	many       bool // an area of several pieces
	box        orb.Bound
}

// line is a way that buildings ask for, with its box in degrees.
type line struct {
	f   *geo.Feature
	box orb.Bound
}

// Cuts tells whether a feature that is no building shapes one that it crosses: a way through
// it, or an edge of its roof.
func Cuts(f *geo.Feature) bool { return isPassage(f) || isRoofLine(f) }

// Apart tells whether a feature that may be a building may be more or less than one: a part, an
// area of several pieces, or one below the ground. What touches none of these is built by itself.
func Apart(f *geo.Feature) bool {
	m, _ := f.Geometry.(orb.MultiPolygon)
	return len(m) > 1 || sunk(f.Tags) || f.Tags["building:part"] != "" || f.Tags["kind"] == "building_part"
}

// muster picks what matters to a block's buildings: those that it owns, those that these
// have to be compared with, and the ways and lines among them. Parts and outlines that
// touch are compared, and areas of several pieces with what may be one of these.
func muster(b *geo.Block, opts Options) (all []found, ways, lines []line) {
	var reach, special orb.Bound // of the block's own: all, and parts and areas of many pieces
	owned := 0
	grow := func(to *orb.Bound, by orb.Bound, first bool) {
		if first {
			*to = by
		} else {
			*to = to.Union(by)
		}
	}
	specials := 0
	for i := range b.Features {
		f := &b.Features[i]
		switch {
		case isPassage(f):
			ways = append(ways, line{f, f.Geometry.Bound()})
		case isRoofLine(f):
			lines = append(lines, line{f, f.Geometry.Bound()})
		}
		part, class, ok := classOfFeature(f, opts)
		if !ok {
			if (f.Tags["building"] != "" || f.Tags["building:part"] != "") && b.OwnsFeature(f) {
				if state := gone(f.Tags); state != "" {
					b.Report.Note("building " + state + ": left out")
				} else if underground(f.Tags) {
					b.Report.Note("building underground: left out")
				}
			}
			continue
		}
		v := found{Feature: f, class: class, part: part, mine: true}
		if f.Geometry != nil {
			v.box = f.Box()
		}
		placed := f.Geometry != nil && !v.box.IsEmpty() // one without a place is skipped later, with its reason
		if placed {
			v.mine = b.OwnsFeature(f)
		}
		m, _ := f.Geometry.(orb.MultiPolygon)
		v.many = len(m) > 1
		if v.mine && placed {
			grow(&reach, v.box, owned == 0)
			owned++
			if part || v.many || sunk(f.Tags) {
				grow(&special, v.box, specials == 0)
				specials++
			}
		}
		all = append(all, v)
	}
	// A part that touches may belong to a smaller outline than the block's own.
	for i := range all {
		if v := &all[i]; !v.mine && v.part && owned > 0 && v.box.Intersects(reach) {
			grow(&special, v.box, specials == 0)
			specials++
		}
	}
	kept := all[:0]
	for _, v := range all {
		near := v.mine
		if !near && v.Surfaces == nil {
			near = owned > 0 && (v.part || v.many) && v.box.Intersects(reach) || specials > 0 && v.box.Intersects(special)
		}
		if near {
			kept = append(kept, v)
		}
	}
	return kept, ways, lines
}

package building

import (
	"math"
	"strings"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/building/outline"
	"github.com/longtake/longtake/geo/building/roof"
	"github.com/longtake/longtake/geo/clean"
)

// The ranges in which tagged values are believed. The highest building measures 830 m.
const (
	maxHeight = 1000.0
	minHeight = 0.3
	maxLevels = 200.0
)

// Notes of what was assumed.
const (
	noteRange    = "height or levels out of range or not a number: ignored"
	noteColour   = "colour unknown: one of the palette"
	noteDefault  = "height from the default table"
	noteNear     = "height from tagged buildings near it"
	noteRoofTall = "roof:height above the building's height: roof lowered"
	noteUpside   = "min_height not below height: ignored"
	noteShape    = "roof:shape unknown: flat"
)

// measures are the vertical facts of a feature's tags; NaN where they say nothing.
type measures struct {
	height, levels, bottom, minLevel float64
	roofHeight, roofLevels, angle    float64
}

var nan = math.NaN()

func known(x float64) bool { return !math.IsNaN(x) }

// measure reads the tags. Values that cannot be are noted and left out.
func measure(tags map[string]string, report *geo.Report) measures {
	read := func(parse func(string) (float64, bool), lo, hi float64, keys ...string) float64 {
		for _, k := range keys {
			s, set := tags[k]
			if !set || s == "" {
				continue
			}
			if v, ok := parse(s); ok && v >= lo && v <= hi {
				return v
			}
			report.Note(noteRange)
		}
		return nan
	}
	return measures{
		height:     read(clean.Length, minHeight, maxHeight, "height", "building:height", "est_height"),
		levels:     read(clean.Number, 0, maxLevels, "building:levels", "levels"),
		bottom:     read(clean.Length, 0, maxHeight, "min_height", "building:min_height"),
		minLevel:   read(clean.Number, 0, maxLevels, "building:min_level", "min_level"),
		roofHeight: read(clean.Length, 0, maxHeight, "roof:height", "building:roof:height"),
		roofLevels: read(clean.Number, 0, 20, "roof:levels", "building:roof:levels"),
		angle:      read(degrees, 0, 85, "roof:angle"),
	}
}

// degrees reads an angle, with or without its sign.
func degrees(s string) (float64, bool) {
	s = strings.ToLower(strings.ReplaceAll(s, "°", ""))
	for _, unit := range []string{"degrees", "degree", "deg"} {
		s = strings.ReplaceAll(s, unit, "")
	}
	return clean.Number(s)
}

// tagged tells whether the height needs no guess.
func (m measures) tagged() bool {
	return known(m.height) || known(m.levels) && m.levels+zero(m.roofLevels) > 0
}

func zero(x float64) float64 {
	if known(x) {
		return x
	}
	return 0
}

// slopes are the tangents that untagged roofs rise with over their natural span.
var slopes = map[roof.Shape]float64{
	roof.Gabled: 0.62, roof.HalfHipped: 0.62, roof.SideHalfHipped: 0.62, roof.SideHipped: 0.6, roof.Hipped: 0.58, roof.CrossGabled: 0.7,
	roof.Saltbox: 0.45, roof.DoubleSaltbox: 0.5, roof.QuadrupleSaltbox: 0.45, roof.Pyramidal: 0.8, roof.Skillion: 0.14, roof.Butterfly: 0.2,
	roof.Dome: 1, roof.HalfDome: 1, roof.Onion: 2.3, roof.Cone: 1.1, roof.Round: 0.7, roof.Gambrel: 1, roof.Mansard: 0.9, roof.Chimney: 0.6,
}

// rowRise is the height in metres of untagged roofs that repeat themselves.
var rowRise = map[roof.Shape]float64{roof.Sawtooth: 2.4, roof.RoundRow: 2, roof.GabledRow: 2.2}

// solve settles bottom, top, roof height and storeys from the tags; guess is the height
// of a building without any: to its eaves, or to its top where whole is set.
func (b *Building) solve(m measures, guess float64, whole bool, report *geo.Report) {
	storey := b.rule.storey
	b.Bottom = zero(m.bottom)
	if !known(m.bottom) && known(m.minLevel) {
		b.Bottom = m.minLevel * storey
	}
	rise := 0.0
	if b.roof.Shape != roof.Flat {
		rise = b.rise(m)
	}
	switch {
	case known(m.height):
		b.Top = m.height
	case known(m.levels) && m.levels+zero(m.roofLevels) > 0:
		b.Top = m.levels*storey + math.Max(rise, zero(m.roofLevels)*storey*0.9)
	case whole:
		b.Top = b.Bottom + math.Max(guess, rise+2.2)
	default:
		b.Top = b.Bottom + guess + rise
	}
	if b.Bottom > 0 && b.Bottom >= b.Top-0.01 {
		report.Note(noteUpside)
		b.Bottom = 0
	}
	room := b.Top - b.Bottom
	if rise > room {
		if known(m.roofHeight) {
			report.Note(noteRoofTall)
		}
		rise = room
	}
	if !known(m.roofHeight) && !known(m.angle) && !known(m.roofLevels) && known(m.height) {
		rise = math.Min(rise, 0.55*room)
	}
	b.roof.Height = rise
	if rise <= 0.02 {
		b.roof.Shape, b.roof.Height = roof.Flat, 0
	}
	walls := room - b.roof.Height
	b.storeys = math.Max(1, math.Round(walls/storey))
	if known(m.levels) && m.levels >= 1 {
		if n := m.levels - zero(m.minLevel); n >= 1 && walls/n > 2 && walls/n < 9 {
			b.storeys = math.Round(n)
		}
	}
	if b.rule.canopy && !b.Part && b.Bottom == 0 && walls > 1 {
		b.Bottom = b.Top - b.roof.Height - 0.35
	}
}

// rise is the roof's height by its tags, or by the shape's usual slope.
func (b *Building) rise(m measures) float64 {
	switch {
	case known(m.roofHeight):
		return m.roofHeight
	case known(m.angle):
		return roof.Span(b.outline, b.roof) * math.Tan(m.angle*math.Pi/180)
	case known(m.roofLevels) && m.roofLevels > 0:
		return m.roofLevels * b.rule.storey * 0.9
	}
	if h, ok := rowRise[b.roof.Shape]; ok {
		return h
	}
	return math.Min(slopes[b.roof.Shape]*roof.Natural(b.outline, b.roof), 12)
}

// points are the compass points that roof:direction may name.
var points = []string{"n", "nne", "ne", "ene", "e", "ese", "se", "sse", "s", "ssw", "sw", "wsw", "w", "wnw", "nw", "nnw"}

// bearing reads degrees clockwise from north, or a compass point.
func bearing(s string) (deg float64, ok bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	for i, p := range points {
		if s == p {
			return float64(i) * 22.5, true
		}
	}
	deg, ok = clean.Number(strings.TrimSuffix(s, "°"))
	return deg, ok && math.Abs(deg) <= 360
}

// spec reads the roof's shape and direction; an untagged roof is chosen by type, size
// and place.
func spec(tags map[string]string, o outline.Outline, r *rule, part bool, seed uint64, report *geo.Report) roof.Spec {
	s := roof.Spec{Shape: roof.Flat}
	tag := strings.ToLower(first(tags, nil, "roof:shape", "building:roof:shape"))
	switch shape, exact, ok := roof.Parse(tag); {
	case ok:
		s.Shape = shape
		if !exact {
			report.Note("roof:shape " + tag + " built as " + string(shape))
		}
	case tag != "":
		report.Note(noteShape)
	case !part && !r.canopy:
		s.Shape = usual(o, r, seed)
	}
	s.Across = tags["roof:orientation"] == "across"
	if d, set := tags["roof:direction"]; set {
		if deg, ok := bearing(d); ok {
			s.Directed, s.Direction = true, (90-deg)*math.Pi/180
		}
	}
	return s
}

// usual is the roof of a building that says nothing: by type and region a share of those
// of modest footprint is pitched; large and crooked ones are flat.
func usual(o outline.Outline, r *rule, seed uint64) roof.Shape {
	if area := o.Area(); area < 12 || area > r.limit || o.Len() > 14 || len(o) > 1 || chance(seed, 1) >= r.pitched {
		return roof.Flat
	}
	if chance(seed, 2) < r.gable {
		return roof.Gabled
	}
	return roof.Hipped
}

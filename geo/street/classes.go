package street

import (
	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/clean"
)

// tier says which ways meet as equals: an area is filled where ways of the highest tiers
// meet; lesser ways run under it to the node.
type tier uint8

const (
	track  tier = iota // rails: they cross everything and fill nothing
	path               // for feet and cycles
	access             // service ways and tracks: a sidewalk goes on across them
	street
)

// style is what a class of way is where its tags say nothing more.
//
// Lanes are 3.5 to 3.75 m on motorways and 2.75 to 3.5 m in towns: RAA 2008 and RASt 06
// (FGSV), Green Book 2018 chapter 7 (AASHTO), NACTO's Urban Street Design Guide. Corners
// have the radii of RASt 06 table 45 and NACTO: 3 to 5 m between streets, 8 to 12 m
// where lorries turn.
type style struct {
	tier     tier
	bias     int
	material geo.Material
	color    [4]uint8
	lane     float64 // metres a lane; 0: the whole width is one surface
	lanes    int     // in both directions, of a way that is not one way
	oneway   int     // of a one-way carriageway
	shoulder float64 // metres beyond the lanes, of both sides together
	width    float64 // metres where lane is 0
	radius   float64 // of kerbs where it meets others
	walk     float64 // metres of sidewalk on each side where tags allow one; 0 for never
	always   bool    // has sidewalks unless tags deny it
	lines    bool    // is marked
	speed    float64 // km/h where maxspeed says nothing
	grade    float64 // the steepest that its ramps rise
}

func rgb(r, g, b uint8) [4]uint8 { return [4]uint8{r, g, b, 255} }

var (
	walkColor  = rgb(164, 159, 150)
	paintColor = rgb(206, 204, 198)
)

// styles by class; a class that is not here is not drawn.
var styles = map[string]style{
	"highway=motorway":       {street, 18, geo.Road, rgb(84, 85, 88), 3.6, 4, 2, 3.5, 0, 12, 0, false, true, 110, 0.05},
	"highway=motorway_link":  {street, 17, geo.Road, rgb(86, 87, 90), 3.6, 2, 1, 2.0, 0, 12, 0, false, true, 60, 0.06},
	"highway=trunk":          {street, 18, geo.Road, rgb(85, 86, 88), 3.5, 2, 2, 1.5, 0, 10, 2.5, false, true, 90, 0.05},
	"highway=trunk_link":     {street, 17, geo.Road, rgb(86, 87, 89), 3.5, 2, 1, 1.5, 0, 10, 0, false, true, 60, 0.06},
	"highway=primary":        {street, 17, geo.Road, rgb(88, 88, 90), 3.3, 2, 2, 0.8, 0, 8, 2.8, false, true, 60, 0.06},
	"highway=primary_link":   {street, 16, geo.Road, rgb(88, 88, 90), 3.3, 2, 1, 0.8, 0, 8, 2.2, false, true, 50, 0.06},
	"highway=secondary":      {street, 16, geo.Road, rgb(90, 90, 91), 3.25, 2, 2, 0.6, 0, 6, 2.5, false, true, 50, 0.07},
	"highway=secondary_link": {street, 15, geo.Road, rgb(90, 90, 91), 3.25, 2, 1, 0.6, 0, 6, 2.2, false, true, 50, 0.07},
	"highway=tertiary":       {street, 15, geo.Road, rgb(92, 92, 92), 3.1, 2, 1, 0.5, 0, 5, 2.2, false, true, 50, 0.08},
	"highway=tertiary_link":  {street, 14, geo.Road, rgb(92, 92, 92), 3.1, 2, 1, 0.5, 0, 5, 2, false, true, 40, 0.08},
	"highway=unclassified":   {street, 14, geo.Road, rgb(95, 94, 93), 2.9, 2, 1, 0.4, 0, 5, 2, false, false, 50, 0.09},
	"highway=residential":    {street, 14, geo.Road, rgb(96, 95, 94), 3, 2, 1, 0.5, 0, 4.5, 2, true, false, 30, 0.10},
	"highway=road":           {street, 14, geo.Road, rgb(96, 95, 94), 3, 2, 1, 0, 0, 4, 2, false, false, 40, 0.09},
	"highway=living_street":  {street, 14, geo.Road, rgb(108, 105, 101), 0, 2, 1, 0, 5.5, 3, 0, false, false, 15, 0.10},
	"highway=busway":         {street, 15, geo.Road, rgb(94, 90, 88), 3.4, 2, 1, 0.2, 0, 6, 0, false, true, 40, 0.06},
	"highway=raceway":        {street, 15, geo.Road, rgb(82, 82, 84), 0, 1, 1, 0, 12, 8, 0, false, false, 0, 0.08},
	"highway=service":        {access, 12, geo.Road, rgb(102, 100, 98), 0, 1, 1, 0, 3.6, 2.5, 0, false, false, 20, 0.12},
	"highway=track":          {access, 12, geo.Path, rgb(146, 130, 104), 0, 1, 1, 0, 2.8, 2, 0, false, false, 15, 0.15},
	"highway=pedestrian":     {access, 12, geo.Path, rgb(160, 152, 141), 0, 1, 1, 0, 5, 1.5, 0, false, false, 5, 0.10},
	"highway=cycleway":       {path, 11, geo.Path, rgb(128, 112, 106), 0, 1, 1, 0, 2.4, 1.5, 0, false, false, 18, 0.10},
	"highway=bridleway":      {path, 10, geo.Path, rgb(146, 130, 104), 0, 1, 1, 0, 2, 0.5, 0, false, false, 5, 0.12},
	"highway=footway":        {path, 10, geo.Path, rgb(158, 150, 138), 0, 1, 1, 0, 2, 0.5, 0, false, false, 5, 0.12},
	"highway=path":           {path, 10, geo.Path, rgb(150, 138, 116), 0, 1, 1, 0, 1.5, 0.5, 0, false, false, 5, 0.15},
	"highway=steps":          {path, 11, geo.Path, rgb(148, 143, 135), 0, 1, 1, 0, 2.4, 0.2, 0, false, false, 3, 0.5},
	"aeroway=runway":         {access, 18, geo.Road, rgb(82, 82, 84), 0, 1, 1, 0, 45, 20, 0, false, false, 0, 0.01},
	"aeroway=taxiway":        {access, 17, geo.Road, rgb(96, 96, 97), 0, 1, 1, 0, 18, 20, 0, false, false, 0, 0.015},
	"railway=rail":           {track, 21, geo.Rail, rgb(112, 104, 96), 0, 1, 1, 0, 4.2, 0, 0, false, false, 80, 0.025},
	"railway=light_rail":     {track, 21, geo.Rail, rgb(112, 105, 98), 0, 1, 1, 0, 3.8, 0, 0, false, false, 60, 0.04},
	"railway=subway":         {track, 21, geo.Rail, rgb(112, 105, 98), 0, 1, 1, 0, 3.8, 0, 0, false, false, 60, 0.04},
	"railway=narrow_gauge":   {track, 21, geo.Rail, rgb(114, 106, 96), 0, 1, 1, 0, 3.2, 0, 0, false, false, 40, 0.05},
	"railway=funicular":      {track, 21, geo.Rail, rgb(114, 108, 100), 0, 1, 1, 0, 3, 0, 0, false, false, 20, 0.5},
	"railway=monorail":       {track, 21, geo.Rail, rgb(140, 139, 136), 0, 1, 1, 0, 1.6, 0, 0, false, false, 50, 0.06},
	"railway=preserved":      {track, 21, geo.Rail, rgb(112, 104, 96), 0, 1, 1, 0, 4.2, 0, 0, false, false, 40, 0.03},
	"railway=tram":           {track, 21, geo.Rail, rgb(104, 101, 97), 0, 1, 1, 0, 2.5, 0, 0, false, false, 30, 0.06},
	"railway=platform":       {path, 11, geo.Path, rgb(150, 147, 141), 0, 1, 1, 0, 3, 0, 0, false, false, 5, 0.1},
}

// Depth orders beside those of the classes.
const (
	walkBias     = 13
	junctionBias = 19
	paintBias    = 20
	kerbBias     = 21
)

// classOf finds the style of a way; ok is false where it is not drawn.
func classOf(tags map[string]string) (class string, s style, ok bool) {
	for _, key := range [...]string{"highway", "railway", "aeroway"} {
		if v := tags[key]; v != "" {
			class = key + "=" + v
			if s, ok = styles[class]; ok {
				return class, s, true
			}
		}
	}
	return "", s, false
}

// tunnel tells whether a way runs out of sight below the ground. A negative layer alone
// says so of rails, paths and drives; of a street it only says that something is above it.
func tunnel(tags map[string]string) bool {
	if t := tags["tunnel"]; t != "" {
		return t != "no" && t != "building_passage"
	}
	if tags["location"] == "underground" || tags["indoor"] == "yes" {
		return true
	}
	l := tags["layer"]
	if len(l) < 2 || l[0] != '-' || bridged(tags) || tags["covered"] == "yes" || tags["cutting"] == "yes" {
		return false
	}
	_, st, ok := classOf(tags)
	return !ok || st.tier != street
}

// bridged tells whether a way is carried: by a bridge, or by the upper floor of a building
// that it runs through, as at a bus station with ramps.
func bridged(tags map[string]string) bool {
	if b := tags["bridge"]; b != "" {
		return b != "no"
	}
	return tags["tunnel"] == "building_passage" && layerOf(tags) >= 1
}

// layerOf is the layer that tags say, at most 5; 0 where they say none or one below.
func layerOf(tags map[string]string) int {
	l, ok := clean.Number(tags["layer"])
	if !ok {
		return 0
	}
	return int(max(0, min(l, 5)))
}

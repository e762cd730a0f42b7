package cover

import (
	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/clean"
)

// roadStyle is how one class of way looks. Widths are metres of the whole carriageway;
// oneway is the width of a carriageway for one direction. Figures follow usual lane
// widths (3.5 m on motorways, 3 m in towns) and shoulders.
type roadStyle struct {
	width, oneway float64
	lane          float64 // metres a lane where lanes are tagged; 0 ignores lanes
	bias          int
	material      geo.Material
	color         [4]uint8
}

var roadStyles = map[string]roadStyle{
	"highway=motorway":       {22, 11.5, 3.6, 18, geo.Road, rgb(84, 85, 88)},
	"highway=motorway_link":  {9, 6, 3.6, 17, geo.Road, rgb(86, 87, 90)},
	"highway=trunk":          {15, 9, 3.5, 18, geo.Road, rgb(85, 86, 88)},
	"highway=trunk_link":     {8, 5.5, 3.5, 17, geo.Road, rgb(86, 87, 89)},
	"highway=primary":        {12, 8, 3.3, 17, geo.Road, rgb(88, 88, 90)},
	"highway=primary_link":   {7, 5, 3.3, 16, geo.Road, rgb(88, 88, 90)},
	"highway=secondary":      {10, 7, 3.2, 16, geo.Road, rgb(90, 90, 91)},
	"highway=secondary_link": {6.5, 4.5, 3.2, 15, geo.Road, rgb(90, 90, 91)},
	"highway=tertiary":       {8.5, 6, 3.1, 15, geo.Road, rgb(92, 92, 92)},
	"highway=tertiary_link":  {6, 4.5, 3.1, 14, geo.Road, rgb(92, 92, 92)},
	"highway=unclassified":   {6.5, 4.5, 3, 14, geo.Road, rgb(95, 94, 93)},
	"highway=residential":    {7, 5, 3, 14, geo.Road, rgb(96, 95, 94)},
	"highway=road":           {6, 4.5, 3, 14, geo.Road, rgb(96, 95, 94)},
	"highway=living_street":  {5.5, 4.5, 3, 14, geo.Road, rgb(108, 105, 101)},
	"highway=busway":         {6.5, 3.5, 3.3, 15, geo.Road, rgb(94, 90, 88)},
	"highway=raceway":        {12, 12, 0, 15, geo.Road, rgb(82, 82, 84)},
	"highway=service":        {4, 3.5, 3, 13, geo.Road, rgb(102, 100, 98)},
	"highway=pedestrian":     {6, 6, 0, 13, geo.Path, rgb(160, 152, 141)},
	"highway=track":          {3, 3, 0, 12, geo.Path, rgb(146, 130, 104)},
	"highway=cycleway":       {2.5, 2, 0, 11, geo.Path, rgb(128, 112, 106)},
	"highway=bridleway":      {2, 2, 0, 10, geo.Path, rgb(146, 130, 104)},
	"highway=footway":        {2, 2, 0, 10, geo.Path, rgb(158, 150, 138)},
	"highway=path":           {1.6, 1.6, 0, 10, geo.Path, rgb(150, 138, 116)},
	"highway=steps":          {2.5, 2.5, 0, 11, geo.Path, rgb(148, 143, 135)},
	"highway=corridor":       {0, 0, 0, 0, "", [4]uint8{}},
	"aeroway=runway":         {45, 45, 0, 18, geo.Road, rgb(82, 82, 84)},
	"aeroway=taxiway":        {18, 18, 0, 17, geo.Road, rgb(96, 96, 97)},
	"railway=rail":           {3.4, 3.4, 0, 20, geo.Rail, rgb(112, 104, 96)},
	"railway=light_rail":     {3.2, 3.2, 0, 20, geo.Rail, rgb(112, 105, 98)},
	"railway=narrow_gauge":   {2.6, 2.6, 0, 20, geo.Rail, rgb(114, 106, 96)},
	"railway=funicular":      {2.6, 2.6, 0, 20, geo.Rail, rgb(114, 108, 100)},
	"railway=monorail":       {2, 2, 0, 20, geo.Rail, rgb(140, 139, 136)},
	"railway=preserved":      {3.4, 3.4, 0, 20, geo.Rail, rgb(112, 104, 96)},
	"railway=tram":           {2.6, 2.6, 0, 20, geo.Rail, rgb(104, 101, 97)},
}

// junctionBias lies above all roads, below rails.
const junctionBias = 19

// drivable is the lowest bias of ways that get plates without markings where they meet.
const drivable = 14

// classOf finds the style of a way; ok is false where it is not drawn.
func classOf(tags map[string]string) (class string, s roadStyle, ok bool) {
	for _, key := range [...]string{"highway", "railway", "aeroway"} {
		if v := tags[key]; v != "" {
			class = key + "=" + v
			if s, ok = roadStyles[class]; ok && s.width > 0 {
				return class, s, true
			}
		}
	}
	return "", s, false
}

// roadWidth is the width of a way in metres: its width tag, else its lanes, else its
// class. Nonsense is bounded to between a quarter and four times the class's width.
func roadWidth(tags map[string]string, s roadStyle) float64 {
	oneway := tags["oneway"] == "yes" || tags["oneway"] == "1" || tags["oneway"] == "-1" || tags["oneway"] == "true" || tags["junction"] == "roundabout"
	w := s.width
	if oneway {
		w = s.oneway
	}
	lo, hi := w/4, s.width*4
	if v, ok := clean.Length(tags["width"]); ok {
		return max(lo, min(hi, v))
	}
	if s.lane > 0 {
		if n, ok := clean.Number(tags["lanes"]); ok && n >= 1 && n <= 16 {
			if !oneway && n == 1 {
				return max(3, s.lane) // one lane for both directions
			}
			return max(lo, min(hi, n*s.lane+0.6))
		}
	}
	return w
}

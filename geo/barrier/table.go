package barrier

import (
	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/clean"
)

// form is how a panel is built.
type form uint8

const (
	hedge   form = iota // rounded, of leaves
	wall                // solid, with a coping
	pickets             // posts, rails and boards with gaps
	bars                // posts, rails and thin bars
	mesh                // posts and wires
	rail                // posts and one broad band
)

// style is how one kind of barrier looks; sizes are metres.
type style struct {
	form
	height, width float64
	step          float64 // between posts
	material      geo.Material
	color         [3]uint8
}

var (
	woodFence = style{pickets, 1.2, 0.05, 2.4, geo.Bark, [3]uint8{138, 112, 84}}
	wireFence = style{mesh, 1.6, 0.05, 2.8, geo.Metal, [3]uint8{112, 122, 114}}
	barFence  = style{bars, 1.5, 0.04, 2.4, geo.Metal, [3]uint8{52, 56, 58}}
	stoneWall = style{wall, 1.7, 0.35, 4, geo.Concrete, [3]uint8{158, 150, 138}}
)

// barriers are the values of barrier=* along lines, as drawn where no other size is told.
var barriers = map[string]style{
	"hedge":          {hedge, 1.5, 0.9, 1.6, geo.Foliage, [3]uint8{84, 108, 56}},
	"hedge_bank":     {hedge, 1.8, 1.6, 1.6, geo.Foliage, [3]uint8{84, 108, 56}},
	"fence":          woodFence,
	"wire_fence":     wireFence,
	"wall":           stoneWall,
	"city_wall":      {wall, 7, 1.8, 4, geo.Concrete, [3]uint8{164, 150, 128}},
	"retaining_wall": {wall, 1.2, 0.5, 4, geo.Concrete, [3]uint8{150, 146, 138}},
	"guard_rail":     {rail, 0.75, 0.08, 4, geo.Metal, [3]uint8{160, 164, 166}},
	"handrail":       {bars, 1, 0.04, 2, geo.Metal, [3]uint8{80, 84, 86}},
	"jersey_barrier": {wall, 0.85, 0.55, 4, geo.Concrete, [3]uint8{170, 168, 162}},
	"kerb":           {wall, 0.13, 0.2, 6, geo.Concrete, [3]uint8{166, 163, 156}},
	"cable_barrier":  {mesh, 0.8, 0.04, 3, geo.Metal, [3]uint8{150, 154, 156}},
}

// fences narrow barrier=fence by fence_type.
var fences = map[string]style{
	"wood": woodFence, "wooden": woodFence, "split_rail": {rail, 1.1, 0.1, 3, geo.Bark, [3]uint8{128, 108, 84}}, "pole": {rail, 1.1, 0.1, 3, geo.Bark, [3]uint8{128, 108, 84}},
	"chain_link": wireFence, "wire": wireFence, "barbed_wire": wireFence, "electric": wireFence, "cattle": wireFence,
	"metal": barFence, "railing": barFence, "metal_bars": barFence, "bars": barFence, "iron": barFence,
	"concrete": stoneWall, "hedge": {hedge, 1.5, 0.9, 1.6, geo.Foliage, [3]uint8{84, 108, 56}},
}

// wallColors are those of wall=* and material=*.
var wallColors = map[string][3]uint8{
	"brick": {150, 92, 74}, "dry_stone": {138, 134, 124}, "stone": {150, 144, 132}, "concrete": {166, 164, 158}, "gabion": {140, 138, 132},
	"flood_wall": {160, 158, 152}, "noise_barrier": {150, 152, 140}, "plaster": {206, 200, 186},
}

// styleOf reads a feature's tags; ok is false for what is no barrier along a line.
func styleOf(tags map[string]string) (s style, ok bool) {
	v := tags["barrier"]
	s, ok = barriers[v]
	if !ok {
		return s, false
	}
	if v == "fence" {
		for _, k := range [...]string{"fence_type", "material"} {
			if f, is := fences[tags[k]]; is {
				s = f
				break
			}
		}
	}
	if s.form == wall {
		for _, k := range [...]string{"wall", "material", "wall:type"} {
			if c, is := wallColors[tags[k]]; is {
				s.color = c
				break
			}
		}
	}
	if h, told := clean.Length(tags["height"]); told && h >= 0.05 && h <= 25 {
		s.height = h
	}
	if w, told := clean.Length(tags["width"]); told && w >= 0.02 && w <= 6 && (s.form == wall || s.form == hedge) {
		s.width = w
	}
	return s, true
}

package building

import (
	"math"
	"strconv"
	"strings"

	"golang.org/x/image/colornames"

	"github.com/longtake/longtake/geo/building/facade"
	"github.com/longtake/longtake/internal/srgb"
)

// towering is the height in metres from which a building is no house any more.
const towering = 38.0

// style is a family of looks: which palettes walls and roofs are drawn from.
type style int

const (
	plaster style = iota
	masonry
	stone
	concrete
	glazed
	sheet
	timber
)

// look is the colours of one building, sRGB, and the style of its faces.
type look struct {
	wall, flat, roof [4]uint8
	style            facade.Style
}

// The palettes are of low saturation and varied lightness, so that a district reads as
// one material and many houses. They were mixed for this project.
var (
	plasters  = []uint32{0xd9d0c2, 0xcfc4b1, 0xe2dbcf, 0xc7bcab, 0xd6c8b4, 0xbdb4a6, 0xddd5ca, 0xd3c3b4, 0xc9c5bd, 0xe6dfd2}
	bricks    = []uint32{0x9b7160, 0xa57e6c, 0x8b6658, 0xb0907e, 0xc0aa98, 0xb8a596, 0xa89a8e}
	stones    = []uint32{0xc5bca9, 0xb5aa95, 0xcec5b4, 0xa79d8c, 0xd5cdbf}
	concretes = []uint32{0xb7b4ae, 0xa8a6a1, 0xc4c1ba, 0x999792, 0xcfccc6}
	glasses   = []uint32{0x8d969c, 0x808a91, 0x9aa1a5, 0x757f87, 0xa5a9ab, 0x868d92}
	sheets    = []uint32{0xb9bbb9, 0xa6abad, 0xc5c3bc, 0x93999c, 0xaeb3ae}
	timbers   = []uint32{0x8f7860, 0xa38a6d, 0x7d6956, 0xb09c82, 0x9a8b7a}

	terracotta = []uint32{0xa5745d, 0xae826c, 0x996b58, 0xb59079, 0xa17a67, 0x8f6857}
	slates     = []uint32{0x5f6468, 0x6d7175, 0x565a5e, 0x7a7c7e, 0x6a6662}
	tiles      = []uint32{0x7c5f53, 0x8a6a5b, 0x6d6059, 0x806d62, 0x94705e, 0x5f6468}
	membranes  = []uint32{0x8f8d8a, 0xa19e99, 0xb4b1ab, 0x7d7c7a, 0xc3c0ba, 0x97928b}
	sheetRoofs = []uint32{0x9aa2a5, 0x848d90, 0xadb0ae, 0x777f83}
)

// styles are the palettes by style: walls, flat roofs, pitched roofs.
var styles = map[style][3][]uint32{
	plaster: {plasters, membranes, tiles}, masonry: {bricks, membranes, slates}, stone: {stones, membranes, slates},
	concrete: {concretes, membranes, membranes}, glazed: {glasses, membranes, sheetRoofs}, sheet: {sheets, sheetRoofs, sheetRoofs},
	timber: {timbers, membranes, tiles},
}

// materials are colours for building:material and roof:material.
var materials = map[string][]uint32{
	"brick": bricks, "bricks": bricks, "clinker": bricks, "cement_block": concretes, "concrete": concretes, "reinforced_concrete": concretes,
	"glass": glasses, "mirror": glasses, "stone": stones, "sandstone": {0xc2a98a, 0xb59a7b, 0xcdb798}, "limestone": stones,
	"marble": {0xdcd8d1, 0xd2cec7}, "granite": {0x9c9894, 0xaaa5a0}, "plaster": plasters, "stucco": plasters, "wood": timbers,
	"timber_framing": plasters, "metal": sheets, "steel": sheets, "aluminium": sheets, "tin": sheetRoofs, "zinc": sheetRoofs,
	"copper": {0x86a396, 0x7b998d, 0x93ac9f}, "roof_tiles": terracotta, "tile": terracotta, "tiles": terracotta, "clay_tiles": terracotta,
	"slate": slates, "eternit": slates, "thatch": {0x9a8763, 0x8b795a}, "tar_paper": {0x5c5b5a, 0x6a6866}, "bitumen": {0x5c5b5a, 0x6a6866},
	"gravel": {0xa5a099, 0xb2ada5}, "grass": {0x87936b, 0x7c8963}, "asphalt": {0x62615f}, "adobe": {0xb48f6c, 0xa7835f}, "mud": {0xa7835f},
	"vinyl": plasters, "plastic": sheets, "solar_panels": {0x3d4a5c},
}

// palettes of walls by the class that the facade's style has.
var palettes = map[facade.Material]style{
	facade.Plaster: plaster, facade.Brick: masonry, facade.Stone: stone, facade.Concrete: concrete, facade.Glazed: glazed,
	facade.Sheet: sheet, facade.Timber: timber,
}

// lookOf chooses a building's style and colours: tags first, then materials, then the
// palettes. What is no house takes its walls from its rule. South of the Alps pitched roofs are of terracotta.
func lookOf(tags, outer map[string]string, s style, height float64, seed uint64, lng, lat float64) look {
	get := func(key string) string { return first(tags, outer, key) }
	class := tags["building"]
	if class == "" || class == "yes" {
		class = get("building")
	}
	if class == "" || class == "yes" {
		class = tags["building:part"]
	}
	f := facade.Of(facade.Building{Tags: get, Class: class, Height: height, Lng: lng, Lat: lat, Seed: seed})
	if s != timber && s != sheet && assumed.works[class] == nil { // sheds, halls and works are what their rule says
		s = palettes[f.Material]
	}
	south := lat > 35 && lat < 46.6 && lng > -10 && lng < 30
	p := styles[s]
	if south && height < towering && (s == plaster || s == masonry || s == stone || s == timber) {
		p[2] = terracotta
	}
	wall := pick(p[0], seed, 21)
	flat, pitched := pick(p[1], seed, 22), pick(p[2], seed, 23)
	if m, ok := materials[first(tags, outer, "building:material", "building:facade:material", "building:cladding")]; ok {
		wall = pick(m, seed, 24)
	}
	if c, ok := parseColour(first(tags, outer, colourTags[0]...)); ok {
		wall = c
	}
	if m, ok := materials[first(tags, outer, "roof:material")]; ok {
		flat = pick(m, seed, 25)
		pitched = flat
	}
	if c, ok := parseColour(first(tags, outer, colourTags[1]...)); ok {
		flat, pitched = c, c
	}
	return look{settled(wall), flat, pitched, f}
}

// settled moves a colour, by two at most unless it is nearly black, to one that comes back the same from
// linear light in 8 bits: facades are seeded by their colour, also in tiles that keep it so.
func settled(c [4]uint8) [4]uint8 {
	for k := range 3 {
		light := math.Round(srgb.Light(float64(c[k])/255)*255) / 255
		c[k] = uint8(math.Round(srgb.Value(light) * 255))
	}
	return c
}

// first is the value of the first key that is set, in the tags or else in the outer ones.
func first(tags, outer map[string]string, keys ...string) string {
	for _, t := range []map[string]string{tags, outer} {
		for _, k := range keys {
			if v := t[k]; v != "" {
				return v
			}
		}
	}
	return ""
}

func pick(p []uint32, seed uint64, n int) [4]uint8 {
	c := p[int(chance(seed, n)*float64(len(p)))]
	// A little lightness of its own for each building.
	k := 0.96 + 0.08*chance(seed, n+40)
	ch := func(shift int) uint8 { return uint8(min(255, k*float64(c>>shift&255)+0.5)) }
	return [4]uint8{ch(16), ch(8), ch(0), 255}
}

// parseColour reads a CSS colour name or #rgb, #rrggbb (the # may be missing), as OSM's
// Key:colour has it. Of a list the first entry counts.
func parseColour(s string) (c [4]uint8, ok bool) {
	if s == "" {
		return c, false
	}
	s, _, _ = strings.Cut(strings.ToLower(s), ";")
	s = strings.ReplaceAll(strings.ReplaceAll(strings.ReplaceAll(s, " ", ""), "_", ""), "grey", "gray")
	if n, ok := colornames.Map[s]; ok {
		return [4]uint8{n.R, n.G, n.B, 255}, true
	}
	if inner, ok := strings.CutPrefix(s, "rgb("); ok {
		return parseRGB(strings.TrimSuffix(inner, ")"))
	}
	h := strings.TrimPrefix(s, "#")
	if len(h) == 3 {
		h = string([]byte{h[0], h[0], h[1], h[1], h[2], h[2]})
	}
	if len(h) != 6 {
		return c, false
	}
	v, err := strconv.ParseUint(h, 16, 32)
	if err != nil {
		return c, false
	}
	return [4]uint8{uint8(v >> 16), uint8(v >> 8), uint8(v), 255}, true
}

// parseRGB reads three numbers of 0 to 255.
func parseRGB(s string) (c [4]uint8, ok bool) {
	parts := strings.Split(s, ",")
	if len(parts) != 3 {
		return c, false
	}
	for k, p := range parts {
		v, err := strconv.ParseUint(p, 10, 8)
		if err != nil {
			return c, false
		}
		c[k] = uint8(v)
	}
	c[3] = 255
	return c, true
}

// colourTags name the colours of walls and of roofs.
var colourTags = [2][]string{{"building:colour", "building:color", "building:facade:colour"}, {"roof:colour", "roof:color"}}

// unknownColours counts the colours of a building's tags that are none.
func unknownColours(tags, outer map[string]string) (n int) {
	for _, keys := range colourTags {
		if v := first(tags, outer, keys...); v != "" {
			if _, ok := parseColour(v); !ok {
				n++
			}
		}
	}
	return n
}

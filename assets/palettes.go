// Package assets holds what the project made or may write down: palettes and the sample
// scene.
package assets

import "slices"

// palettes are control points in sRGB. Sources: viridis, magma and inferno (van der Walt
// and Smith, CC0); turbo (Mikhailov 2019); Blues, YlOrRd, RdBu and Set2 (ColorBrewer,
// Brewer and Harrower); neon is our own.
var palettes = map[string][][3]uint8{
	"viridis": {{68, 1, 84}, {72, 40, 120}, {62, 74, 137}, {49, 104, 142}, {38, 130, 142}, {31, 158, 137}, {53, 183, 121}, {110, 206, 88}, {181, 222, 43}, {253, 231, 37}},
	"magma":   {{0, 0, 4}, {24, 15, 61}, {68, 15, 118}, {114, 31, 129}, {158, 47, 127}, {205, 64, 113}, {241, 96, 93}, {253, 150, 104}, {254, 202, 141}, {252, 253, 191}},
	"inferno": {{0, 0, 4}, {27, 12, 65}, {74, 12, 107}, {120, 28, 109}, {165, 44, 96}, {207, 68, 70}, {237, 105, 37}, {251, 155, 6}, {247, 209, 61}, {252, 255, 164}},
	"turbo":   {{48, 18, 59}, {70, 107, 227}, {40, 187, 236}, {49, 242, 153}, {162, 252, 60}, {237, 208, 58}, {251, 128, 34}, {210, 49, 5}, {122, 4, 3}},
	"blues":   {{247, 251, 255}, {222, 235, 247}, {198, 219, 239}, {158, 202, 225}, {107, 174, 214}, {66, 146, 198}, {33, 113, 181}, {8, 81, 156}, {8, 48, 107}},
	"ylorrd":  {{255, 255, 204}, {255, 237, 160}, {254, 217, 118}, {254, 178, 76}, {253, 141, 60}, {252, 78, 42}, {227, 26, 28}, {189, 0, 38}, {128, 0, 38}},
	"rdbu":    {{103, 0, 31}, {178, 24, 43}, {214, 96, 77}, {244, 165, 130}, {253, 219, 199}, {247, 247, 247}, {209, 229, 240}, {146, 197, 222}, {67, 147, 195}, {33, 102, 172}, {5, 48, 97}},
	"set2":    {{102, 194, 165}, {252, 141, 98}, {141, 160, 203}, {231, 138, 195}, {166, 216, 84}, {255, 217, 47}, {229, 196, 148}, {179, 179, 179}},
	"neon":    {{0, 229, 255}, {64, 140, 255}, {150, 90, 255}, {255, 70, 190}, {255, 120, 90}, {255, 205, 80}},
}

// Palette returns the control points of a named palette.
func Palette(name string) ([][3]uint8, bool) {
	p, ok := palettes[name]
	return p, ok
}

// Palettes lists the names.
func Palettes() []string {
	out := make([]string, 0, len(palettes))
	for k := range palettes {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

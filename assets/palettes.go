// Package assets holds what the project made or may write down: palettes and the sample
// scene.
package assets

import (
	_ "embed"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// Kind is what a palette is meant for.
type Kind string

// The kinds of palette.
const (
	Sequential  Kind = "sequential"  // from little to much
	Diverging   Kind = "diverging"   // to both sides of a middle
	Cyclic      Kind = "cyclic"      // its ends meet
	Qualitative Kind = "qualitative" // one colour for each class
	Own         Kind = "own"         // of a document
)

// Ordered tells whether the colours are points of a ramp.
func (k Kind) Ordered() bool { return k == Sequential || k == Diverging || k == Cyclic }

// Colors are a palette: sRGB, in order.
type Colors struct {
	Name   string
	Kind   Kind
	Colors [][3]uint8
}

//go:embed palettes.txt
var paletteText string

var palettes = readPalettes(paletteText)

// readPalettes reads lines of kind, name and colours; others are remarks.
func readPalettes(text string) map[string]Colors {
	out := map[string]Colors{}
	for _, line := range strings.Split(text, "\n") {
		words := strings.Fields(line)
		if len(words) < 4 || words[0] == "#" {
			continue
		}
		p := Colors{Name: words[1], Kind: Kind(words[0])}
		for _, w := range words[2:] {
			c, err := hex.DecodeString(w)
			if err != nil || len(c) != 3 {
				panic(fmt.Sprintf("assets: palette %s has the colour %q", p.Name, w))
			}
			p.Colors = append(p.Colors, [3]uint8(c))
		}
		out[p.Name] = p
	}
	return out
}

// Palette returns a palette by name.
func Palette(name string) (Colors, bool) {
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

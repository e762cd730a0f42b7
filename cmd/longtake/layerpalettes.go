package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/longtake/longtake/assets"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

// palette is one as --json prints it.
type palette struct {
	Name   string                   `json:"name"`
	Kind   assets.Kind              `json:"kind"`
	Colors []string                 `json:"colors"`
	Apart  map[scale.Vision]float64 `json:"apart"` // least distance between two of its colours
}

// listPalettes lists the palettes with how far apart their colours are to people of each
// vision.
func (a *app) listPalettes() error {
	var list []palette
	for _, name := range assets.Palettes() {
		of, _ := assets.Palette(name)
		p := palette{Name: name, Kind: of.Kind, Apart: map[scale.Vision]float64{}}
		var colors []scene.Color
		for _, c := range of.Colors {
			colors = append(colors, scene.Color{c[0], c[1], c[2], 255})
			p.Colors = append(p.Colors, colors[len(colors)-1].String())
		}
		for _, v := range scale.Visions {
			p.Apart[v], _ = v.Apart(colors)
		}
		list = append(list, p)
	}
	if a.json {
		return a.printJSON(list)
	}
	w := tabwriter.NewWriter(a.out, 0, 8, 2, ' ', 0)
	fmt.Fprint(w, "palette\tkind\tcolors")
	for _, v := range scale.Visions {
		fmt.Fprintf(w, "\t%s", v)
	}
	fmt.Fprintln(w)
	for _, p := range list {
		fmt.Fprintf(w, "%s\t%s\t%d", p.Name, p.Kind, len(p.Colors))
		for _, v := range scale.Visions {
			fmt.Fprintf(w, "\t%.1f", p.Apart[v])
		}
		fmt.Fprintln(w)
	}
	return w.Flush()
}

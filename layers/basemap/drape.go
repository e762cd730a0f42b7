package basemap

import (
	"fmt"

	"github.com/longtake/longtake/assets"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

// Covers is embedded by looks of the ground: what they colour.
type Covers struct {
	Over string `json:"over" enum:"ground,land,flat,all" doc:"what it colours: ground is terrain, areas and the globe; land roads as well; flat water as well; all buildings too"`
}

func (o Covers) surfaces() drawable.Surfaces {
	switch o.Over {
	case "land":
		return drawable.OverGround | drawable.OverRoads
	case "flat":
		return drawable.OverGround | drawable.OverRoads | drawable.OverWater
	case "all":
		return drawable.OverGround | drawable.OverRoads | drawable.OverWater | drawable.OverSolids
	}
	return drawable.OverGround
}

// Colors is embedded by looks that colour by a number.
type Colors struct {
	Palette string        `json:"palette" doc:"name of a palette; without one the type's own"`
	Colors  []scene.Color `json:"colors" doc:"colours at even steps of the range, in place of a palette"`
	Alpha   float64       `json:"alpha" min:"0" max:"1" doc:"how much it covers the ground"`
}

// paletteWidth is the texels of a palette's row.
const paletteWidth = 256

// row is the colours as an image of one row.
func (p Colors) row(c *layer.Context) (*drawable.Image, error) {
	colors := p.Colors
	if len(colors) == 0 {
		of, ok := assets.Palette(p.Palette)
		if !ok {
			return nil, fmt.Errorf("there is no palette %q", p.Palette)
		}
		for _, v := range of.Colors {
			colors = append(colors, scene.Color{v[0], v[1], v[2], 255})
		}
	}
	img := &drawable.Image{Name: c.Layer.ID + " palette", Width: paletteWidth, Height: 1, Channels: 4, SRGB: true}
	for i := range paletteWidth {
		at := float64(i) / (paletteWidth - 1) * float64(len(colors)-1)
		k := min(int(at), max(len(colors)-2, 0))
		v := colors[k].Mix(colors[min(k+1, len(colors)-1)], at-float64(k))
		img.Pixels = append(img.Pixels, v[:]...)
	}
	return img, nil
}

// white is a drape's color that multiplies nothing but the opacity.
func white(alpha float64) [4]float32 { return [4]float32{1, 1, 1, float32(alpha)} }

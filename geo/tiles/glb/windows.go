package glb

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"sync"

	"github.com/qmuntal/gltf"
)

// Facades have no geometry of windows: our own renderer draws them from the code in their
// colours. For engines that do not know it two small pictures repeat over the bays and
// storeys that texture coordinates count: one darkens the wall's colour where windows
// are, the other is the light of some of them. Their mipmaps keep the means, so that a
// facade has the same tone and the same glow from afar, where they merge.
const (
	windowCells = 8 // bays and storeys before the pattern repeats
	cellPixels  = 8
	// windowGlow is faint enough to pass for a reflection where an engine knows no night.
	windowGlow = 0.4
)

// windowPictures are the two as PNG files.
var windowPictures = sync.OnceValue(func() [2][]byte {
	wall, glass := color.NRGBA{255, 255, 255, 255}, color.NRGBA{74, 80, 88, 255}
	lamps := color.Palette{color.NRGBA{0, 0, 0, 255}, color.NRGBA{255, 172, 88, 255}, color.NRGBA{255, 208, 148, 255}, color.NRGBA{246, 240, 228, 255}}
	size := image.Rect(0, 0, windowCells*cellPixels, windowCells*cellPixels)
	day, night := image.NewPaletted(size, color.Palette{wall, glass}), image.NewPaletted(size, lamps)
	seed := uint32(11)
	for cell := range windowCells * windowCells {
		seed = seed*747796405 + 2891336453 // a linear congruence: PCG's
		lit := uint8(0)
		if p := seed >> 24; p < 88 { // a third: an evening
			lit = 1 + uint8(p%3)
		}
		for y := 2; y <= 6; y++ { // rows go up the wall as storeys do
			for x := 2; x <= 5; x++ {
				at := day.PixOffset(cell%windowCells*cellPixels+x, cell/windowCells*cellPixels+y)
				day.Pix[at], night.Pix[at] = 1, lit
			}
		}
	}
	var out [2][]byte
	for i, m := range []image.Image{day, night} {
		var b bytes.Buffer
		e := png.Encoder{CompressionLevel: png.BestCompression}
		if err := e.Encode(&b, m); err != nil {
			panic(err) // it writes to memory
		}
		out[i] = b.Bytes()
	}
	return out
})

// windows gives a facade's material its pictures, for texture coordinates of a step and an
// origin.
func (b *builder) windows(m *gltf.Material, step, origin [2]float64) {
	if len(b.doc.Textures) == 0 {
		b.doc.Samplers = []*gltf.Sampler{{MagFilter: gltf.MagLinear, MinFilter: gltf.MinLinearMipMapLinear, WrapS: gltf.WrapRepeat, WrapT: gltf.WrapRepeat}}
		for i, data := range windowPictures() {
			s := b.stream(fmt.Sprint("picture ", i), 0, gltf.TargetNone)
			s.data = append(s.data, data...)
			b.doc.Images = append(b.doc.Images, &gltf.Image{MimeType: "image/png", BufferView: gltf.Index(s.view)})
			b.doc.Textures = append(b.doc.Textures, &gltf.Texture{Sampler: gltf.Index(0), Source: gltf.Index(i)})
		}
	}
	b.used[extTextureTransform] = true
	place := map[string]any{"scale": [2]float64{step[0] / windowCells, step[1] / windowCells}}
	if origin != [2]float64{} {
		place["offset"] = [2]float64{origin[0] / windowCells, origin[1] / windowCells}
	}
	info := func(i int) *gltf.TextureInfo {
		return &gltf.TextureInfo{Index: i, Extensions: gltf.Extensions{extTextureTransform: place}}
	}
	m.PBRMetallicRoughness.BaseColorTexture, m.EmissiveTexture = info(0), info(1)
	m.EmissiveFactor = [3]float64{windowGlow, windowGlow, windowGlow}
}

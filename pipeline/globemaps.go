package pipeline

import (
	"fmt"
	"unsafe"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/gpu"
)

// setMaps uploads what the globe looks like, where that is another than before: its picture, or
// the cover of its land once it is shown, and its climate.
func (p *skyPass) setMaps(e *Environment) (err error) {
	img := e.GlobeImage
	var climate *drawable.Image
	if land := e.GlobeLand; img == nil && land != nil && p.now.globe[3] < 0 {
		img, climate = land.Cover, land.Climate
	} else if img == nil && p.globe != nil { // kept for when the camera rises again
		img, climate = p.globeOf, p.climateOf
	}
	if img != p.globeOf || p.globe == nil {
		if p.globe, err = p.replace(p.globe, "globe", img, img == e.GlobeImage); err != nil {
			return err
		}
		p.globeOf = img
	}
	if climate != p.climateOf || p.climate == nil {
		if p.climate, err = p.replace(p.climate, "climate", climate, false); err != nil {
			return err
		}
		p.climateOf = climate
		if p.land != nil { // is drawn by it
			p.r.targets.Forget(p.land)
			p.land.Release()
			p.land = nil
		}
	}
	return nil
}

// replace is the texture of a map of the globe instead of another, v rising to the north; white
// without one.
func (p *skyPass) replace(t *gpu.Texture, label string, img *drawable.Image, fromNorth bool) (*gpu.Texture, error) {
	if t != nil && t != p.white {
		t.Release()
	}
	if img == nil {
		return p.white, nil
	}
	size := img.Channels * img.Width * img.Height
	if img.Channels != 4 && img.Channels != 1 || size < 1 || len(img.Pixels) < size {
		return p.white, fmt.Errorf("%s image %s: %d×%d with %d channels and %d bytes; it must be RGBA, or grey", label, img.Name, img.Width, img.Height, img.Channels, len(img.Pixels))
	}
	format := gpu.RGBA8
	switch {
	case img.Channels == 1:
		format = gpu.R8
	case img.SRGB:
		format = gpu.SRGB8A8
	}
	t, err := gpu.NewTexture(label, gpu.TextureDesc{Format: format, Width: img.Width, Height: img.Height, Levels: gpu.AllLevels, RepeatX: true})
	if err != nil {
		return p.white, err
	}
	pixels := img.Pixels
	if fromNorth {
		row := img.Channels * img.Width
		pixels = make([]byte, row*img.Height)
		for y := range img.Height {
			copy(pixels[y*row:(y+1)*row], img.Pixels[(img.Height-1-y)*row:])
		}
	}
	t.Upload(0, 0, unsafe.Pointer(&pixels[0]))
	t.GenerateMips()
	return t, nil
}

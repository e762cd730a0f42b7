package pipeline

import (
	"fmt"
	"slices"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/gpu"
)

// sheetBatch is the sheets of a frame with their textures.
type sheetBatch struct {
	sheets []residentSheet
}

type residentSheet struct {
	image *entry
	at    [4]float32 // left, top, width, height in pixels of the picture
	share float32
	under bool // the labels
}

// collect uploads the pictures that are new. A picture goes when a frame does not show it:
// panels that move are painted anew for each frame.
func (b *sheetBatch) collect(f *Frame, width, height int, res *residency) error {
	b.sheets = b.sheets[:0]
	for i := range f.Draws {
		d := &f.Draws[i]
		s, ok := d.What.(*drawable.Sheet)
		if !ok || s.Image == nil || d.Fade >= 1 {
			continue
		}
		if s.X >= width || s.Y >= height || s.X+s.Image.Width <= 0 || s.Y+s.Image.Height <= 0 {
			continue
		}
		e, err := res.sheet(s.Image)
		if err != nil {
			return err
		}
		b.sheets = append(b.sheets, residentSheet{e, [4]float32{float32(s.X), float32(s.Y), float32(s.Image.Width), float32(s.Image.Height)}, 1 - max(d.Fade, 0), s.Under})
	}
	return nil
}

// sheet uploads a picture as it is: display values, one level.
func (r *residency) sheet(i *drawable.Image) (*entry, error) {
	if e := r.touch(i); e != nil {
		return e, nil
	}
	if i.Channels != 4 || i.SRGB {
		return nil, fmt.Errorf("image %s: a sheet holds four channels of display values", i.Name)
	}
	t, err := uploadImage(i, gpu.TextureDesc{Nearest: true})
	if err != nil {
		return nil, err
	}
	return r.insert(&entry{key: i, texture: t, bytes: t.Bytes(), sheet: true}), nil
}

// addSheets lays the sheets below or above the labels over the picture, in display values, in
// the frame's order.
func (r *Renderer) addSheets(g *graph, picture handle, name string, under bool) handle {
	g.Add(name, func(b *builder) exec {
		picture = b.Write(picture)
		out := picture
		return func(c *context) error {
			if !slices.ContainsFunc(r.sheets.sheets, func(s residentSheet) bool { return s.under == under }) {
				return nil
			}
			t, err := r.target(nil, c.Tex(out))
			if err != nil {
				return err
			}
			gpu.State{Blend: gpu.BlendPremultiplied, Linear: true}.Apply()
			p := r.sheetProgram
			p.Use()
			p.Vec2("pixel", 2/float32(t.Width), 2/float32(t.Height))
			for i := range r.sheets.sheets {
				s := &r.sheets.sheets[i]
				if s.under != under {
					continue
				}
				p.Texture("sheet", s.image.texture)
				p.Vec4("place", s.at[0], s.at[1], s.at[2], s.at[3])
				p.Float("share", s.share)
				r.full.DrawVertices(6)
			}
			return nil
		}
	})
	return picture
}

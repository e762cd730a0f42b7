package stage

import (
	"slices"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/layers/drawable"
)

// movingCut is what clips leave of vehicles on streets that they cut.
type movingCut struct {
	clips  []*drawable.Clip
	framed framedClippers
}

// cutting are the cuts of the layer's vehicles; nil where they are not cut, as rows are not.
func (pl *playedLayer) cutting(clips []*drawable.Clip) *movingCut {
	if pl.base.Type != "traffic" {
		return nil
	}
	if clips = clipsOf(clips, pl.id); len(clips) == 0 {
		pl.cut = movingCut{}
		return nil
	}
	if !slices.Equal(pl.cut.clips, clips) {
		pl.cut = movingCut{clips: clips}
	}
	return &pl.cut
}

// leave takes out of copies what does not stay: vehicles, and with them their lights.
func (k *movingCut) leave(copies *drawable.Copies, frame mgl64.Mat4) {
	if k == nil {
		return
	}
	clippers := k.framed.in(k.clips, frame, [3]float32{})
	for i := range copies.Models {
		c := &copies.Models[i]
		c.Items = slices.DeleteFunc(c.Items, func(v drawable.Instance) bool { return !stay(clippers, v.Position) })
	}
	copies.Lights = slices.DeleteFunc(copies.Lights, func(v drawable.PointVertex) bool { return !stay(clippers, v.Position) })
}

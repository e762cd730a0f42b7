package decor

import (
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/mark"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

// looks are what the rows of a layer look like, and where those that are seen stand.
type looks struct {
	colors         []scene.Color
	radii, heights []float64
	spots          []mark.Spot
}

// looksOf reads colours and sizes; height may be nil.
func looksOf(c *layer.Context, w *mark.Where, color scale.ColorBy, radius scale.NumberBy, height *scale.NumberBy) (l looks, err error) {
	t, err := w.Table(c)
	if err != nil {
		return l, err
	}
	if l.colors, err = color.Colors(t); err != nil {
		return l, err
	}
	if l.radii, err = radius.Numbers(t); err != nil {
		return l, err
	}
	if height != nil {
		if l.heights, err = height.Numbers(t); err != nil {
			return l, err
		}
	}
	l.spots = mark.Spots(c, t, func(int) float64 { return w.Height() }, func(i int) bool {
		return l.colors[i][3] > 0 && l.radii[i] > 0 && (height == nil || l.heights[i] > 0)
	})
	return l, nil
}

package stage

import (
	"image"
	"image/color"
	"math"
	"path/filepath"

	"github.com/longtake/longtake/scene"
)

// heat writes a map of errors: white is none, red too high, blue too low, full at span.
func (t *truth) heat(name string, value func(i int) float64, span float64) error {
	return t.paint(name, func(i int) color.NRGBA {
		x := min(max(value(i)/span, -1), 1)
		low := uint8(math.Round(255 * (1 - math.Abs(x))))
		if x > 0 {
			return color.NRGBA{255, low, low, 255}
		}
		return color.NRGBA{low, low, 255, 255}
	})
}

// greys writes numbers from 0 to 1.
func (t *truth) greys(name string, values []float64) error {
	return t.paint(name, func(i int) color.NRGBA {
		g := uint8(math.Round(255 * min(max(values[i], 0), 1)))
		return color.NRGBA{g, g, g, 255}
	})
}

// colours writes linear light.
func (t *truth) colours(name string, values [][3]float64) error {
	return t.paint(name, func(i int) color.NRGBA {
		var b [3]uint8
		for k, x := range values[i] {
			b[k] = scene.SRGB(x)
		}
		return color.NRGBA{b[0], b[1], b[2], 255}
	})
}

func (t *truth) paint(name string, pixel func(i int) color.NRGBA) error {
	if t.Maps == "" {
		return nil
	}
	img := image.NewNRGBA(image.Rect(0, 0, t.Size.Width, t.Size.Height))
	for i := range t.Size.Width * t.Size.Height {
		img.SetNRGBA(i%t.Size.Width, i/t.Size.Width, pixel(i))
	}
	path := filepath.Join(t.Maps, t.name+"-"+name+".png")
	t.out.Files = append(t.out.Files, path)
	return writeImage(path, img, nil)
}

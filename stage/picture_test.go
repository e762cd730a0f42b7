package stage

import (
	"image"
	"image/color"
	"os"
	"path/filepath"
	"testing"
)

// A transparent sequence has an alpha channel in every frame, in those without sky too.
func TestTransparentPicturesKeepTheirAlpha(t *testing.T) {
	const colorType, withoutAlpha, trueColorAlpha = 25, 2, 6 // byte of IHDR and its values
	for name, img := range map[string]interface {
		image.Image
		Set(x, y int, c color.Color)
	}{"8": image.NewNRGBA(image.Rect(0, 0, 2, 1)), "16": image.NewNRGBA64(image.Rect(0, 0, 2, 1))} {
		img.Set(0, 0, color.White)
		img.Set(1, 0, color.Black)
		for want, as := range map[byte]image.Image{withoutAlpha: img, trueColorAlpha: withAlpha{img}} {
			path := filepath.Join(t.TempDir(), "a.png")
			if err := writeImage(path, as, nil); err != nil {
				t.Fatal(err)
			}
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if data[colorType] != want {
				t.Errorf("%s bits: colour type %d, want %d", name, data[colorType], want)
			}
		}
	}
}

package stage

import (
	"fmt"
	"image"
	_ "image/jpeg" // globe images
	_ "image/png"
	"os"
	"path/filepath"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/grade"
	"github.com/longtake/longtake/pipeline/sky"
)

// readImage reads the picture of the globe.
func readImage(path string) (*drawable.Image, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	img, _, err := image.Decode(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	b := img.Bounds()
	out := &drawable.Image{Name: filepath.Base(path), Width: b.Dx(), Height: b.Dy(), Channels: 4, SRGB: true, Pixels: make([]byte, 4*b.Dx()*b.Dy())}
	for y := range b.Dy() {
		for x := range b.Dx() {
			c := nrgba(img, b.Min.X+x, b.Min.Y+y)
			copy(out.Pixels[4*(y*b.Dx()+x):], c[:])
		}
	}
	return out, nil
}

// readGrade reads a colour-grading table.
func readGrade(path string) (*grade.Table, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	t, err := grade.Read(f)
	if err != nil {
		return nil, badContent(fmt.Errorf("%s: %w", path, err))
	}
	return t, nil
}

// readStars reads a star catalogue.
func readStars(path string) ([]sky.Star, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	stars, _, err := sky.ReadStars(data)
	if err != nil {
		return nil, badContent(fmt.Errorf("%s: %w", path, err))
	}
	return stars, nil
}

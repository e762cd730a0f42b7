package continents

import (
	"context"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // a format of masks
	"image/png"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/clean"
	"github.com/longtake/longtake/geo/read"
)

// Map is the share of land over the whole globe, 0 to 255, in rows from the south.
type Map struct {
	Width, Height int
	Share         []byte
}

// Cells around the equator of maps that are made of outlines: some five kilometres.
const fileWidth = 8192

var pictures = []string{".png", ".jpg", ".jpeg"}

// Read is the map of land in a file: a picture, light where there is land, or polygons in any
// format that geo/read knows. What can't be read, and a file without polygons, is an error.
func Read(path string) (*Map, error) {
	if slices.Contains(pictures, strings.ToLower(filepath.Ext(path))) {
		return readPicture(path)
	}
	var land orb.MultiPolygon
	report := geo.NewReport()
	err := read.Features(context.Background(), path, read.Options{Report: report}, func(f geo.Feature) error {
		if f, ok := clean.Feature(f, clean.Degrees, report); ok { // which also cuts what crosses the antimeridian
			land = append(land, geo.Polygons(f.Geometry)...)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(land) == 0 {
		return nil, fmt.Errorf("%s: no polygons: land is told by areas, such as Natural Earth's land or countries", path)
	}
	return &Map{fileWidth, fileWidth / 2, Cover(land, fileWidth, fileWidth/2)}, nil
}

func readPicture(path string) (*Map, error) {
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
	m := &Map{b.Dx(), b.Dy(), make([]byte, b.Dx()*b.Dy())}
	for y := range m.Height {
		for x := range m.Width {
			grey := color.GrayModel.Convert(img.At(b.Min.X+x, b.Max.Y-1-y)).(color.Gray)
			m.Share[y*m.Width+x] = grey.Y
		}
	}
	return m, nil
}

// Write writes the map as a picture that Read reads.
func (m *Map) Write(w io.Writer) error {
	img := image.NewGray(image.Rect(0, 0, m.Width, m.Height))
	for y := range m.Height {
		copy(img.Pix[y*img.Stride:], m.Share[(m.Height-1-y)*m.Width:][:m.Width])
	}
	return png.Encode(w, img)
}

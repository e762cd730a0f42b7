package stage

import (
	"fmt"
	"math"

	"github.com/longtake/longtake/geo/heights"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/scene"
)

// readGlobe reads the picture of a document's globe and cuts its water out; nil without one.
func readGlobe(doc *scene.Document) (*drawable.Image, error) {
	g := doc.Environment.Globe
	if g.Image == "" {
		return nil, nil
	}
	img, err := readImage(doc.Resolve(g.Image))
	if err != nil {
		return nil, fmt.Errorf("environment.globe.image: %w", err)
	}
	if g.Water != "" {
		mask, err := readImage(doc.Resolve(g.Water))
		if err != nil {
			return nil, fmt.Errorf("environment.globe.water: %w", err)
		}
		cutWater(img, mask)
	}
	return img, nil
}

// cutWater makes a picture transparent where a mask of any size is light.
func cutWater(img, mask *drawable.Image) {
	for y := range img.Height {
		for x := range img.Width {
			u, v := (float64(x)+0.5)/float64(img.Width)*float64(mask.Width)-0.5, (float64(y)+0.5)/float64(img.Height)*float64(mask.Height)-0.5
			x0, y0 := math.Floor(u), math.Floor(v)
			at := func(dx, dy int) float64 { // its green, as a mask is grey
				i := (int(x0) + dx + mask.Width) % mask.Width
				j := min(max(int(y0)+dy, 0), mask.Height-1)
				return float64(mask.Pixels[4*(j*mask.Width+i)+1])
			}
			u, v = u-x0, v-y0
			light := (at(0, 0)*(1-u)+at(1, 0)*u)*(1-v) + (at(0, 1)*(1-u)+at(1, 1)*u)*v
			a := &img.Pixels[4*(y*img.Width+x)+3]
			*a = uint8(float64(*a)*(1-light/255) + 0.5)
		}
	}
}

// widest is how many metres of ground around a package's origin take the place of the
// globe's picture; a wider one is no finer than the picture.
const widest = 100e3

// groundReach is how many metres the ground of a package ends from its origin; 0 where it
// has none, or is too wide to hide the globe's picture.
func groundReach(g *heights.Grid, doc *scene.Document) (far float64) {
	if g == nil || doc.Package == nil {
		return 0
	}
	x, y := g.Frame.Plan(doc.Package.Origin.Lng, doc.Package.Origin.Lat)
	for _, cx := range []float64{g.Min[0], g.Min[0] + g.Size} {
		for _, cy := range []float64{g.Min[1], g.Min[1] + g.Size} {
			far = math.Max(far, math.Hypot(cx-x, cy-y))
		}
	}
	if far > widest {
		return 0
	}
	return far
}

package panels

import (
	"bytes"
	"image"
	"image/png"
	"math"
	"testing"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer/layertest"
)

// painted is a watermark's picture at a size of a scale.
func painted(t *testing.T, doc string, scale float64) *drawable.Image {
	t.Helper()
	c, _ := layertest.Context(t, doc)
	draws, err := c.Layer.Props.(*Watermark).Draw(c)
	if err != nil || len(draws) != 1 {
		t.Fatal(draws, err)
	}
	p := draws[0].What.(*drawable.Panel)
	if p.Place.Layout != drawable.Cover {
		t.Error("it does not cover the picture")
	}
	return p.Paint(&drawable.PanelView{Scale: scale}, 1920, 1080)
}

// inked is the share of a picture, cut into parts, that has any ink, by part.
func inked(i *drawable.Image, columns, rows int) []float64 {
	out := make([]float64, columns*rows)
	for y := range i.Height {
		for x := range i.Width {
			if i.Pixels[4*(y*i.Width+x)+3] > 8 {
				out[y*rows/i.Height*columns+x*columns/i.Width] += float64(columns*rows) / float64(i.Width*i.Height)
			}
		}
	}
	return out
}

// Tiles of words are everywhere in the picture, at any scale about as many; a single one is in its
// corner alone, within the margin, turned or not.
func TestWatermarkLies(t *testing.T) {
	for _, scale := range []float64{0.5, 1} {
		for k, share := range inked(painted(t, "longtake: 1\nlayers: [{id: w, type: watermark, text: Ours, size: 40, gap: 120}]", scale), 4, 3) {
			if share < 0.01 || share > 0.2 {
				t.Errorf("scale %g: part %d has %.3f of ink", scale, k, share)
			}
		}
		for _, angle := range []string{"0", "90", "-30"} {
			parts := inked(painted(t, "longtake: 1\nlayers: [{id: w, type: watermark, text: Ours, layout: single, size: 60, angle: "+angle+"}]", scale), 2, 2)
			if parts[3] == 0 || parts[0]+parts[1]+parts[2] > 0 {
				t.Errorf("scale %g, angle %s: parts %v", scale, angle, parts)
			}
		}
	}
	i := painted(t, "longtake: 1\nlayers: [{id: w, type: watermark, text: Ours, layout: single, size: 60, margin: 40, angle: 90}]", 1)
	right, bottom := 0, 0
	for y := range i.Height {
		for x := range i.Width {
			if i.Pixels[4*(y*i.Width+x)+3] > 8 {
				right, bottom = max(right, x), max(bottom, y)
			}
		}
	}
	if math.Abs(float64(right)-1880) > 20 || math.Abs(float64(bottom)-1040) > 12 {
		t.Errorf("turned by 90° it ends at %d, %d", right, bottom)
	}
}

// A logo covers as much as its strength says, and keeps its shape.
func TestWatermarkLogo(t *testing.T) {
	const doc = "longtake: 1\nlayers: [{id: w, type: watermark, file: ../testdata/x.png, layout: single, angle: 0, margin: 0, anchor: top-left, size: 100, strength: 0.5}]"
	c, _ := layertest.Context(t, doc)
	c.Open = func(string) ([]byte, error) { return encoded(t, 60, 30), nil }
	draws, err := c.Layer.Props.(*Watermark).Draw(c)
	if err != nil {
		t.Fatal(err)
	}
	i := draws[0].What.(*drawable.Panel).Paint(&drawable.PanelView{Scale: 1}, 1920, 1080)
	at := func(x, y int) [4]byte { return [4]byte(i.Pixels[4*(y*i.Width+x):]) }
	if in, out := at(100, 50), at(206, 50); in[3] < 126 || in[3] > 129 || in[0] < 126 || in[1] != 0 || out[3] != 0 || at(100, 104)[3] != 0 {
		t.Errorf("inside %v, to the right %v", in, out)
	}
	c.Open = func(string) ([]byte, error) { return []byte("no picture"), nil }
	if _, err := c.Layer.Props.(*Watermark).Draw(c); err == nil {
		t.Error("a file that is no picture is drawn")
	}
}

// Nothing gives way to what covers the picture.
func TestWatermarkTakesNoRoom(t *testing.T) {
	small := func(l drawable.Layout, order int) *drawable.Panel {
		return &drawable.Panel{Size: [2]float64{200, 100}, Place: drawable.PanelPlace{Layout: l, Order: order}}
	}
	alone := Arrange([]*drawable.Panel{small(drawable.Flow, 0)}, 1920, 1080)
	both := Arrange([]*drawable.Panel{small(drawable.Cover, -1), small(drawable.Flow, 0)}, 1920, 1080)
	if both[1] != alone[0] || both[0].W != 1920 || both[0].H != 1080 {
		t.Errorf("%v, and alone %v", both, alone)
	}
}

// encoded is a red PNG.
func encoded(t *testing.T, w, h int) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for k := 0; k < len(img.Pix); k += 4 {
		img.Pix[k], img.Pix[k+3] = 255, 255
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

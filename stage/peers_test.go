package stage

import (
	"math"
	"testing"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline"
)

// legendOf is the picture of the only panel of a frame; nil where there is none.
func legendOf(f *pipeline.Frame) (*drawable.Image, float32) {
	for _, d := range f.Draws {
		if s, ok := d.What.(*drawable.Sheet); ok {
			return s.Image, d.Fade
		}
	}
	return nil, 1
}

// A legend explains its layer as the story has it: other colours, then fainter with it and gone.
func TestLegendFollowsItsLayer(t *testing.T) {
	p := linkedPlayer(t, `, color: { field: opens, palette: magma } }
  - { id: key, type: legend, for: shops, zoom: 2 }
story: { duration: 9s, chapters: [
  { id: blue, from: 2s, transition: 0s, set: { shops.color: { field: opens, palette: blues, scale: quantise, classes: 3 } } },
  { id: faint, from: 4s, transition: 2s, set: { shops.opacity: 0 } },
  { id: plain, from: 7s, transition: 0s, set: { shops.opacity: 1, shops.color: "#ff0000" } } ] }`)
	p.options.NoCredits = true
	magma, _ := legendOf(frameAt(t, p, 1))
	blues, fade := legendOf(frameAt(t, p, 3))
	switch {
	case magma == nil || blues == nil:
		t.Fatal("no legend")
	case magma == blues || fade > 1e-6:
		t.Errorf("the legend stays as it was (fade %v)", fade)
	case magma.Height == blues.Height:
		t.Errorf("three classes are as high as a ramp")
	}
	if again, _ := legendOf(frameAt(t, p, 1)); again.Height != magma.Height {
		t.Error("it does not go back with the story")
	}
	if img, fade := legendOf(frameAt(t, p, 5.7)); img == nil || fade < 0.1 || math.IsNaN(float64(fade)) {
		t.Errorf("of a faint layer: fade %v", fade)
	}
	if img, _ := legendOf(frameAt(t, p, 6.5)); img != nil {
		t.Error("it outlives its layer")
	}
	if img, _ := legendOf(frameAt(t, p, 8)); img != nil {
		t.Error("a legend of one colour")
	}
	if out := p.LeftOut(); len(out) > 0 {
		t.Errorf("left out %v", out)
	}
}

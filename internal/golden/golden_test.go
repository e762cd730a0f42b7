package golden

import (
	"image"
	"testing"
)

func TestCompare(t *testing.T) {
	a, b := image.NewNRGBA(image.Rect(0, 0, 100, 20)), image.NewNRGBA(image.Rect(0, 0, 100, 20))
	if d := Compare(a, b); d.Different != 0 || d.Share() != 0 {
		t.Errorf("equal pictures: %v", d)
	}
	b.Pix[4], b.Pix[8] = 5, 6
	if d := Compare(a, b); d.Different != 2 || d.Beyond != 1 || d.Largest != 6 || d.Share() != 1.0/2000 {
		t.Errorf("got %v", d)
	}
	if d := Compare(a, image.NewNRGBA(image.Rect(0, 0, 9, 9))); d.Size == "" {
		t.Error("sizes were not compared")
	}
	part := b.SubImage(image.Rect(1, 0, 3, 1))
	if d := Compare(part, part); d.Pixels != 2 || d.Different != 0 {
		t.Errorf("a part of a picture: %v", d)
	}
}

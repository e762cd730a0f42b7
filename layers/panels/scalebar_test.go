package panels

import (
	"testing"

	"github.com/longtake/longtake/layers/drawable"
)

// Between the planets and the stars a bar is in their units, and where only sky is seen there is
// none; over the horizon of a place on Earth it says so.
func TestScaleBarBetweenStars(t *testing.T) {
	s := &ScaleBar{Panel: New("bottom-left"), Units: "metric", Length: 200}
	for ground, want := range map[float64]string{4: "500 m", 40: "5 km", 4e9: "5 au", 8e13: "1 ly", 1e17: "2000 ly"} {
		if got := s.bar(&drawable.PanelView{Ground: ground}).text; got != want {
			t.Errorf("%v m a pixel: %s, want %s", ground, got, want)
		}
	}
	for height, want := range map[float64]float64{100: 1, 1e9: 0} {
		if got := s.Share(&drawable.PanelView{Height: height}); got != want {
			t.Errorf("without ground from %v m: %v", height, got)
		}
	}
	if s.Share(&drawable.PanelView{Height: 1e9, Ground: 1e6}) != 1 {
		t.Error("no bar for the Earth from afar")
	}
}

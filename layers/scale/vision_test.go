package scale

import (
	"math"
	"testing"

	"github.com/longtake/longtake/assets"
	"github.com/longtake/longtake/scene"
)

// TestOKLab: the reference values of Ottosson's page for white and for the primaries of XYZ's
// neighbourhood, and there and back.
func TestOKLab(t *testing.T) {
	for _, c := range []struct {
		color scene.Color
		want  lab
	}{{scene.Color{255, 255, 255, 255}, lab{1, 0, 0}}, {scene.Color{0, 0, 0, 255}, lab{}}, {scene.Color{255, 0, 0, 255}, lab{0.6280, 0.2249, 0.1258}}, {scene.Color{0, 0, 255, 255}, lab{0.4520, -0.0325, -0.3115}}} {
		got := toLab(c.color)
		for i := range got {
			if math.Abs(got[i]-c.want[i]) > 5e-4 {
				t.Errorf("%v is %v, want %v", c.color, got, c.want)
			}
		}
	}
	for r := 0; r < 256; r += 17 {
		for b := 0; b < 256; b += 15 {
			c := scene.Color{uint8(r), uint8(255 - r), uint8(b), 255}
			if back := toLab(c).color(255); back != c {
				t.Errorf("%v comes back as %v", c, back)
			}
		}
	}
}

// TestVision: grey stays grey, and red and green of one lightness become alike to those who
// do not see one of them.
func TestVision(t *testing.T) {
	for _, v := range Visions {
		if c := v.See(scene.Color{120, 120, 120, 255}); math.Abs(float64(c[0])-float64(c[2])) > 1 || math.Abs(float64(c[0])-120) > 1 {
			t.Errorf("%s sees grey as %v", v, c)
		}
	}
	redGreen := []scene.Color{{190, 80, 60, 255}, {110, 120, 55, 255}}
	usual, _ := Trichromat.Apart(redGreen)
	deutan, _ := Deutan.Apart(redGreen)
	if usual < 15 || deutan > LeastApart {
		t.Errorf("red and green are %v apart, to deuteranopes %v", usual, deutan)
	}
	if v, _, d := Confusable(redGreen); v == Trichromat || d > deutan {
		t.Errorf("most alike to %s: %v", v, d)
	}
}

// TestUsualCategories: the palette of categories without one is told apart by all.
func TestUsualCategories(t *testing.T) {
	colors, kind := Named("okabe-ito").list()
	if kind != assets.Qualitative || len(colors) != 8 {
		t.Fatal(kind, colors)
	}
	if v, pair, apart := Confusable(colors[:7]); apart < LeastApart {
		t.Errorf("%v and %v are %.1f apart to %s", colors[pair[0]], colors[pair[1]], apart, v)
	}
}

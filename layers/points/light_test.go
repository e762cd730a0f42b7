package points

import (
	"math"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// CIE chromaticities of black bodies (Wyszecki and Stiles 1982, table 1(3.11)), and what
// the colour says of itself.
func TestPlanckianColours(t *testing.T) {
	for _, c := range []struct{ kelvin, x, y float64 }{{2000, 0.5267, 0.4133}, {3000, 0.4369, 0.4041}, {4000, 0.3805, 0.3768}, {6500, 0.3135, 0.3237}, {10000, 0.2807, 0.2884}} {
		rgb := planck(c.kelvin)
		x := 0.4124564*rgb[0] + 0.3575761*rgb[1] + 0.1804375*rgb[2]
		y := 0.2126729*rgb[0] + 0.7151522*rgb[1] + 0.0721750*rgb[2]
		z := 0.0193339*rgb[0] + 0.1191920*rgb[1] + 0.9503041*rgb[2]
		s := x + y + z
		if math.Abs(y-1) > 1e-3 {
			t.Errorf("%v K has luminance %v", c.kelvin, y)
		}
		if math.Abs(x/s-c.x) > 0.003 || math.Abs(y/s-c.y) > 0.003 {
			t.Errorf("%v K is at %.4f, %.4f, want %.4f, %.4f", c.kelvin, x/s, y/s, c.x, c.y)
		}
	}
}

func TestLightsFromRows(t *testing.T) {
	p := lightType.New().(*Light)
	p.Shape, p.Heading.Constant, p.Pitch.Constant, p.Angle.Constant, p.Soft = "spot", 90, 0, 60, 1
	skipped := 0
	c := &layer.Context{
		Layer: &scene.Layer{Type: "light", Props: p, Clamp: "none"}, Skip: func(string, string) { skipped++ },
		Table: &table.Table{IDs: []string{"a", "b"}, Geometry: []orb.Geometry{orb.MultiPoint{{7, 43}, {7.001, 43}}, orb.LineString{{7, 43}, {8, 44}}}},
	}
	draws, err := p.Draw(c)
	if err != nil {
		t.Fatal(err)
	}
	l := draws[0].What.(*drawable.Lights)
	if len(l.Items) != 2 || skipped != 1 || len(draws) != 2 {
		t.Fatalf("%d lights, %d rows left out, %d drawables", len(l.Items), skipped, len(draws))
	}
	it := l.Items[0]
	if d := it.Direction; math.Abs(float64(d[0])-1) > 1e-3 {
		t.Errorf("a lamp that looks east looks to %v", d)
	}
	if math.Abs(float64(it.Outer)-math.Cos(math.Pi/6)) > 1e-6 || it.Inner != 1 {
		t.Errorf("cone %v, %v", it.Inner, it.Outer)
	}
	// 1,500 lm in a cone whose light falls by the square of a line of the cosine.
	candela := 0.2126*float64(it.Intensity[0]) + 0.7152*float64(it.Intensity[1]) + 0.0722*float64(it.Intensity[2])
	if want := 1500 / (2 * math.Pi * (1 - math.Cos(math.Pi/6)) / 3); math.Abs(candela-want) > 0.01*want {
		t.Errorf("%v cd, want %v", candela, want)
	}
	if lux := candela / float64(it.Range*it.Range); math.Abs(lux-lightEnd) > 1e-3 {
		t.Errorf("the light ends at %v lx", lux)
	}
}

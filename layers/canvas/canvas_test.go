package canvas

import (
	"image"
	"image/color"
	"math"
	"slices"
	"testing"

	"github.com/longtake/longtake/scene"
)

var white = Plain{255, 255, 255, 255}

// cover is the area that is painted, in square pixels of the canvas.
func cover(c *Canvas) (area float64) {
	for i := 3; i < len(c.picture.Pix); i += 4 {
		area += float64(c.picture.Pix[i]) / 255
	}
	return area / c.scale / c.scale
}

func TestAreas(t *testing.T) {
	arc := (&Path{}).Arc(50, 50, 30, 0, math.Pi/2)
	corner := (&Path{}).Move(10, 80).Line(50, 20).Line(90, 80)
	for name, c := range map[string]struct {
		paint func(c *Canvas)
		want  float64
	}{
		"box":    {func(c *Canvas) { c.Fill(Rect(10, 20, 30, 40), white) }, 1200},
		"disc":   {func(c *Canvas) { c.Fill(Circle(50, 50, 30), white) }, math.Pi * 900},
		"round":  {func(c *Canvas) { c.Fill(Round(Box{10, 10, 60, 40}, 12), white) }, 2400 - (4-math.Pi)*144},
		"sector": {func(c *Canvas) { c.Fill(Sector(50, 50, 20, 40, 0, math.Pi/2), white) }, math.Pi / 4 * (1600 - 400)},
		"line":   {func(c *Canvas) { c.Line(10, 10, 70, 90, 4, white) }, 400},
		"arc":    {func(c *Canvas) { c.Stroke(arc, 6, white) }, math.Pi / 2 * 30 * 6},
		"ring":   {func(c *Canvas) { c.Stroke(Circle(50, 50, 30), 6, white) }, 2 * math.Pi * 30 * 6},
		"hole":   {func(c *Canvas) { c.Fill(Rect(10, 10, 80, 80).Without(Rect(20, 20, 60, 60)), white) }, 6400 - 3600},
		"cut":    {func(c *Canvas) { c.Within(Box{0, 0, 50, 50}, func() { c.Fill(Circle(50, 50, 30), white) }) }, math.Pi * 225},
		"half":   {func(c *Canvas) { c.Faded(0.5, func() { c.Fill(Rect(10, 20, 30, 40), white) }) }, 600},
		"gradient": {func(c *Canvas) {
			c.Fill(Rect(0, 0, 100, 100), Down(Box{0, 0, 100, 100}, scene.Color{}, scene.Color{255, 255, 255, 255}))
		}, 5000},
		// Two arms of √5200 by 4 and an outer join about half a disc's part; inside they overlap.
		"corner":  {func(c *Canvas) { c.Stroke(corner, 4, white) }, 2*math.Sqrt(5200)*4 - 4*math.Tan(math.Atan2(60, 40)) + 2*2*math.Atan2(60, 40)},
		"twice":   {func(c *Canvas) { p := Rect(10, 10, 20, 20); c.Fill(p.Without(&Path{}), white) }, 400},
		"outside": {func(c *Canvas) { c.Fill(Circle(-50, 300, 30), white) }, 0},
		"broken":  {func(c *Canvas) { c.Fill((&Path{}).Move(0, 0).Line(math.NaN(), 4).Line(9, 9).Close(), white) }, 0},
		"endless": {func(c *Canvas) { c.Stroke((&Path{}).Move(0, 0).Line(math.Inf(1), 4), 2, white) }, 0},
	} {
		for _, scale := range []float64{1, 2.5} {
			k := New(100, 100, scale, NewFonts(false))
			c.paint(k)
			if got := cover(k); math.Abs(got-c.want) > 0.01*c.want+2 {
				t.Errorf("%s at %v: %.1f square pixels, want %.1f", name, scale, got, c.want)
			}
		}
	}
}

// A curve through points meets them and never leaves the range of its neighbours.
func TestSmoothNeverOvershoots(t *testing.T) {
	points := []Point{{0, 0}, {10, 0}, {20, 50}, {30, 50}, {40, 10}, {55, 80}}
	for _, c := range Smooth(points).flatten(0.01) {
		for i := 1; i < len(c.points); i++ {
			q := c.points[i]
			k := 1
			for points[k].X < q.X-1e-9 {
				k++
			}
			lo, hi := min(points[k-1].Y, points[k].Y), max(points[k-1].Y, points[k].Y)
			if q.Y < lo-1e-6 || q.Y > hi+1e-6 {
				t.Fatalf("%v is outside of %v … %v", q, lo, hi)
			}
		}
	}
}

func TestTextIsMeasuredAndFits(t *testing.T) {
	f := NewFonts(false)
	s := Style{Size: 20, Ink: white}
	k := New(300, 60, 2, f)
	width := k.Text("Alto da Sé 117", 10, 40, s)
	if w := f.Width("Alto da Sé 117", s); math.Abs(w-width) > 1e-6 || w < 100 || w > 200 {
		t.Errorf("width %v, measured %v", width, w)
	}
	box := image.Rectangle{}
	for y := range k.picture.Rect.Dy() {
		for x := range k.picture.Rect.Dx() {
			if k.picture.RGBAAt(x, y) != (color.RGBA{}) {
				box = box.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	if l, r := float64(box.Min.X)/2, float64(box.Max.X)/2; l < 9 || l > 13 || r < 10+width-4 || r > 10+width+1 {
		t.Errorf("ink from %v to %v, the text from 10 to %v", l, r, 10+width)
	}
	// Figures are as wide as each other: numbers that count do not jitter.
	for _, d := range "123456789" {
		if f.Width(string(d), s) != f.Width("0", s) {
			t.Errorf("%c is not as wide as 0", d)
		}
	}
	if short := f.Fit("a very long name indeed", 90, s); f.Width(short, s) > 90 || short == "…" {
		t.Errorf("%q", short)
	}
	for _, l := range f.Wrap("Die Fähre nach Porto Largo 城市规划与交通 legt ab", 120, s) {
		if f.Width(l, s) > 120 {
			t.Errorf("line %q is %v wide", l, f.Width(l, s))
		}
	}
	if lines := f.Wrap("a\nb", 100, s); len(lines) != 2 {
		t.Errorf("%q", lines)
	}
	for text, want := range map[string][]string{
		"城市规划、交通。":         {"城", "市", "规", "划、", "交", "通。"}, // no line begins with a full stop
		"「東京」ラーメン":         {"「東", "京」", "ラー", "メ", "ン"},
		"café–bar 12,5 km": {"café–", "bar ", "12,5 ", "km"},
		"مرحبا بالعالم":    {"مرحبا ", "بالعالم"},
		"क्षितिज पर":       {"क्षितिज ", "पर"},
	} {
		if got := words(text); !slices.Equal(got, want) {
			t.Errorf("%q breaks into %q, want %q", text, got, want)
		}
	}
	if got := letters("क्षिa\u0301🇵🇹"); len(got) != 3 && len(got) != 4 { // क् stands apart before Unicode 15.1
		t.Errorf("letters %q", got)
	}
}

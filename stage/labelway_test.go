package stage

import (
	"math"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline"
)

// written is a text of n letters of 10 px at some vertices of a line, seen from 1000 m above
// so that a metre is about a pixel of a 1080-line picture.
func written(n int, line [][3]float32, at ...int) (*drawable.Glyphs, *tiles.View) {
	f := earth.FrameAt(earth.Place{Lng: 7.42, Lat: 43.73})
	g := &drawable.Glyphs{Frame: f.Matrix(), Lines: line}
	for k := range n {
		x := float32(k*10 - n*5)
		g.Quads = append(g.Quads, drawable.GlyphQuad{Min: [2]float32{x, -5}, Max: [2]float32{x + 10, 5}})
	}
	for _, k := range at {
		g.Labels = append(g.Labels, drawable.Label{Anchor: line[k], Count: n, Min: [2]float32{float32(-5 * n), -8}, Max: [2]float32{float32(5 * n), 14},
			Way: drawable.LabelWay{Count: len(line), At: k, Bend: 0.7, Em: 14, Apart: 200}})
	}
	v := &tiles.View{Eye: f.FromLocal(mgl64.Vec3{0, 0, 1000}), Right: f.DirFromLocal(mgl64.Vec3{1, 0, 0}),
		Up: f.DirFromLocal(mgl64.Vec3{0, 1, 0}), Forward: f.DirFromLocal(mgl64.Vec3{0, 0, -1}), FovY: 2 * math.Atan(0.54), Width: 960, Height: 540}
	return g, v
}

// arc is a part of a circle around the middle, in steps of two degrees.
func arc(radius float64, from, to int) (out [][3]float32) {
	step := 2
	if to < from {
		step = -2
	}
	for d := from; d != to+step; d += step {
		sin, cos := math.Sincos(float64(d) * math.Pi / 180)
		out = append(out, [3]float32{float32(radius * cos), float32(radius * sin), 0})
	}
	return out
}

func separated(g *drawable.Glyphs, v *tiles.View) {
	var s separator
	s.separate(&pipeline.Frame{Draws: []drawable.Draw{{What: g}}}, v, flat, false)
}

// Letters stand on their line, turned with it, in the order in which they are read, whichever
// way the line runs.
func TestTextFollowsItsLine(t *testing.T) {
	const radius = 300.0
	for name, line := range map[string][][3]float32{"clockwise": arc(radius, 150, 30), "anticlockwise": arc(radius, 30, 150)} {
		g, v := written(20, line, 30)
		separated(g, v)
		if g.Labels[0].Hidden || len(g.Turns) != 20 {
			t.Fatalf("%s: hidden %v, %d turns", name, g.Labels[0].Hidden, len(g.Turns))
		}
		for k, turn := range g.Turns {
			x, y := float64(turn.X)-960, float64(turn.Y)-540 // of a picture of 1920 × 1080
			if r := math.Hypot(x, y); math.Abs(r-radius) > 1 {
				t.Errorf("%s: letter %d is %.1f px from the middle", name, k, r)
			}
			along := math.Pi/2 - math.Atan2(y, x) // from the top, clockwise
			if want := float64(k*10-95) / radius; math.Abs(along-want) > 0.01 || math.Abs(float64(turn.Angle)+want) > 0.02 {
				t.Errorf("%s: letter %d is %.3f along, turned by %.3f; want %.3f", name, k, along, turn.Angle, want)
			}
		}
	}
}

// Below the middle of a circle text stands on its outside, so that it is upright.
func TestTextIsUpright(t *testing.T) {
	for _, line := range [][][3]float32{arc(300, 220, 320), arc(300, 320, 220)} {
		g, v := written(16, line, 25)
		separated(g, v)
		if g.Labels[0].Hidden || len(g.Turns) != 16 || g.Turns[0].X > g.Turns[15].X {
			t.Errorf("hidden %v, %v", g.Labels[0].Hidden, g.Turns)
		}
		for _, turn := range g.Turns {
			if math.Cos(float64(turn.Angle)) < 0.8 {
				t.Errorf("turned by %.2f", turn.Angle)
			}
		}
	}
}

// Texts are left out where the line is shorter, turns too sharply, or ends behind the eye.
func TestTextNeedsItsLine(t *testing.T) {
	for name, c := range map[string]struct {
		line   [][3]float32
		hidden bool
	}{
		"straight": {[][3]float32{{-120, 0, 0}, {0, 0, 0}, {120, 0, 0}}, false},
		"short":    {[][3]float32{{-120, 0, 0}, {0, 0, 0}, {90, 0, 0}}, true},
		"corner":   {[][3]float32{{-120, 0, 0}, {0, 0, 0}, {0, 120, 0}}, true},
		"fold":     {[][3]float32{{-120, 0, 0}, {0, 0, 0}, {-120, 1, 0}}, true},
		"gentle":   {[][3]float32{{-120, 0, 0}, {0, 0, 0}, {110, 40, 0}}, false},
		"spiral":   {arc(40, -260, 260), true},
		"upwards":  {[][3]float32{{-120, 0, 0}, {0, 0, 0}, {1, 0, 3000}}, true},
	} {
		at := len(c.line) / 2
		g, v := written(20, c.line, at)
		separated(g, v)
		if g.Labels[0].Hidden != c.hidden || c.hidden && (len(g.Turns) > 0 || g.Labels[0].Way.Turned >= 0) {
			t.Errorf("%s: hidden %v, %d turns", name, g.Labels[0].Hidden, len(g.Turns))
		}
	}
}

// The same text is not written again nearby, and no letters lie over others'.
func TestTextRepeatsApart(t *testing.T) {
	var line [][3]float32
	for k := range 101 {
		line = append(line, [3]float32{float32(k*18 - 900), 0, 0})
	}
	g, v := written(4, line, 50, 55, 62, 40, 30, 75)
	separated(g, v)
	for i, want := range []bool{false, true, false, true, false, false} { // 90, 216, 180, 360 and 450 px from the first
		if g.Labels[i].Hidden != want {
			t.Errorf("label %d: hidden %v", i, g.Labels[i].Hidden)
		}
	}
	g, v = written(4, line, 50, 52)
	g.Labels[1].Way.Text = 1
	separated(g, v)
	if g.Labels[0].Hidden || !g.Labels[1].Hidden {
		t.Error("texts lie over each other")
	}
}

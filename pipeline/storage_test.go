package pipeline

import (
	"image"
	"slices"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/internal/golden"
	"github.com/longtake/longtake/layers/drawable"
)

// Points and lines that are drawn from where the program has them are the same picture as those
// that have been copied; what was lent is given back.
func TestLentRecords(t *testing.T) {
	const n = 20000
	points := &drawable.Points{Frame: earth.FrameAt(andorra).Matrix(), Emission: 1, Fill: 1, Blend: drawable.Alpha}
	line := &drawable.Lines{Frame: earth.FrameAt(andorra).Matrix(), Emission: 1, Blend: drawable.Alpha, Starts: []uint32{0}}
	for i := range n {
		at := [3]float32{float32(i%200) - 100, float32(i / 200), float32(i % 7)}
		points.Vertices = append(points.Vertices, drawable.PointVertex{Position: at, Size: 2 + float32(i%5), Color: [4]uint8{uint8(i), 200, 90, 255}})
		line.Vertices = append(line.Vertices, drawable.LineVertex{Position: at, Width: 1 + float32(i%3), Color: [4]uint8{90, uint8(i), 200, 255}})
	}
	draws := []drawable.Draw{{What: points.Bound()}, {What: line.Bound()}}
	f := &Frame{View: look(andorra, 0, -200, 80, 0, -20), Env: daylight(andorra, 100, 40), Draws: draws}
	var pages [2]int
	pictures := make([]*image.NRGBA, 2)
	for i, lent := range []bool{true, false} {
		r := newTestRenderer(t, Options{Width: 96, Height: 54, Quality: tier(t, "draft"), Budget: 1})
		if !r.res.points.lent {
			t.Skip("the driver draws from its own memory")
		}
		r.res.points.lent, r.res.lines.lent = lent, lent
		draw(t, r, f)
		pictures[i] = readImage(t, r)
		pages[i] = r.res.points.pages[0].buffer.Size
		empty := &Frame{View: f.View, Env: f.Env}
		for range keepFrames + 2 {
			draw(t, r, empty)
		}
		if left := slices.ContainsFunc(r.res.points.pages, func(p *poolPage) bool { return p != nil }); left {
			t.Error("points stay")
		}
	}
	if d := golden.Compare(pictures[0], pictures[1]); d.Different > 0 {
		t.Errorf("another picture: %v", d)
	}
	if pages[0] != 28*n || pages[1] == pages[0] {
		t.Errorf("pages of %d bytes", pages)
	}
}

// Lines of no length hold no page, which goes with what it holds.
func TestNothingHoldsNoPage(t *testing.T) {
	r := newTestRenderer(t, Options{Width: 32, Height: 18, Quality: tier(t, "draft"), Budget: 1})
	line := func(length float32) drawable.Draw {
		l := &drawable.Lines{Frame: earth.FrameAt(andorra).Matrix(), Emission: 1, Blend: drawable.Alpha, Starts: []uint32{0}}
		for _, x := range []float32{0, length} {
			l.Vertices = append(l.Vertices, drawable.LineVertex{Position: [3]float32{x, 40, 20}, Width: 2, Color: [4]uint8{255, 0, 0, 255}})
		}
		return drawable.Draw{What: l.Bound(), Passing: true}
	}
	f := &Frame{View: look(andorra, 0, -200, 80, 0, -20), Env: daylight(andorra, 100, 40), Draws: []drawable.Draw{line(0), line(30), line(0)}}
	draw(t, r, f)
	if n := len(r.res.entries); n != 3 {
		t.Fatalf("%d entries", n)
	}
	f.Draws = []drawable.Draw{line(0)}
	for range keepFrames + 2 {
		draw(t, r, f)
	}
	f.Draws = []drawable.Draw{line(30)}
	draw(t, r, f)
	if n := len(r.res.entries); n > 2 {
		t.Errorf("%d entries stay", n)
	}
}

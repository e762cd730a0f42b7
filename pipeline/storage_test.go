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

package pipeline

import (
	"math"
	"testing"

	"github.com/longtake/longtake/layers/drawable"
)

func TestLinePoints(t *testing.T) {
	v := func(x, y float32) drawable.LineVertex {
		return drawable.LineVertex{Position: [3]float32{x, y}, Width: x, Feature: math.MaxUint32}
	}
	l := &drawable.Lines{Starts: []uint32{0, 4, 5, 7, 90}, Vertices: []drawable.LineVertex{
		v(0, 0), v(0, 0), v(1, 0), v(3, 0), // three points
		v(9, 0),            // none
		v(20, 0), v(21, 0), // two
		v(0, 0), v(1, 0), v(1, 1), v(0, 0), // closed
	}}
	got, widest := linePoints(l)
	if widest != 21 {
		t.Errorf("the widest is %v", widest)
	}
	const s, j = lineSegment, lineJoined
	want := []struct {
		x     float32
		flags uint32
	}{{0, s}, {1, s | j}, {3, 0}, {20, s}, {21, 0}, {1, 0}, {0, s | j}, {1, s | j}, {1, s | j}, {0, j}, {1, 0}}
	if len(got) != len(want) {
		t.Fatalf("%d points", len(got))
	}
	for i, w := range want {
		if got[i].position[0] != w.x || got[i].feature&^(j-1) != w.flags {
			t.Errorf("point %d is %+v", i, got[i])
		}
	}
}

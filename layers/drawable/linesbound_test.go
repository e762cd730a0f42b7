package drawable

import (
	"math"
	"runtime"
	"testing"
)

// The sphere around lines does not depend on the number of processors, not even where a part
// begins with a position that is no number.
func TestSphereOfPartsWithHoles(t *testing.T) {
	const n = 1 << 16
	l := &Lines{Vertices: make([]LineVertex, n)}
	for i := range l.Vertices {
		l.Vertices[i].Position = [3]float32{float32(i), float32(i % 100), 0}
	}
	gap := float32(math.NaN())
	l.Vertices[0].Position, l.Vertices[n/2].Position = [3]float32{gap, gap, gap}, [3]float32{gap, gap, gap}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	l.Bound()
	center, radius := l.Center, l.Radius
	runtime.GOMAXPROCS(2)
	if l.Bound(); l.Center != center || l.Radius != radius {
		t.Errorf("%v, %v by two processors; %v, %v by one", l.Center, l.Radius, center, radius)
	}
	l.Starts = []uint32{0, 1, n / 3, n - 2}
	if l.Measure().Bound(); l.Center != center || l.Radius != radius {
		t.Errorf("%v, %v of measured lines, %v, %v of others", l.Center, l.Radius, center, radius)
	}
	if math.Abs(float64(radius)-n/2) > 60 {
		t.Errorf("radius %v about %v", radius, center)
	}
}

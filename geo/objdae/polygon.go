//go:build g3n

package objdae

import (
	"fmt"
	"math"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/oliverbestmann/earcut-go"
)

// maxSides bounds a polygon, for cutting ears is quadratic.
const maxSides = 1 << 12

// triangulate cuts a flat polygon of any shape into triangles that wind as it does; the
// result indexes its corners. The plane is the one that Newell's normal is closest to.
func triangulate(ring []mgl64.Vec3) ([][3]int, error) {
	switch n := len(ring); {
	case n < 3:
		return nil, fmt.Errorf("a polygon of %d corners", n)
	case n == 3:
		return [][3]int{{0, 1, 2}}, nil
	case n > maxSides:
		return nil, fmt.Errorf("a polygon of %d corners (at most %d)", n, maxSides)
	}
	var n mgl64.Vec3
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		n = n.Add(mgl64.Vec3{(a[1] - b[1]) * (a[2] + b[2]), (a[2] - b[2]) * (a[0] + b[0]), (a[0] - b[0]) * (a[1] + b[1])})
	}
	up := 0
	for k := range n {
		if math.Abs(n[k]) > math.Abs(n[up]) {
			up = k
		}
	}
	flat := make([]earcut.Point[float64], len(ring))
	for i, p := range ring {
		flat[i] = earcut.Point[float64]{X: p[(up+1)%3] - ring[0][(up+1)%3], Y: p[(up+2)%3] - ring[0][(up+2)%3]}
	}
	_, cut := earcut.Triangulate(flat, nil)
	var out [][3]int
	for i := 0; i+2 < len(cut); i += 3 {
		t := [3]int{int(cut[i]), int(cut[i+1]), int(cut[i+2])}
		a, b, c := flat[t[0]], flat[t[1]], flat[t[2]]
		if area := (b.X-a.X)*(c.Y-a.Y) - (b.Y-a.Y)*(c.X-a.X); area*n[up] < 0 {
			t[1], t[2] = t[2], t[1]
		}
		out = append(out, t)
	}
	return out, nil
}

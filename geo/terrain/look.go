package terrain

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
)

// look returns the normal and base colour of a node; slopes are taken over step nodes
// on each side, so that coarse levels do not show the noise of fine ones.
func (t *Terrain) look(i, j, step int) ([3]float32, [4]uint8) {
	x0, x1 := max(i-step, 0), min(i+step, t.n-1)
	y0, y1 := max(j-step, 0), min(j+step, t.n-1)
	dx := float64(t.heights[j*t.n+x1]-t.heights[j*t.n+x0]) / (float64(x1-x0) * t.cell)
	dy := float64(t.heights[y1*t.n+i]-t.heights[y0*t.n+i]) / (float64(y1-y0) * t.cell)
	p := t.planOf(i, j)
	lng, lat := t.o.Frame.Unplan(p[0], p[1])
	normal, slope := t.normal(lng, lat, dx, dy)
	node := j*t.n + i
	c := ground(float64(t.heights[node])-t.o.SeaLevel, slope, lat, t.kind[node])
	return normal, c
}

// normal is the surface's normal in the plan's frame, and its slope (rise over run) from
// the local horizon. The plan's east step moves along the ellipsoid by east plus what
// brings it back onto the local horizon.
func (t *Terrain) normal(lng, lat, dx, dy float64) ([3]float32, float64) {
	u := t.o.Frame.DirToLocal(upAt(lng, lat))
	east := mgl64.Vec3{1, 0, -u[0] / u[2]}
	north := mgl64.Vec3{0, 1, -u[1] / u[2]}
	n := east.Add(u.Mul(dx)).Cross(north.Add(u.Mul(dy))).Normalize()
	cos := min(max(n.Dot(u), 1e-6), 1)
	return round(n), math.Sqrt(1-cos*cos) / cos
}

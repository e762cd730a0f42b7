package terrain

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
)

// look returns the normal and base colour of a node; slopes are taken over step nodes
// on each side, so that coarse levels do not show the noise of fine ones. Where the tile
// has detail they are the detail's, but on sides that a neighbour without shares.
func (w *window) look(i, j, step int) ([3]float32, [4]uint8) {
	t := w.t
	var dx, dy float64
	if w.detailed(i, j) {
		at, step := w.at(i, j), t.cell/float64(w.factor)
		dx = w.rise(at, 1) / step
		dy = w.rise(at, w.cells+3) / step
	} else {
		i, j := (w.x0+i)/w.factor, (w.y0+j)/w.factor
		at := j*t.n + i
		dx = t.rise(at, min(i, step), min(t.n-1-i, step), 1) / t.cell
		dy = t.rise(at, min(j, step), min(t.n-1-j, step), t.n) / t.cell
	}
	p := w.plan(i, j)
	lng, lat := t.o.Frame.Unplan(p[0], p[1])
	normal, slope := t.normal(lng, lat, dx, dy)
	at := w.at(i, j)
	return normal, ground(float64(w.heights[at])-t.o.SeaLevel, slope, lat, w.kind[at])
}

// rise is the slope at a node of the detail in metres a step.
func (w *window) rise(at, step int) float64 { return rise(w.heights, w.kind, at, 1, 1, step) }

// rise is the slope at a node of the grid in metres a stride: from so many strides back to
// so many ahead.
func (t *Terrain) rise(at, back, ahead, stride int) float64 {
	return rise(t.heights, t.kind, at, back, ahead, stride)
}

// rise does not look across the edge of water's bed: a quay is level up to its wall, and
// a coast seen from afar is not lit as the wall is.
func rise(z []float32, kind []uint8, at, back, ahead, stride int) float64 {
	wet := kind[at] == bed
	a, b := at-back*stride, at+ahead*stride
	if (kind[a] == bed) != wet {
		a, back = at, 0
	}
	if (kind[b] == bed) != wet {
		b, ahead = at, 0
	}
	return float64(z[b]-z[a]) / float64(max(back+ahead, 1))
}

// detailed tells whether a node's slopes are taken from the detail.
func (w *window) detailed(i, j int) bool {
	if w.factor == 1 {
		return false
	}
	on := [4]bool{j == 0, i == w.cells, j == w.cells, i == 0}
	sides := 0
	for k, o := range on {
		if o {
			sides++
			if !w.edges[k] {
				return false
			}
		}
	}
	return sides < 2 // four tiles share a corner
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

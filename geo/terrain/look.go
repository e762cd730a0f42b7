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
		step := t.cell / float64(w.factor)
		dx = w.rise(i, j, 1, 0) / step
		dy = w.rise(i, j, 0, 1) / step
	} else {
		x, y := (w.x0+i)/w.factor, (w.y0+j)/w.factor
		dx = t.rise(x, y, 1, 0, step) / t.cell
		dy = t.rise(x, y, 0, 1, step) / t.cell
	}
	p := w.plan(i, j)
	lng, lat := t.o.Frame.Unplan(p[0], p[1])
	normal, slope := t.normal(lng, lat, dx, dy)
	return normal, ground(float64(w.height(i, j))-t.o.SeaLevel, slope, lat, w.kindOf(i, j))
}

// sample is a node where slopes are taken.
type sample struct {
	z    float32
	wet  bool
	step step
}

// rise is the slope of the detail at a node, in metres a step along x or y.
func (w *window) rise(i, j, x, y int) float64 {
	return rise(func(k int) sample {
		return sample{w.height(i+k*x, j+k*y), w.kindOf(i+k*x, j+k*y) == bed, w.stepOf(i+k*x, j+k*y)}
	}, 1, 1, y)
}

// rise is the slope of the grid at a node, in metres a cell along x or y, over so many on
// each side.
func (t *Terrain) rise(i, j, x, y, step int) float64 {
	at := i*x + j*y
	return rise(func(k int) sample {
		return sample{z: t.nodes.height(i+k*x, j+k*y), wet: t.nodes.kind(i+k*x, j+k*y) == bed}
	}, min(at, step), min(t.n-1-at, step), y)
}

// rise does not look across the edge of water's bed, or over a wall: a quay is level up to
// its wall, and a coast seen from afar is not lit as the wall is. The axis is x (0) or y (1).
func rise(at func(steps int) sample, back, ahead, axis int) float64 {
	here, a, b := at(0), at(-back), at(ahead)
	if here.apart(a, axis+2) {
		a, back = here, 0
	}
	if here.apart(b, axis) {
		b, ahead = here, 0
	}
	return float64(b.z-a.z) / float64(max(back+ahead, 1))
}

// apart tells whether water's edge or a wall is between a sample and one that way.
func (s sample) apart(o sample, neighbour int) bool {
	return s.wet != o.wet || s.z > o.z && s.step.to(o.step, neighbour) > 0 || s.z < o.z && o.step.to(s.step, (neighbour+2)%4) > 0
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

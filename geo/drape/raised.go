package drape

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
)

// tilt is how a triangle of a patch rises over the ground that it follows: metres up for
// each metre east and north.
func tilt(p []corner) (t [2]float64) {
	ax, ay, bx, by := p[1].x-p[0].x, p[1].y-p[0].y, p[2].x-p[0].x, p[2].y-p[0].y
	det := ax*by - ay*bx
	if math.Abs(det) < 1e-12 {
		return t
	}
	h, k := p[1].lift-p[0].lift, p[2].lift-p[0].lift
	return [2]float64{(h*by - k*ay) / det, (k*ax - h*bx) / det}
}

// raised gives positions over a terrain triangle by a patch's Lift, and the normals that
// its tilt turns.
func (d *draper) raised(t *terrainTri) func(c corner) (pos, normal mgl64.Vec3) {
	up := d.tile.Frame.DirToLocal(d.tile.Plan.Up)
	east, north := d.tile.Frame.DirToLocal(d.tile.Plan.East), d.tile.Frame.DirToLocal(d.tile.Plan.North)
	off := d.tile.Raise * float64(d.patch.Bias)
	lean := east.Mul(-d.tilt[0]).Add(north.Mul(-d.tilt[1]))
	return func(c corner) (mgl64.Vec3, mgl64.Vec3) {
		pos, n := d.ground.at(t, c.x, c.y)
		return pos.Add(up.Mul(c.lift)).Add(n.Mul(off)), n.Add(lean).Normalize()
	}
}

package stage

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline"
)

// separate hides labels that overlap one drawn before them, or that ground or the
// horizon covers. Layers are in order, the labels of one in order of their priority: the
// first to take a place keeps it.
func separate(f *pipeline.Frame, v *tiles.View, ground func(lng, lat float64) float64) {
	var taken [][4]float64
	tanY := math.Tan(v.FovY / 2)
	tanX := tanY * float64(v.Width) / float64(v.Height)
	scale := float64(v.Height) / 1080
	for _, d := range f.Draws {
		g, ok := d.What.(*drawable.Glyphs)
		if !ok {
			continue
		}
		for i := range g.Labels {
			l := &g.Labels[i]
			l.Hidden = true
			a := mgl64.Vec4{float64(l.Anchor[0]), float64(l.Anchor[1]), float64(l.Anchor[2]), 1}
			at := g.Frame.Mul4x1(a).Vec3()
			to := at.Sub(v.Eye)
			depth := to.Dot(v.Forward)
			if depth <= 0 || !d.Overlay && covered(v.Eye, at, ground) {
				continue
			}
			x := (to.Dot(v.Right)/(depth*tanX)*0.5 + 0.5) * float64(v.Width)
			y := (to.Dot(v.Up)/(depth*tanY)*0.5 + 0.5) * float64(v.Height)
			box := [4]float64{x + float64(l.Min[0])*scale, y + float64(l.Min[1])*scale, x + float64(l.Max[0])*scale, y + float64(l.Max[1])*scale}
			if box[2] < 0 || box[3] < 0 || box[0] > float64(v.Width) || box[1] > float64(v.Height) || overlaps(taken, box) {
				continue
			}
			l.Hidden = false
			taken = append(taken, box)
		}
	}
}

func overlaps(taken [][4]float64, b [4]float64) bool {
	for _, t := range taken {
		if b[0] < t[2] && b[2] > t[0] && b[1] < t[3] && b[3] > t[1] {
			return true
		}
	}
	return false
}

// covered tells whether the ground hides a place from the eye, looking at 24 points of
// the way; the ellipsoid is part of the ground.
func covered(eye, at mgl64.Vec3, ground func(lng, lat float64) float64) bool {
	const slack = 12.0 // metres; the ground grid is coarse
	for i := 1; i < 24; i++ {
		t := float64(i) / 24
		t *= 2 - t // denser near the place
		p := earth.FromECEF(eye.Add(at.Sub(eye).Mul(t)))
		if p.Height > 9000 {
			continue
		}
		if p.Height < ground(p.Lng, p.Lat)-slack {
			return true
		}
	}
	return false
}

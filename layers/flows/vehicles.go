package flows

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

// vehicles are the models of the city's traffic: length, and the height that scales them.
var vehicles = map[string][2]float64{"car": {4.4, 1.42}, "suv": {4.65, 1.68}, "van": {5.5, 2.25}, "bus": {12, 3}, "truck": {9, 3.4}}

// vehicles places the city's vehicles, with their lights in the dark.
func (p *Track) vehicles(c *layer.Context, tracks []track, f earth.Frame, size [2]float64, sizes []float64, colors []scene.Color, now drawable.Instant) drawable.Copies {
	out := drawable.Copies{Models: []drawable.Copy{{Model: p.Model}}}
	for i := range tracks {
		w := &tracks[i]
		at, dir, ok := w.on(layer.Clock(c.Layer, now.Time))
		if !ok || !(sizes[w.row] > 0) {
			continue
		}
		v, d := f.ToLocal(at), f.DirToLocal(dir)
		if v.Sub(now.Eye).Len() > now.Reach {
			continue
		}
		scale := sizes[w.row] / size[0]
		out.Models[0].Items = append(out.Models[0].Items, drawable.Instance{Position: [3]float32{float32(v[0]), float32(v[1]), float32(v[2])},
			Yaw: float32(math.Atan2(d[1], d[0])), Scale: [2]float32{float32(scale * size[1]), float32(scale * size[1])}, Color: colors[w.row], Feature: uint32(w.row)})
		if now.Dark > 0 {
			lamps(&out, v, d, sizes[w.row]/2, scale, now.Dark, uint32(w.row))
		}
	}
	return out
}

// lamps adds two white lights before a vehicle and two red ones behind it.
func lamps(out *drawable.Copies, at, dir mgl64.Vec3, half, scale, bright float64, feature uint32) {
	side := mgl64.Vec3{-dir[1], dir[0], 0}
	if side.Len() < 1e-6 {
		return
	}
	side = side.Normalize().Mul(0.62 * scale)
	for _, end := range [2]float64{1, -1} {
		ink, size := [4]uint8{255, 240, 214, uint8(255 * bright)}, 0.34*scale
		if end < 0 {
			ink, size = [4]uint8{255, 34, 22, uint8(255 * bright)}, 0.26*scale
		}
		for _, s := range [2]float64{1, -1} {
			q := at.Add(dir.Mul(end * (half + 0.12*scale))).Add(side.Mul(s))
			out.Lights = append(out.Lights, drawable.PointVertex{Position: [3]float32{float32(q[0]), float32(q[1]), float32(q[2] + 0.7*scale)}, Size: float32(size), Color: ink, Feature: feature})
		}
	}
}

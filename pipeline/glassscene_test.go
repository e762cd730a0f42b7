package pipeline

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
)

// glassMaterial is clear glass; thickness above 0 makes it a body.
func glassMaterial(index, thickness, roughness float32) *drawable.Material {
	m := drawable.DefaultMaterial()
	m.Roughness = roughness
	m.Glass = drawable.Glass{Transmission: 1, IOR: index, Thickness: thickness}
	return m
}

// ball is a sphere in the frame of andorra.
func ball(center [3]float32, radius float32, m *drawable.Material) *drawable.Mesh {
	const rings, sides = 64, 128
	d := &drawable.Mesh{Frame: earth.FrameAt(andorra).Matrix(), Material: m}
	for i := range rings + 1 {
		st, ct := math.Sincos(math.Pi * float64(i) / rings)
		for k := range sides + 1 {
			sf, cf := math.Sincos(2 * math.Pi * float64(k) / sides)
			n := [3]float32{float32(st * cf), float32(st * sf), float32(-ct)}
			v := drawable.Vertex{Normal: drawable.EncodeNormal(n), Color: [4]uint8{255, 255, 255, 255}}
			for a := range 3 {
				v.Position[a] = center[a] + radius*n[a]
			}
			d.Vertices = append(d.Vertices, v)
		}
	}
	for i := range uint32(rings) {
		for k := range uint32(sides) {
			a := i*(sides+1) + k
			b := a + sides + 1
			d.Indices = append(d.Indices, a, a+1, b+1, a, b+1, b)
		}
	}
	return d.Bound()
}

// block is a box about a middle, turned about its upright axis.
func block(middle [3]float32, half [3]float32, turn float64, m *drawable.Material) *drawable.Mesh {
	walls := &drawable.Mesh{Frame: earth.FrameAt(andorra).Matrix(), Material: m}
	box(walls, walls, -half[0], -half[1], -half[2], 2*half[0], 2*half[1], 2*half[2], [4]uint8{255, 255, 255, 255}, 1)
	x, y, z, w, d := -half[0], -half[1], -half[2], half[0], half[1]
	quad(walls, [4][3]float32{{x, y, z}, {x, d, z}, {w, d, z}, {w, y, z}}, [4][2]float32{}, [4]uint8{255, 255, 255, 255}, 1)
	for i := range walls.Vertices {
		v := &walls.Vertices[i]
		v.Color = [4]uint8{255, 255, 255, 255}
		v.Position = turnedAbout(v.Position, turn)
		for k := range 3 {
			v.Position[k] += middle[k]
		}
	}
	for i := 0; i < len(walls.Indices); i += 3 { // normals after the turn
		var p [3]mgl64.Vec3
		for k := range 3 {
			q := walls.Vertices[walls.Indices[i+k]].Position
			p[k] = mgl64.Vec3{float64(q[0]), float64(q[1]), float64(q[2])}
		}
		n := p[1].Sub(p[0]).Cross(p[2].Sub(p[0])).Normalize()
		for k := range 3 {
			walls.Vertices[walls.Indices[i+k]].Normal = drawable.EncodeNormal([3]float32{float32(n[0]), float32(n[1]), float32(n[2])})
		}
	}
	return walls.Bound()
}

func turnedAbout(p [3]float32, angle float64) [3]float32 {
	s, c := math.Sincos(angle)
	x, y := float64(p[0]), float64(p[1])
	return [3]float32{float32(c*x - s*y), float32(s*x + c*y), p[2]}
}

const (
	mapAt   = 20.0 // metres north of the eye
	mapHalf = 16.0
	eyeHigh = 4.0
	shine   = 1000 // of what is seen through glass, so that what glass mirrors is dark beside it
)

// mapped is an upright square whose red says where one is across and whose green says where
// one is up, from 0 to 1: a dark wall for the depth, and its colours blended over it, as these
// are finer than those of opaque things.
func mapped() []drawable.Draw {
	frame := earth.FrameAt(andorra).Matrix()
	corners := func(y float32) [4][3]float32 {
		return [4][3]float32{{-mapHalf, y, eyeHigh - mapHalf}, {mapHalf, y, eyeHigh - mapHalf}, {mapHalf, y, eyeHigh + mapHalf}, {-mapHalf, y, eyeHigh + mapHalf}}
	}
	wall := &drawable.Mesh{Frame: frame, Material: &drawable.Material{Model: drawable.Unlit, Color: [4]float32{shine, shine, shine, 1}}}
	quad(wall, corners(mapAt), [4][2]float32{}, [4]uint8{0, 0, 255, 255}, 1)
	colors := &drawable.Mesh{Frame: frame, Material: &drawable.Material{Model: drawable.Unlit, Blend: drawable.Alpha, Color: [4]float32{shine, shine, shine, 1}}}
	quad(colors, corners(mapAt-0.005), [4][2]float32{}, [4]uint8{0, 0, 255, 255}, 1)
	for i := range colors.Vertices {
		p := colors.Vertices[i].Position
		if p[0] > 0 {
			colors.Vertices[i].Color[0] = 255
		}
		if p[2] > eyeHigh {
			colors.Vertices[i].Color[1] = 255
		}
	}
	return []drawable.Draw{{What: wall.Bound()}, {What: colors.Bound()}}
}

// nightly is an environment that lights nothing.
func nightly() Environment {
	return Environment{Sun: sunOver(andorra, -80, 0), Moon: sunOver(andorra, -60, 0), GroundHeight: andorra.Height, GlobeHeight: andorra.Height - 30, AutoExposure: true}
}

// glassCity is a town with balls, a frosted one, panes one behind the other, a dome and data.
func glassCity(place earth.Place) []drawable.Draw {
	tinted := glassMaterial(1.5, 2, 0.02)
	tinted.Glass.Left, tinted.Glass.Distance = [3]float32{0.35, 0.8, 0.65}, 4
	draws := append(boxCity(place, 8), drawable.Draw{What: ball([3]float32{-12, -140, 6}, 6, glassMaterial(1.5, 4, 0))},
		drawable.Draw{What: ball([3]float32{4, -150, 3}, 3, glassMaterial(1.5, 4, 0.45))},
		drawable.Draw{What: block([3]float32{22, -138, 5}, [3]float32{4, 4, 5}, 0.5, tinted)})
	for i := range 4 {
		m := glassMaterial(1.5, 0, 0)
		m.DoubleSided, m.Color = true, [4]float32{1 - 0.12*float32(i%2), 0.95, 0.88 + 0.1*float32(i%2), 1}
		d := &drawable.Mesh{Frame: earth.FrameAt(place).Matrix(), Material: m}
		y := -150 + 5*float32(i)
		quad(d, [4][3]float32{{9, y, 0}, {15, y + 1, 0}, {15, y + 1, 9}, {9, y, 9}}, [4][2]float32{}, [4]uint8{255, 255, 255, 255}, 1)
		draws = append(draws, drawable.Draw{What: d.Bound()})
	}
	data := pane{x: -12, y: -128, turn: 0.3, half: 9, high: 12, color: [3]float64{0.9, 0.15, 0.1}, alpha: 0.5}
	return append(draws, data.draw())
}

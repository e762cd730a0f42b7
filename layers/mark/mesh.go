package mark

import (
	"math"

	"github.com/longtake/longtake/layers/drawable"
)

// Disc is a square from -1 to 1 on the ground, whose UV are those of a disc of radius 1.
func Disc(m *drawable.Material) *drawable.Mesh {
	d := &drawable.Mesh{Name: "disc", Material: m, Bias: 30, Indices: []uint32{0, 1, 2, 0, 2, 3}}
	for _, p := range [4][2]float32{{-1, -1}, {1, -1}, {1, 1}, {-1, 1}} {
		d.Vertices = append(d.Vertices, vertex([3]float32{p[0], p[1], 0}, [3]float32{0, 0, 1}, p))
	}
	return d.Bound()
}

// Box is the cube from -1 to 1 seen from inside: what effects are projected within.
func Box(m *drawable.Material) *drawable.Mesh {
	d := &drawable.Mesh{Name: "box", Material: m}
	for i := range 8 {
		at := func(bit int) float32 { return float32(2*(i>>bit&1) - 1) }
		d.Vertices = append(d.Vertices, vertex([3]float32{at(0), at(1), at(2)}, [3]float32{0, 0, 1}, [2]float32{}))
	}
	for _, q := range [6][4]uint32{{0, 1, 3, 2}, {4, 6, 7, 5}, {0, 4, 5, 1}, {2, 3, 7, 6}, {0, 2, 6, 4}, {1, 5, 7, 3}} {
		d.Indices = append(d.Indices, q[0], q[1], q[2], q[0], q[2], q[3])
	}
	return d.Bound()
}

// Ring is a circle of a body of revolution.
type Ring struct {
	R, Z float64 // its radius and height
}

// Lathe turns a profile, given from its foot up, about the z axis. UV are turns from the
// east and the share of the profile's length. Round profiles are shaded smoothly, others
// have an edge at each ring.
func Lathe(m *drawable.Material, sides int, round bool, profile ...Ring) *drawable.Mesh {
	d := &drawable.Mesh{Name: "body of revolution", Material: m}
	total, length := 0.0, make([]float64, len(profile))
	for i := 1; i < len(profile); i++ {
		total += math.Hypot(profile[i].R-profile[i-1].R, profile[i].Z-profile[i-1].Z)
		length[i] = total
	}
	slope := func(i int) (r, z float64) { // normal of the segment above ring i
		a, b := profile[i], profile[i+1]
		l := math.Hypot(b.R-a.R, b.Z-a.Z)
		if l == 0 {
			return 1, 0
		}
		return (b.Z - a.Z) / l, (a.R - b.R) / l
	}
	row := func(i int, nr, nz float64) uint32 {
		first := uint32(len(d.Vertices))
		for k := range sides + 1 {
			sin, cos := math.Sincos(2 * math.Pi * float64(k) / float64(sides))
			d.Vertices = append(d.Vertices, vertex([3]float32{float32(profile[i].R * cos), float32(profile[i].R * sin), float32(profile[i].Z)},
				[3]float32{float32(nr * cos), float32(nr * sin), float32(nz)}, [2]float32{float32(k) / float32(sides), float32(length[i] / total)}))
		}
		return first
	}
	normal := func(i int) (r, z float64) { // at a ring of a round profile
		switch i {
		case 0:
			return slope(0)
		case len(profile) - 1:
			return slope(i - 1)
		}
		r0, z0 := slope(i - 1)
		r1, z1 := slope(i)
		l := math.Max(math.Hypot(r0+r1, z0+z1), 1e-9)
		return (r0 + r1) / l, (z0 + z1) / l
	}
	for i := range len(profile) - 1 {
		r0, z0 := slope(i)
		r1, z1 := r0, z0
		if round {
			r0, z0 = normal(i)
			r1, z1 = normal(i + 1)
		}
		low, high := row(i, r0, z0), row(i+1, r1, z1)
		for k := range uint32(sides) {
			d.Indices = append(d.Indices, low+k, low+k+1, high+k+1, low+k, high+k+1, high+k)
		}
	}
	return d.Bound()
}

// Tube is the wall of a cylinder of radius and height 1.
func Tube(m *drawable.Material, sides int) *drawable.Mesh {
	return Lathe(m, sides, true, Ring{1, 0}, Ring{1, 1})
}

// Dome is the upper half of a sphere of radius 1. UV are those of a disc: the angle from its
// top in quarter turns.
func Dome(m *drawable.Material, rings, sides int) *drawable.Mesh {
	profile := make([]Ring, rings+1)
	for i := range profile {
		sin, cos := math.Sincos(math.Pi / 2 * float64(i) / float64(rings))
		profile[i] = Ring{cos, sin}
	}
	d := Lathe(m, sides, true, profile...)
	for i := range d.Vertices {
		v := &d.Vertices[i]
		p := v.Position
		v.Normal = drawable.EncodeNormal(p)
		sin, cos := math.Sincos(2 * math.Pi * float64(v.UV[0]))
		from := 1 - v.UV[1]
		v.UV = [2]float32{from * float32(cos), from * float32(sin)}
	}
	return d
}

func vertex(p, normal [3]float32, uv [2]float32) drawable.Vertex {
	return drawable.Vertex{Position: p, Normal: drawable.EncodeNormal(normal), Color: [4]uint8{255, 255, 255, 255}, UV: uv}
}

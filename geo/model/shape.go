package model

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
)

type vec = mgl64.Vec3

type color [3]float64 // sRGB 0..255

// Natural colours before tint and light.
var (
	leafGreen   = color{92, 118, 56}
	leafOlive   = color{110, 120, 62}
	leafDark    = color{76, 104, 54}
	needleGreen = color{58, 82, 52}
	palmGreen   = color{98, 118, 62}
	barkBrown   = color{98, 82, 66}
	poleGrey    = color{92, 96, 98}
	stoneGrey   = color{150, 147, 140}
	plankBrown  = color{132, 102, 72}
)

func (c color) shade(f float64) [4]uint8 {
	var out [4]uint8
	for i, v := range c {
		out[i] = uint8(math.Round(math.Max(0, math.Min(255, v*f))))
	}
	out[3] = 255
	return out
}

// piece collects the triangles of one material.
type piece struct {
	geo.Mesh
	street bool // its lamps light a street
}

func newPiece(m geo.Material) *piece { return &piece{Mesh: geo.Mesh{Material: m}} }

// Alphas that tell the shader of geo.Lamp that a light neither flashes nor is a window
// (geo/building/facade: Lamp of kind 1), or that it lights a street (kind 2).
const (
	steady = 255 - (15 | 1<<4)
	street = 255 - (15 | 2<<4)
)

func (p *piece) vertex(pos, normal vec, c [4]uint8) uint32 {
	if p.Material == geo.Lamp {
		c[3] = steady
		if p.street {
			c[3] = street
		}
	}
	if l := normal.Len(); l > 0 {
		normal = normal.Mul(1 / l)
	} else {
		normal = vec{0, 0, 1}
	}
	p.Positions = append(p.Positions, [3]float32{float32(pos[0]), float32(pos[1]), float32(pos[2])})
	p.Normals = append(p.Normals, [3]float32{float32(normal[0]), float32(normal[1]), float32(normal[2])})
	p.Colors = append(p.Colors, c)
	p.UVs = append(p.UVs, [2]float32{float32(pos[0] + pos[1]), float32(pos[2])})
	return uint32(len(p.Positions) - 1)
}

func (p *piece) tri(a, b, c uint32) { p.Indices = append(p.Indices, a, b, c) }

// tube is a closed-sided frustum between two circles, with smooth normals and no caps;
// where r1 is 0 it ends in a point.
func (p *piece) tube(a, b vec, r0, r1 float64, sides int, c color, f0, f1 float64) {
	axis := b.Sub(a).Normalize()
	x := axis.Cross(vec{0, 1, 0})
	if x.Len() < 1e-6 {
		x = vec{1, 0, 0}
	}
	x = x.Normalize()
	y := axis.Cross(x)
	var ring [2][]uint32
	slope := axis.Mul((r0 - r1) / b.Sub(a).Len())
	for i := range sides {
		s, k := math.Sincos(2 * math.Pi * float64(i) / float64(sides))
		out := x.Mul(k).Add(y.Mul(s))
		ring[0] = append(ring[0], p.vertex(a.Add(out.Mul(r0)), out.Add(slope), c.shade(f0)))
		ring[1] = append(ring[1], p.vertex(b.Add(out.Mul(r1)), out.Add(slope), c.shade(f1)))
	}
	for i := range sides {
		j := (i + 1) % sides
		p.tri(ring[0][i], ring[0][j], ring[1][j])
		if r1 > 0 {
			p.tri(ring[0][i], ring[1][j], ring[1][i])
		}
	}
}

// box is axis-parallel with hard edges.
func (p *piece) box(lo, hi vec, c color) {
	for axis := range 3 {
		for far := range 2 {
			n := vec{}
			n[axis] = float64(2*far - 1)
			u, v := (axis+1)%3, (axis+2)%3
			var id [4]uint32
			for k, s := range [4][2]int{{0, 0}, {1, 0}, {1, 1}, {0, 1}} {
				q := lo
				if far == 1 {
					q[axis] = hi[axis]
				}
				if s[0] == 1 {
					q[u] = hi[u]
				}
				if s[1] == 1 {
					q[v] = hi[v]
				}
				f := 1.0
				if n[2] < 0 {
					f = 0.6
				}
				id[k] = p.vertex(q, n, c.shade(f))
			}
			if far == 1 {
				p.tri(id[0], id[1], id[2])
				p.tri(id[0], id[2], id[3])
			} else {
				p.tri(id[0], id[2], id[1])
				p.tri(id[0], id[3], id[2])
			}
		}
	}
}

// icosphere returns the unit icosahedron, each face cut in four level times.
func icosphere(level int) (points []vec, faces [][3]int) {
	g := (1 + math.Sqrt(5)) / 2
	for _, p := range []vec{{-1, g, 0}, {1, g, 0}, {-1, -g, 0}, {1, -g, 0}, {0, -1, g}, {0, 1, g}, {0, -1, -g}, {0, 1, -g}, {g, 0, -1}, {g, 0, 1}, {-g, 0, -1}, {-g, 0, 1}} {
		points = append(points, p.Normalize())
	}
	faces = [][3]int{{0, 11, 5}, {0, 5, 1}, {0, 1, 7}, {0, 7, 10}, {0, 10, 11}, {1, 5, 9}, {5, 11, 4}, {11, 10, 2}, {10, 7, 6}, {7, 1, 8},
		{3, 9, 4}, {3, 4, 2}, {3, 2, 6}, {3, 6, 8}, {3, 8, 9}, {4, 9, 5}, {2, 4, 11}, {6, 2, 10}, {8, 6, 7}, {9, 8, 1}}
	for range level {
		mid := map[[2]int]int{}
		half := func(a, b int) int {
			k := [2]int{min(a, b), max(a, b)}
			if i, ok := mid[k]; ok {
				return i
			}
			points = append(points, points[a].Add(points[b]).Normalize())
			mid[k] = len(points) - 1
			return len(points) - 1
		}
		var next [][3]int
		for _, f := range faces {
			a, b, c := half(f[0], f[1]), half(f[1], f[2]), half(f[2], f[0])
			next = append(next, [3]int{f[0], a, c}, [3]int{f[1], b, a}, [3]int{f[2], c, b}, [3]int{a, b, c})
		}
		faces = next
	}
	return points, faces
}

// hash is a number in 0..1 for a seed and an index (the finaliser of MurmurHash3).
func hash(seed, i int) float64 {
	h := uint64(seed)*0x9E3779B97F4A7C15 + uint64(i)*0xC2B2AE3D27D4EB4F
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	h ^= h >> 33
	return float64(h>>11) / (1 << 53)
}

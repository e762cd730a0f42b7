package barrier

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/near"
)

type vec = mgl64.Vec3

// writer adds to a tile's content: one mesh a material, one list of copies a model.
type writer struct {
	*geo.Filler
	layer  string
	meshes map[geo.Material]int
}

func (w *writer) instance(model string, p earth.Place, yaw, height float64, row int) {
	w.Place(model, p, yaw, height, [4]uint8{255, 255, 255, 255}, row)
}

// brush writes into one mesh under one feature.
type brush struct {
	*geo.Mesh
	feature uint32
	color   [3]uint8
}

func (w *writer) brush(m geo.Material, row int, color [3]uint8) brush {
	at, ok := w.meshes[m]
	if !ok {
		at = len(w.Meshes)
		w.meshes[m] = at
		w.Meshes = append(w.Meshes, geo.Mesh{Layer: w.layer, Material: m})
	}
	return brush{&w.Meshes[at], w.Row(row), color}
}

func (b brush) vertex(p, n vec, shade float64) uint32 {
	n = n.Normalize()
	b.Positions = append(b.Positions, [3]float32{float32(p[0]), float32(p[1]), float32(p[2])})
	b.Normals = append(b.Normals, [3]float32{float32(n[0]), float32(n[1]), float32(n[2])})
	tone := func(v uint8) uint8 { return uint8(math.Round(math.Min(255, float64(v)*shade))) }
	b.Colors = append(b.Colors, [4]uint8{tone(b.color[0]), tone(b.color[1]), tone(b.color[2]), 255})
	b.UVs = append(b.UVs, [2]float32{float32(p[0] + p[1]), float32(p[2])})
	b.Mesh.Features = append(b.Mesh.Features, b.feature)
	return uint32(len(b.Positions) - 1)
}

// quad is a flat face whose corners go round counter-clockwise from outside.
func (b brush) quad(p [4]vec, shade float64) {
	n := p[1].Sub(p[0]).Cross(p[2].Sub(p[0])).Add(p[2].Sub(p[0]).Cross(p[3].Sub(p[0])))
	if n.Len() < 1e-9 {
		return
	}
	i := b.vertex(p[0], n, shade)
	b.vertex(p[1], n, shade)
	b.vertex(p[2], n, shade)
	b.vertex(p[3], n, shade)
	b.Indices = append(b.Indices, i, i+1, i+2, i, i+2, i+3)
}

// thin is a quad seen from both sides.
func (b brush) thin(p [4]vec, shade float64) {
	b.quad(p, shade)
	b.quad([4]vec{p[3], p[2], p[1], p[0]}, shade)
}

// section is the frame of a panel in the tile.
type section struct {
	a, b  vec
	along vec // unit, level
	left  vec
	turn  [2]float64
	long  float64
}

// at is the point of a cross-section: end 0 or 1, metres to the left and up.
func (s *section) at(end int, left, up float64) vec {
	foot, shift := s.a, s.turn[0]*left
	if end == 1 {
		foot, shift = s.b, -s.turn[1]*left
	}
	return foot.Add(s.left.Mul(left)).Add(s.along.Mul(shift)).Add(vec{0, 0, up})
}

// mid is a point t of the way along, metres to the left and up.
func (s *section) mid(t, left, up float64) vec {
	return s.at(0, left, up).Mul(1 - t).Add(s.at(1, left, up).Mul(t))
}

func (w *writer) panel(p *panel, plain bool) {
	s := section{a: w.Frame.Local(p.a), b: w.Frame.Local(p.b), turn: [2]float64{p.turnA, p.turnB}}
	d := s.b.Sub(s.a)
	d[2] = 0
	if s.long = d.Len(); s.long < 0.02 {
		return
	}
	s.along = d.Mul(1 / s.long)
	s.left = vec{-s.along[1], s.along[0], 0}
	b := w.brush(p.material, p.row, p.color)
	switch p.form {
	case hedge:
		b.hedge(p, &s)
	case wall:
		b.wall(p, &s)
	default:
		b.fence(p, &s, plain)
	}
}

// hedge is a rounded profile that swells and shrinks from joint to joint.
func (b brush) hedge(p *panel, s *section) {
	profile := [...][2]float64{{0.5, 0}, {0.54, 0.45}, {0.42, 0.88}, {0, 1}, {-0.42, 0.88}, {-0.54, 0.45}, {-0.5, 0}}
	var rings [2][len(profile)]vec
	for end, seed := range [2]uint64{p.seedA, p.seedB} {
		for k, q := range profile {
			swell := 1 + 0.28*(near.Share(near.Hash(seed, int64(k)))-0.5)
			rise := 1 + 0.14*(near.Share(near.Hash(seed, 77))-0.5)
			rings[end][k] = s.at(end, q[0]*p.width*swell, q[1]*p.height*rise)
		}
	}
	middle := [2]vec{s.at(0, 0, 0.4*p.height), s.at(1, 0, 0.4*p.height)}
	normal := func(end, k int) vec { return rings[end][k].Sub(middle[end]) }
	for k := 1; k < len(profile); k++ {
		f0, f1 := 0.55+0.5*profile[k-1][1], 0.55+0.5*profile[k][1]
		i := b.vertex(rings[0][k-1], normal(0, k-1), f0)
		b.vertex(rings[0][k], normal(0, k), f1)
		b.vertex(rings[1][k], normal(1, k), f1)
		b.vertex(rings[1][k-1], normal(1, k-1), f0)
		b.Indices = append(b.Indices, i, i+1, i+2, i, i+2, i+3)
	}
	for end, capped := range [2]bool{p.capA, p.capB} {
		if !capped {
			continue
		}
		n := s.along.Mul(float64(2*end - 1))
		first := b.vertex(middle[end], n, 0.8)
		for k := range profile {
			b.vertex(rings[end][k], n.Add(normal(end, k)), 0.6+0.4*profile[k][1])
			if i := first + uint32(k); k > 0 {
				if end == 1 {
					b.Indices = append(b.Indices, first, i, i+1)
				} else {
					b.Indices = append(b.Indices, first, i+1, i)
				}
			}
		}
	}
}

// wall is a box with a coping that juts out a little; it goes into the ground, so that
// slopes leave no gap.
func (b brush) wall(p *panel, s *section) {
	shade := 0.94 + 0.1*near.Share(p.seedA)
	box := func(half, lo, hi, shade float64) {
		at := func(end int, left, up float64) vec { return s.at(end, left, up) }
		b.quad([4]vec{at(0, -half, lo), at(1, -half, lo), at(1, -half, hi), at(0, -half, hi)}, shade)
		b.quad([4]vec{at(1, half, lo), at(0, half, lo), at(0, half, hi), at(1, half, hi)}, shade)
		b.quad([4]vec{at(0, -half, hi), at(1, -half, hi), at(1, half, hi), at(0, half, hi)}, shade)
		if p.capA {
			b.quad([4]vec{at(0, half, lo), at(0, -half, lo), at(0, -half, hi), at(0, half, hi)}, shade)
		}
		if p.capB {
			b.quad([4]vec{at(1, -half, lo), at(1, half, lo), at(1, half, hi), at(1, -half, hi)}, shade)
		}
	}
	half := p.width / 2
	if p.height < 0.6 {
		box(half, -0.1, p.height, shade)
		return
	}
	top := math.Min(0.12, p.height/8)
	box(half, -0.3, p.height-top, shade)
	box(half+0.04, p.height-top, p.height, shade*1.1)
}

// fence is a post at its beginning, rails, and what hangs on them.
func (b brush) fence(p *panel, s *section, plain bool) {
	h := p.height
	post := func(end int) {
		r := 0.045
		if p.form == rail {
			r = 0.06
		}
		foot := s.at(end, 0, 0)
		c := [4]vec{{r, -r, -0.1}, {r, r, -0.1}, {-r, r, -0.1}, {-r, -r, -0.1}}
		up := vec{0, 0, h*1.04 + 0.1}
		for i := range 4 {
			u, v := foot.Add(c[i]), foot.Add(c[(i+1)%4])
			b.quad([4]vec{u, v, v.Add(up), u.Add(up)}, 0.85)
		}
		b.quad([4]vec{foot.Add(c[0]).Add(up), foot.Add(c[1]).Add(up), foot.Add(c[2]).Add(up), foot.Add(c[3]).Add(up)}, 1)
	}
	band := func(lo, hi, shade float64) {
		b.thin([4]vec{s.at(0, 0, lo), s.at(1, 0, lo), s.at(1, 0, hi), s.at(0, 0, hi)}, shade)
	}
	if !plain {
		post(0)
		if p.capB {
			post(1)
		}
	}
	switch p.form {
	case rail:
		if p.material == "bark" {
			band(h*0.45, h*0.55, 0.95)
			band(h*0.85, h*0.97, 1)
			return
		}
		band(h*0.55, h, 1)
		return
	case mesh:
		for _, z := range [...]float64{0.05, 0.35, 0.67, 0.97} {
			if !plain || z > 0.9 || z < 0.1 {
				band(h*z, h*z+0.03, 0.95)
			}
		}
		if !plain { // every few centimetres of wire as a few strands that the eye fills in
			n := int(s.long / 0.35)
			for k := 1; k <= n; k++ {
				t := float64(k) / float64(n+1)
				e := 0.008 / s.long
				b.thin([4]vec{s.mid(t-e, 0, h*0.05), s.mid(t+e, 0, h*0.05), s.mid(t+e, 0, h*0.97), s.mid(t-e, 0, h*0.97)}, 0.9)
			}
		}
		return
	}
	band(h*0.16, h*0.16+0.07, 0.8)
	band(h*0.84, h*0.84+0.07, 0.85)
	if plain {
		band(h*0.4, h*0.6, 0.9)
		return
	}
	gap, wide := 0.16, 0.1
	if p.form == bars {
		gap, wide = 0.2, 0.025
	}
	n := int(math.Max(1, math.Min(s.long/gap, 40)))
	for k := range n {
		t := (float64(k) + 0.5) / float64(n)
		e := wide / 2 / s.long
		shade := 0.92 + 0.16*near.Share(near.Hash(p.seedA, int64(k)))
		b.thin([4]vec{s.mid(t-e, 0.03, 0.06), s.mid(t+e, 0.03, 0.06), s.mid(t+e, 0.03, h), s.mid(t-e, 0.03, h)}, shade)
	}
}

package drawable

import "math"

// EncodeNormal packs a unit vector octahedrally into two signed 16-bit numbers
// (Cigolle et al. 2014, A survey of efficient representations for independent unit vectors).
func EncodeNormal(n [3]float32) [2]int16 {
	x, y, z := float64(n[0]), float64(n[1]), float64(n[2])
	s := math.Abs(x) + math.Abs(y) + math.Abs(z)
	if s == 0 {
		return [2]int16{}
	}
	x, y = x/s, y/s
	if z < 0 {
		x, y = (1-math.Abs(y))*math.Copysign(1, x), (1-math.Abs(x))*math.Copysign(1, y)
	}
	return [2]int16{int16(math.Round(x * 32767)), int16(math.Round(y * 32767))}
}

// DecodeNormal is the unit vector that EncodeNormal has packed.
func DecodeNormal(e [2]int16) [3]float32 {
	x, y := float64(e[0])/32767, float64(e[1])/32767
	z := 1 - math.Abs(x) - math.Abs(y)
	if z < 0 {
		x, y = (1-math.Abs(y))*math.Copysign(1, x), (1-math.Abs(x))*math.Copysign(1, y)
	}
	l := math.Sqrt(x*x + y*y + z*z)
	return [3]float32{float32(x / l), float32(y / l), float32(z / l)}
}

// BoundingSphere returns a sphere around all positions: the centre of their box and the
// greatest distance from it.
func BoundingSphere(n int, position func(i int) [3]float32) (center [3]float32, radius float32) {
	if n == 0 {
		return
	}
	lo, hi := position(0), position(0)
	for i := 1; i < n; i++ {
		p := position(i)
		for k := range p {
			lo[k], hi[k] = min(lo[k], p[k]), max(hi[k], p[k])
		}
	}
	for k := range center {
		center[k] = (lo[k] + hi[k]) / 2
	}
	var r2 float64
	for i := 0; i < n; i++ {
		p := position(i)
		var d2 float64
		for k := range p {
			d := float64(p[k] - center[k])
			d2 += d * d
		}
		r2 = max(r2, d2)
	}
	return center, float32(math.Sqrt(r2) * (1 + 1e-6))
}

// Bound sets the mesh's bounding sphere from its vertices and returns the mesh.
func (m *Mesh) Bound() *Mesh {
	m.Center, m.Radius = BoundingSphere(len(m.Vertices), func(i int) [3]float32 { return m.Vertices[i].Position })
	return m
}

// Bound sets the bounding sphere of all copies and returns them.
func (s *Instances) Bound() *Instances {
	s.Center, s.Radius = [3]float32{}, 0
	if len(s.Items) == 0 {
		return s
	}
	lo, hi, biggest := s.Items[0].Position, s.Items[0].Position, float32(0)
	for i := range s.Items {
		it := &s.Items[i]
		for k, x := range it.Position {
			if x < lo[k] {
				lo[k] = x
			}
			if x > hi[k] {
				hi[k] = x
			}
		}
		for _, x := range it.Scale {
			if x > biggest {
				biggest = x
			}
		}
	}
	for k := range lo {
		s.Center[k] = (lo[k] + hi[k]) / 2
	}
	var r2 float64
	for i := range s.Items {
		p := &s.Items[i].Position
		x, y, z := float64(p[0]-s.Center[0]), float64(p[1]-s.Center[1]), float64(p[2]-s.Center[2])
		if d := x*x + y*y + z*z; d > r2 {
			r2 = d
		}
	}
	reach := s.Mesh.Radius
	for _, c := range s.Mesh.Center {
		reach += float32(math.Abs(float64(c)))
	}
	s.Radius = float32(math.Sqrt(r2)*(1+1e-6)) + reach*biggest
	return s
}

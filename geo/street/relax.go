package street

import "math"

// relax makes the heights of the vertices that are not fixed change evenly with distance,
// never lowering them, by conjugate gradients with a diagonal preconditioner
// (Hestenes and Stiefel 1952) to a centimetre.
func (v *solver) relax(fixed func(k int) bool) {
	var free []int
	at := make([]int, len(v.verts))
	for k := range v.verts {
		at[k] = -1
		if !fixed(k) {
			at[k] = len(free)
			free = append(free, k)
		}
	}
	n := len(free)
	if n == 0 {
		return
	}
	x, r, z, p, q, diag := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	mul := func(in, out []float64) {
		for i, k := range free {
			var sum float64
			for _, e := range v.verts[k].edges {
				w := 1 / e.len
				sum += float64(w * in[i])
				if j := at[e.to]; j >= 0 {
					sum -= float64(w * in[j])
				}
			}
			out[i] = sum
		}
	}
	for i, k := range free {
		x[i] = v.verts[k].h
		for _, e := range v.verts[k].edges {
			diag[i] += 1 / e.len
			if at[e.to] < 0 {
				r[i] += v.verts[e.to].h / e.len
			}
		}
	}
	mul(x, q)
	var rho float64
	for i := range r {
		r[i] -= q[i]
		z[i] = r[i] / diag[i]
		p[i] = z[i]
		rho += float64(r[i] * z[i])
	}
	for range min(4*n+50, 6000) {
		if rho < 1e-12*float64(n) {
			break
		}
		mul(p, q)
		var pq float64
		for i := range p {
			pq += float64(p[i] * q[i])
		}
		if pq <= 0 {
			break
		}
		alpha, old := rho/pq, rho
		rho = 0
		for i := range x {
			x[i] += float64(alpha * p[i])
			r[i] -= float64(alpha * q[i])
			z[i] = r[i] / diag[i]
			rho += float64(r[i] * z[i])
		}
		for i := range p {
			p[i] = z[i] + float64(rho/old*p[i])
		}
	}
	for i, k := range free {
		if n := &v.verts[k]; n.need == math.Inf(-1) && n.h == n.ground {
			n.h = x[i]
		} else {
			n.h = math.Max(n.h, x[i])
		}
	}
}

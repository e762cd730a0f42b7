package raster

import (
	"math"

	"github.com/longtake/longtake/geo/raster/harmonic"
)

// largeVoid is the number of samples from which on a coarser grid knows better what is
// in a void than its rim does.
const largeVoid = 256

// fillVoids returns the grid with its voids filled from their rims as a soap film would
// (harmonic.Fill), and how many samples that were. Left open are voids that reach the
// raster's edge, unless they are specks (under 0.1 % of the samples and largeVoid), and
// large ones that another grid covers. Untrustworthy samples on a void's rim go first
// (see trim). The grid given is not changed.
func fillVoids(g *Grid, covered func(lng, lat float64) bool) (*Grid, int) {
	g = trim(g)
	open := openVoids(g, covered)
	if open == nil {
		return g, 0
	}
	out := *g
	out.Heights = append([]float32(nil), g.Heights...)
	if !harmonic.Fill(out.Heights, g.Width, g.Height) {
		return g, 0
	}
	n := 0
	for i, v := range g.Heights {
		switch {
		case v == v:
		case open[i]:
			out.Heights[i] = v
		default:
			n++
		}
	}
	return &out, n
}

// trim makes voids of samples at most two cells from a void that differ from a neighbour
// by a slope over 60°: where radar saw too little it is wrong just before it is blind.
// It repeats while that uncovers more, at most 8 times.
func trim(g *Grid) *Grid {
	if g.Voids() == 0 {
		return g
	}
	limit := float32(1.73 * g.Resolution())
	w, h := g.Width, g.Height
	out := *g
	out.Heights = append([]float32(nil), g.Heights...)
	z := out.Heights
	for range 8 {
		var bad []int
		for i, v := range z {
			x, y := i%w, i/w
			if v != v || !nearVoid(z, w, h, x, y) {
				continue
			}
			if x > 0 && steep(v, z[i-1], limit) || x < w-1 && steep(v, z[i+1], limit) ||
				y > 0 && steep(v, z[i-w], limit) || y < h-1 && steep(v, z[i+w], limit) {
				bad = append(bad, i)
			}
		}
		if len(bad) == 0 {
			break
		}
		for _, i := range bad {
			z[i] = float32(math.NaN())
		}
	}
	return &out
}

func steep(a, b, limit float32) bool { return a-b > limit || b-a > limit }

func nearVoid(z []float32, w, h, x, y int) bool {
	for j := max(y-2, 0); j <= min(y+2, h-1); j++ {
		for i := max(x-2, 0); i <= min(x+2, w-1); i++ {
			if v := z[j*w+i]; v != v {
				return true
			}
		}
	}
	return false
}

// openVoids marks the samples of voids that are to stay; nil where there is no void.
func openVoids(g *Grid, covered func(lng, lat float64) bool) []bool {
	w, h := g.Width, g.Height
	var seen, open []bool
	var stack, all []int
	for start, v := range g.Heights {
		if v == v || seen != nil && seen[start] {
			continue
		}
		if seen == nil {
			seen, open = make([]bool, w*h), make([]bool, w*h)
		}
		edge := false
		all = all[:0]
		seen[start] = true
		stack = append(stack[:0], start)
		for len(stack) > 0 {
			i := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			all = append(all, i)
			x, y := i%w, i/w
			edge = edge || x == 0 || y == 0 || x == w-1 || y == h-1
			for _, n := range [4]struct {
				j  int
				in bool
			}{{i - 1, x > 0}, {i + 1, x < w-1}, {i - w, y > 0}, {i + w, y < h-1}} {
				if n.in && !seen[n.j] && g.Heights[n.j] != g.Heights[n.j] {
					seen[n.j] = true
					stack = append(stack, n.j)
				}
			}
		}
		large := len(all) > largeVoid
		keep := edge && (large || 1000*len(all) > w*h)
		if !keep && large {
			i := all[len(all)/2]
			keep = covered(g.West+float64(i%w)*g.DLng, g.lat(g.North-float64(i/w)*g.DLat))
		}
		if keep {
			for _, i := range all {
				open[i] = true
			}
		}
	}
	return open
}

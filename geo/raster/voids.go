package raster

import (
	"github.com/longtake/longtake/geo/raster/harmonic"
)

// largeVoid is the number of samples from which on a coarser grid knows better what is
// in a void than its rim does.
const largeVoid = 256

// fillVoids returns the grid with its voids filled from their rims as a soap film would
// (harmonic.Fill), and how many samples that were. Left open are voids that reach the
// raster's edge, unless they are specks (under 0.1 % of the samples and largeVoid), and
// large ones that another grid covers. The grid given is not changed.
func fillVoids(g *Grid, covered func(lng, lat float64) bool) (*Grid, int) {
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

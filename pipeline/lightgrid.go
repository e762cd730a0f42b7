package pipeline

import (
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"
)

// The grid of lights cuts the view into cells, across, up and along the view axis (Olsson,
// Billeter and Assarsson 2012, Clustered Deferred and Forward Shading); light_cells.glsl has the
// same numbers.
const (
	gridAcross = 32
	gridUp     = 18
	gridDeep   = 24
	gridCells  = gridAcross * gridUp * gridDeep
	gridFirst  = 3.0 // metres along the view axis at which the first slice ends
	cellLights = 255 // most lights in a cell: what is more is left out
)

// gridLight is the sphere that a light reaches, in view axes.
type gridLight struct {
	x, y, z, r float64
}

// lightGrid lists the lights of each cell. Its memory is kept from frame to frame.
type lightGrid struct {
	scale, bias float64  // slice of a depth: log2(depth)·scale + bias
	pairs       []uint32 // cell << 18 | light
	words       []uint32 // for each cell first << 8 | count, then the lights of all lists
	dropped     int      // from cells that hold too many
	tanX, tanY  float64
}

const gridLightBits = 18

// fill assigns lights to cells. far is where the last slice ends.
func (g *lightGrid) fill(lights []gridLight, tanX, tanY, far float64) {
	g.tanX, g.tanY = tanX, tanY
	far = math.Max(far, 2*gridFirst)
	g.scale = (gridDeep - 1) / math.Log2(far/gridFirst)
	g.bias = 1 - math.Log2(gridFirst)*g.scale
	g.pairs, g.dropped = g.pairs[:0], 0
	for i := range lights[:min(len(lights), 1<<gridLightBits)] {
		g.add(uint32(i), &lights[i])
	}
	g.words = slices.Grow(g.words[:0], gridCells+len(g.pairs))[:gridCells]
	clear(g.words)
	for _, p := range g.pairs {
		g.words[p>>gridLightBits]++
	}
	first := uint32(gridCells)
	for i, n := range g.words {
		kept := min(n, cellLights)
		g.dropped += int(n - kept)
		g.words[i] = first << 8
		first += kept
	}
	g.words = g.words[:first]
	for _, p := range g.pairs {
		head := &g.words[p>>gridLightBits]
		if n := *head & 255; n < cellLights {
			g.words[*head>>8+n] = p & (1<<gridLightBits - 1)
			*head++
		}
	}
}

func (g *lightGrid) slice(depth float64) int {
	if depth <= gridFirst {
		return 0
	}
	return min(int(math.Log2(depth)*g.scale+g.bias), gridDeep-1)
}

// begins is the depth at which a slice begins.
func (g *lightGrid) begins(slice int) float64 {
	if slice == 0 {
		return 0
	}
	return math.Exp2((float64(slice) - g.bias) / g.scale)
}

// add lists a light in the cells that its sphere may touch: in each slice the rows, and in
// each row the cells, of the part of the sphere that lies there.
func (g *lightGrid) add(light uint32, l *gridLight) {
	if l.z+l.r <= 0 {
		return
	}
	last := g.slice(l.z + l.r)
	for s := g.slice(math.Max(l.z-l.r, 0)); s <= last; s++ {
		near, far := math.Max(g.begins(s), 0.05), g.begins(s+1)
		if s == gridDeep-1 {
			far = math.Max(far, l.z+l.r)
		}
		r2 := l.r*l.r - square(apart(l.z, near, far))
		if r2 <= 0 {
			continue
		}
		low, high := cellSpan(l.y, math.Sqrt(r2), near, far, g.tanY, gridUp)
		for row := low; row <= high; row++ {
			// The row's own wedge, within the slice, leaves less of the sphere.
			bottom, top := 2*float64(row)/gridUp-1, 2*float64(row+1)/gridUp-1
			across := r2 - square(apart(l.y, math.Min(bottom*near, bottom*far)*g.tanY, math.Max(top*near, top*far)*g.tanY))
			if across <= 0 {
				continue
			}
			left, right := cellSpan(l.x, math.Sqrt(across), near, far, g.tanX, gridAcross)
			at := uint32(s*gridUp+row) * gridAcross
			for c := left; c <= right; c++ {
				g.pairs = append(g.pairs, (at+uint32(c))<<gridLightBits|light)
			}
		}
	}
}

// cellSpan is the cells of n, across one axis of the picture, over which an interval of
// half a length r about x lies somewhere between two depths.
func cellSpan(x, r, near, far, tan float64, n int) (first, last int) {
	lo, hi := x-r, x+r
	a, b := lo/far, hi/near
	if lo < 0 {
		a = lo / near
	}
	if hi < 0 {
		b = hi / far
	}
	cell := func(v float64) int { return int(math.Floor(mgl64.Clamp((v/tan+1)/2*float64(n), -1, float64(n)))) }
	return max(cell(a), 0), min(cell(b), n-1)
}

// apart is how far x lies from an interval.
func apart(x, lo, hi float64) float64 { return math.Max(math.Max(lo-x, x-hi), 0) }

func square(x float64) float64 { return x * x }

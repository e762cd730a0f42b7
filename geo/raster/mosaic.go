package raster

import (
	"math"
	"slices"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
)

// Elevation is several grids as one ground. It implements geo.Elevation.
type Elevation struct {
	layers []layer // finest first
	filled int
}

var _ geo.Elevation = (*Elevation)(nil)

// layer is a grid with how deep each sample lies inside what the grid knows.
type layer struct {
	*Grid
	depth []uint8 // cells to the nearest void or edge, up to feather; nil where nothing lies beneath
}

// feather is the width in cells over which a grid fades into the one beneath it.
const feather = 8

// Mosaic lays grids over each other: the finest wins, of equals the one given last.
// Cuts of one lattice are joined first; voids are filled (see fillVoids); at its edges
// a finer grid fades into the coarser one over 8 of its cells. The grids themselves are
// left as they are.
func Mosaic(grids ...*Grid) *Elevation {
	e := &Elevation{}
	joined := join(grids)
	slices.Reverse(joined)
	slices.SortStableFunc(joined, func(a, b *Grid) int {
		switch ra, rb := a.Resolution(), b.Resolution(); {
		case ra < rb*0.999:
			return -1
		case rb < ra*0.999:
			return 1
		}
		return 0
	})
	e.layers = make([]layer, len(joined))
	for i := len(joined) - 1; i >= 0; i-- { // the coarsest first: finer voids ask it
		beneath := e.layers[i+1:]
		g, n := fillVoids(joined[i], func(lng, lat float64) bool {
			_, ok := heightIn(beneath, lng, lat)
			return ok
		})
		e.filled += n
		e.layers[i] = layer{Grid: g}
		if len(beneath) > 0 {
			e.layers[i].depth = depths(g)
		}
	}
	return e
}

// HeightAt returns the ground's height above the ellipsoid; ok is false outside all
// grids and in voids that were too open to fill.
func (e *Elevation) HeightAt(lng, lat float64) (float64, bool) { return heightIn(e.layers, lng, lat) }

func heightIn(layers []layer, lng, lat float64) (float64, bool) {
	var sum, weight float64
	left := 1.0
	for i := range layers {
		l := &layers[i]
		x, y := l.pixel(lng, lat)
		h, ok := l.sample(x, y)
		if !ok {
			continue
		}
		w := left * l.opacity(x, y)
		sum += w * h
		weight += w
		if left -= w; left < 1e-6 {
			break
		}
	}
	return sum / weight, weight > 0
}

// opacity rises smoothly from the edge of what the grid knows to 1.
func (l *layer) opacity(x, y float64) float64 {
	if l.depth == nil {
		return 1
	}
	x, y = min(max(x, 0), float64(l.Width-1)), min(max(y, 0), float64(l.Height-1))
	x0, y0 := int(x), int(y)
	x1, y1 := min(x0+1, l.Width-1), min(y0+1, l.Height-1)
	fx, fy := x-float64(x0), y-float64(y0)
	at := func(x, y int) float64 { return float64(l.depth[y*l.Width+x]) }
	d := (at(x0, y0)*(1-fx)+at(x1, y0)*fx)*(1-fy) + (at(x0, y1)*(1-fx)+at(x1, y1)*fx)*fy
	t := min(d/feather, 1)
	return max(t*t*(3-2*t), 1e-9) // never 0: the only grid that knows a place speaks for it
}

// depths is the chessboard distance to the nearest void or edge, in two sweeps.
func depths(g *Grid) []uint8 {
	w, h := g.Width, g.Height
	d := make([]uint8, w*h)
	wraps := g.wraps()
	at := func(x, y int) uint8 {
		if wraps {
			x = (x + w) % w
		}
		if x < 0 || y < 0 || x >= w || y >= h {
			return 0
		}
		return d[y*w+x]
	}
	for i, v := range g.Heights {
		if v == v {
			d[i] = feather
		}
	}
	for y := range h {
		for x := range w {
			if i := y*w + x; d[i] > 0 {
				d[i] = min(d[i], 1+min(at(x-1, y), at(x-1, y-1), at(x, y-1), at(x+1, y-1)))
			}
		}
	}
	for y := h - 1; y >= 0; y-- {
		for x := w - 1; x >= 0; x-- {
			if i := y*w + x; d[i] > 0 {
				d[i] = min(d[i], 1+min(at(x+1, y), at(x+1, y+1), at(x, y+1), at(x-1, y+1)))
			}
		}
	}
	return d
}

// Bounds is the smallest region around all grids; zero where there is none.
func (e *Elevation) Bounds() geo.Bound {
	if len(e.layers) == 0 {
		return geo.Bound{}
	}
	b := e.layers[0].Bounds()
	west, east := b.West, b.East
	if east < west {
		east += 360
	}
	mid := (west + east) / 2
	for _, l := range e.layers[1:] {
		c := l.Bounds()
		width := c.East - c.West
		if width < 0 {
			width += 360
		}
		m := mid + math.Remainder(c.West+width/2-mid, 360)
		west, east = min(west, m-width/2), max(east, m+width/2)
		b.South, b.North = min(b.South, c.South), max(b.North, c.North)
	}
	if east-west >= 360 {
		b.West, b.East = -180, 180
		return b
	}
	b.West = earth.WrapLng(west)
	if b.East = earth.WrapLng(east); b.East == -180 {
		b.East = 180
	}
	return b
}

// Resolution is the finest grid's cell in metres, 0 where there is none.
func (e *Elevation) Resolution() float64 {
	if len(e.layers) == 0 {
		return 0
	}
	return e.layers[0].Grid.Resolution()
}

// ResolutionIn is the cell in metres of the finest grid that reaches into a region, 0 where
// none does. The region may go over the antimeridian, and beyond ±180.
func (e *Elevation) ResolutionIn(b geo.Bound) float64 {
	width := func(b geo.Bound) float64 {
		if b.East < b.West {
			return b.East - b.West + 360
		}
		return b.East - b.West
	}
	for _, l := range e.layers { // the finest first
		c := l.Bounds()
		apart := math.Abs(math.Remainder(c.West+width(c)/2-b.West-width(b)/2, 360))
		if c.South <= b.North && c.North >= b.South && apart <= (width(b)+width(c))/2 {
			return l.Grid.Resolution()
		}
	}
	return 0
}

// Quantum is the coarsest step of an 8-bit grid in metres: heights are within half of it;
// 0 where all are finer.
func (e *Elevation) Quantum() (q float64) {
	for i := range e.layers {
		q = max(q, e.layers[i].Grid.Quantum)
	}
	return q
}

// Filled counts the void samples that were filled by interpolation.
func (e *Elevation) Filled() int { return e.filled }

package generate

import (
	"math"
	"sync"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/spool"
)

// asked is ground that keeps the heights it was asked for from run to run, cell by cell of
// the plan: a survey asks for the same ones as long as the ways of the cell are the same,
// and making the ground there costs more than looking them up.
type asked struct {
	store  *store
	frame  earth.Frame
	ground geo.Elevation
	name   func(cell orb.Bound) digest // of the ground in a cell

	mu      sync.Mutex
	cells   map[[2]int]*askedCell
	visited map[[2]int]bool // cells that heights were asked in
	err     error
}

// askedCell are the heights of a cell; what is not known there has none.
type askedCell struct {
	name    digest
	heights map[orb.Point]float64 // by degrees; NaN where nothing is known
	fresh   bool                  // some are not kept yet
}

const (
	askedSide = 400.0 // metres; surveys ask in the order of such cells
	askedHeld = 64    // cells
)

// asking is the ground for a survey's end: the bare one, and the finished one once it is
// there. done keeps what was asked.
func (g *generation) asking() *asked {
	a := &asked{store: g.store, frame: g.site.frame, ground: g.elevation, cells: map[[2]int]*askedCell{}, visited: map[[2]int]bool{}}
	a.name = func(cell orb.Bound) digest {
		key := g.key("asked")
		key.floats(cell.Min[0], cell.Min[1])
		if g.terrain == nil {
			key.digest(g.bare.name)
			return key.sum()
		}
		s := g.site
		key.floats(s.frame.Origin.Lng, s.frame.Origin.Lat, s.min[0], s.min[1], s.size)
		key.bytes(g.digests.Within(nil, g.terrain, cell.Min, cell.Max))
		return key.sum()
	}
	return a
}

// HeightAt asks the ground where no earlier run has.
func (a *asked) HeightAt(lng, lat float64) (float64, bool) {
	x, y := a.frame.Plan(lng, lat)
	at := [2]int{int(math.Floor(x / askedSide)), int(math.Floor(y / askedSide))}
	p := orb.Point{lng, lat}
	a.mu.Lock()
	defer a.mu.Unlock()
	c := a.cells[at]
	if c == nil {
		if len(a.cells) >= askedHeld {
			a.keep()
		}
		c = a.open(at)
		a.cells[at], a.visited[at] = c, true
	}
	h, ok := c.heights[p]
	if !ok {
		if h, ok = a.ground.HeightAt(lng, lat); !ok {
			h = math.NaN()
		}
		c.heights[p], c.fresh = h, true
	}
	if math.IsNaN(h) {
		return 0, false
	}
	return h, true
}

// nameOf is the name of the ground in a cell.
func (a *asked) nameOf(at [2]int) digest {
	lo := orb.Point{float64(at[0]) * askedSide, float64(at[1]) * askedSide}
	return a.name(orb.Bound{Min: lo, Max: orb.Point{lo[0] + askedSide, lo[1] + askedSide}})
}

func (a *asked) open(at [2]int) *askedCell {
	c := &askedCell{name: a.nameOf(at), heights: map[orb.Point]float64{}}
	data, ok := a.store.get(c.name)
	if !ok {
		return c
	}
	r := spool.Reader{B: data}
	for n := r.Count(24); n > 0; n-- {
		p := orb.Point{r.Float(), r.Float()}
		c.heights[p] = r.Float()
	}
	if r.Err != nil {
		c.heights = map[orb.Point]float64{}
	}
	return c
}

// keep keeps what was asked, and lets go of it.
func (a *asked) keep() {
	for _, c := range a.cells {
		if !c.fresh {
			continue
		}
		var w spool.Writer
		w.Uint(uint64(len(c.heights)))
		for p, h := range c.heights { // in any order: nothing is named by these bytes
			w.Float(p[0])
			w.Float(p[1])
			w.Float(h)
		}
		if err := a.store.put(c.name, w.B); err != nil && a.err == nil {
			a.err = err
		}
	}
	a.cells = map[[2]int]*askedCell{}
}

// done keeps the rest.
func (a *asked) done() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.keep()
	return a.err
}

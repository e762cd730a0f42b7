package generate

import (
	"math"
	"sync"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/spool"
)

// asked is ground that keeps the heights it was asked for from run to run, cell by cell: a
// survey asks for the same ones as long as the ways of the cell are the same, and making the
// ground there costs more than looking them up.
type asked struct {
	store  *store
	frame  earth.Frame
	ground geo.Elevation
	cellAt func(x, y float64) [2]int // of a place of the plan
	nameOf func(cell [2]int) digest  // of all the ground that answers in a cell

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
	askedSide = 400.0 // metres of a cell of bare ground; surveys ask in the order of such cells
	askedHeld = 256   // cells
)

// asking is the ground for a survey's end: the bare one, and the finished one once it is
// there, whose cells are its finest tiles: what is asked beside one in which a house has
// moved is found. done keeps what was asked.
func (g *generation) asking() *asked {
	a := &asked{store: g.store, frame: g.site.frame, ground: g.elevation, cells: map[[2]int]*askedCell{}, visited: map[[2]int]bool{}}
	if t := g.terrain; t != nil {
		a.cellAt = func(x, y float64) [2]int { return [2]int{t.TileAt(x, y), 0} }
		a.nameOf = func(cell [2]int) digest {
			key, s := g.key("asked of a tile"), g.site
			key.floats(s.frame.Origin.Lng, s.frame.Origin.Lat, s.min[0], s.min[1], s.size, float64(cell[0]))
			if k := cell[0]; k >= 0 && k < g.digests.Len() { // else nothing is known there, or it is another terrain's
				key.bytes(g.digests.Of(nil, cell[:1]))
			}
			return key.sum()
		}
		return a
	}
	a.cellAt = func(x, y float64) [2]int {
		return [2]int{int(math.Floor(x / askedSide)), int(math.Floor(y / askedSide))}
	}
	a.nameOf = func(cell [2]int) digest {
		key := g.key("asked")
		key.floats(askedSide*float64(cell[0]), askedSide*float64(cell[1]))
		key.digest(g.bare.name)
		return key.sum()
	}
	return a
}

// HeightAt asks the ground where no earlier run has.
func (a *asked) HeightAt(lng, lat float64) (float64, bool) {
	at := a.cellAt(a.frame.Plan(lng, lat))
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

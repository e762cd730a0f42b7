package generate

import (
	"encoding/binary"
	"math"
	"sync"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/spool"
)

// remembered is the ground for what stands in a block, with the heights that it was asked
// for when the block was built before: of a block in which one house has grown, the others
// ask the same again, and to make the ground there costs more than all else.
type remembered struct {
	geo.Elevation
	name digest

	mu          sync.Mutex
	before, now map[orb.Point]float64 // NaN where nothing is known
	fresh       bool
}

// remember is the ground for a layer's objects in a block.
func (g *generation) remember(b *block, o *objectLayer) geo.Elevation {
	if _, flat := g.elevation.(geo.FlatElevation); flat || g.Parts == "" {
		return g.elevation
	}
	key := g.siteKey("heights of a block", b)
	key.digest(o.props)
	box := g.groundOf(b, o.sight)
	key.bytes(g.digests.Within(nil, g.terrain, box.Min, box.Max))
	r := &remembered{Elevation: g.elevation, name: key.sum(), before: map[orb.Point]float64{}, now: map[orb.Point]float64{}}
	if data, ok := g.store.get(r.name); ok {
		for ; len(data) >= 24; data = data[24:] {
			v := func(i int) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(data[8*i:])) }
			r.before[orb.Point{v(0), v(1)}] = v(2)
		}
	}
	return r
}

// HeightAt asks the ground where the block has not before.
func (r *remembered) HeightAt(lng, lat float64) (float64, bool) {
	p := orb.Point{lng, lat}
	r.mu.Lock()
	defer r.mu.Unlock()
	h, ok := r.now[p]
	if !ok {
		if h, ok = r.before[p]; !ok {
			r.fresh = true
			if h, ok = r.Elevation.HeightAt(lng, lat); !ok {
				h = math.NaN()
			}
		}
		r.now[p] = h
	}
	if math.IsNaN(h) {
		return 0, false
	}
	return h, true
}

// keepHeights keeps what a block has asked of the ground.
func (g *generation) keepHeights(ground geo.Elevation) error {
	r, ok := ground.(*remembered)
	if !ok || !r.fresh {
		return nil
	}
	w := spool.Writer{B: make([]byte, 0, 24*len(r.now))}
	for p, h := range r.now { // in any order: nothing is named by these bytes
		w.Float(p[0])
		w.Float(p[1])
		w.Float(h)
	}
	return g.store.put(r.name, w.B)
}

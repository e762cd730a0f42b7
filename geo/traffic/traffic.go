package traffic

import (
	"math"
	"runtime"
	"sync"
	"sync/atomic"
)

// Run is a vehicle that sets out once in every cycle and drives its way along a line.
type Run struct {
	Model  string
	Color  [4]uint8
	Class  string       // of the street that it is mostly on
	Line   [][3]float64 // plan x, y, height above the ellipsoid
	Along  []float64    // metres at each point of the line
	Start  float64      // seconds into the cycle at which it sets out
	Times  []float64    // seconds since then …
	Metres []float64    // … and how far it has come
	Share  float64      // of all cycles in which it drives at the busiest hour
	Seed   uint64
}

const (
	maxSlots = 8   // vehicles a cycle and route
	shortest = 40. // metres of a route that anything drives on
)

// routesAtOnce is how many routes are simulated, and held, at a time.
const routesAtOnce = 32

// Runs calls f with the vehicles of some routes after others, in an order that depends on
// the lanes only. density multiplies how many there are. It may be called once.
func (n *Network) Runs(density float64, f func([]Run) error) error {
	var batch []*route
	flush := func() error {
		runs := simulate(batch, density)
		batch = batch[:0]
		if len(runs) == 0 {
			return nil
		}
		return f(runs)
	}
	err := n.routes(func(r *route) error {
		if batch = append(batch, r); len(batch) < routesAtOnce {
			return nil
		}
		return flush()
	})
	if err != nil {
		return err
	}
	return flush()
}

// simulate finds the vehicles of routes on all cores.
func simulate(routes []*route, density float64) (out []Run) {
	parts := make([][]Run, len(routes))
	var wg sync.WaitGroup
	var next atomic.Int64
	for range min(runtime.GOMAXPROCS(0), len(routes)) {
		wg.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(routes)); i = next.Add(1) - 1 {
				parts[i] = routes[i].runs(density)
			}
		})
	}
	wg.Wait()
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

// runs puts vehicles on a route: as many in a cycle as the busiest hour asks for.
func (r *route) runs(density float64) []Run {
	if r.length() < shortest || density <= 0 {
		return nil
	}
	seed := mix(math.Float64bits(r.line[0][0]) ^ mix(math.Float64bits(r.line[0][1])))
	want := r.flow * density * Cycle / 3600
	slots := int(min(max(math.Ceil(want), 1), maxSlots))
	starts, lengths := make([]float64, slots), make([]float64, slots)
	out := make([]Run, slots)
	for i := range slots {
		s := mix(seed + uint64(i)*0x9e3779b97f4a7c15)
		k, paint := pick(s, r.bus)
		starts[i] = Cycle * (float64(i) + 0.15 + 0.7*Chance(s+5)) / float64(slots)
		lengths[i] = k.length
		out[i] = Run{Model: k.model, Color: paint, Class: r.class, Line: r.line, Along: r.along, Start: starts[i], Share: math.Min(want/float64(slots), 1), Seed: s}
	}
	kept := out[:0]
	for i, track := range r.drive(starts, lengths) {
		if len(track) < 2 {
			continue
		}
		run := out[i]
		for _, p := range track {
			run.Times, run.Metres = append(run.Times, p.t), append(run.Metres, p.s)
		}
		kept = append(kept, run)
	}
	return kept
}

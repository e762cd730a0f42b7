package generate

import (
	"encoding/binary"
	"fmt"
	"math"
	"path/filepath"

	"github.com/longtake/longtake/geo/heights"
	"github.com/longtake/longtake/geo/spool"
	"github.com/longtake/longtake/internal/whole"
)

// GroundFile is where a package keeps the heights that a story stands on: the ground, and
// the surface of water.
const GroundFile = "ground.bin"

// mostHeights is the nodes a side of GroundFile.
const mostHeights = 1024

// heights writes the ground for playing.
func (g *generation) heights(cells int) error {
	path := filepath.Join(g.dir, GroundFile)
	key := g.key("heights")
	s := g.site
	key.floats(s.frame.Origin.Lng, s.frame.Origin.Lat, s.min[0], s.min[1], s.size, float64(cells))
	last := key.sum()
	key.bytes(g.digests.Around(nil, 0, 0, 0))
	name := key.sum()
	if data, ok := g.store.get(name); ok {
		return whole.Bytes(path, data)
	}
	grid, err := g.sampleGround(last, min(cells, mostHeights)+1)
	if err != nil {
		return err
	}
	g.terrain.Waters(grid.N, func(node int, height float64) { // who comes there floats
		grid.H[node] = max(grid.H[node], float32(height))
	})
	var w spool.Writer
	if err := grid.Write(&w); err != nil {
		return fmt.Errorf("generate: ground: %w", err)
	}
	if err := g.store.put(name, w.B); err != nil {
		return err
	}
	return whole.Bytes(path, w.B)
}

// groundStrip is the side in nodes of the squares in which the ground is asked for heights.
const groundStrip = 32

// sampleGround asks the ground for n × n heights, square by square. Those of the last run
// on the same site lie under a name with the digests of the ground that they were asked
// of: where it is the same, they are taken from there.
func (g *generation) sampleGround(last digest, n int) (*heights.Grid, error) {
	t, s := g.terrain, g.site
	out := &heights.Grid{Frame: s.frame, Min: s.min, Size: s.size, N: n, H: make([]float32, n*n)}
	across := (n + groundStrip - 1) / groundStrip
	old, ok := g.store.get(last)
	ok = ok && len(old) == across*across*len(digest{})+4*n*n
	kept, known := old, old
	if ok {
		kept, known = old[:across*across*len(digest{})], old[across*across*len(digest{}):]
	}
	corner, size := t.Square()
	levels := t.Levels()
	tile := levels[len(levels)-1].Size // its heights depend on its neighbours
	place := func(node, axis int) float64 { return s.min[axis] + s.size*float64(node)/float64(n-1) }
	data := make([]byte, 0, across*across*len(digest{})+4*n*n)
	for square := range across * across {
		i0, j0 := square%across*groundStrip, square/across*groundStrip
		i1, j1 := min(i0+groundStrip, n), min(j0+groundStrip, n)
		lo, hi := [2]float64{place(i0, 0) - tile, place(j0, 1) - tile}, [2]float64{place(i1-1, 0) + tile, place(j1-1, 1) + tile}
		sum := sumOf(g.digests.Within(nil, t, lo, hi))
		same := ok && digest(kept[square*len(sum):]) == sum
		data = append(data, sum[:]...)
		for j := j0; j < j1; j++ {
			for i := i0; i < i1; i++ {
				k := j*n + i
				if same {
					out.H[k] = math.Float32frombits(binary.LittleEndian.Uint32(known[4*k:]))
					continue
				}
				x, y := place(i, 0), place(j, 1)
				h, _ := t.HeightAtPlan(min(max(x, corner[0]), corner[0]+size), min(max(y, corner[1]), corner[1]+size))
				out.H[k] = float32(h)
			}
		}
	}
	for _, h := range out.H {
		data = binary.LittleEndian.AppendUint32(data, math.Float32bits(h))
	}
	return out, g.store.put(last, data)
}

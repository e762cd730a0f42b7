package generate

import (
	"bytes"
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
	key.bytes(g.digests.All(nil))
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
// on the same site lie under a name with the digests of the tiles that they were asked of:
// where these are the same, they are taken from there.
func (g *generation) sampleGround(last digest, n int) (*heights.Grid, error) {
	t, s := g.terrain, g.site
	out := &heights.Grid{Frame: s.frame, Min: s.min, Size: s.size, N: n, H: make([]float32, n*n)}
	data := g.digests.All(make([]byte, 0, g.digests.Len()*len(digest{})+4*n*n))
	now := data
	old, ok := g.store.get(last)
	ok = ok && len(old) == cap(data)
	const sum = len(digest{})
	known := func(tile int) bool { return ok && bytes.Equal(old[tile*sum:][:sum], now[tile*sum:][:sum]) }
	corner, size := t.Square()
	place := func(node, axis int) float64 {
		return min(max(s.min[axis]+s.size*float64(node)/float64(n-1), corner[axis]), corner[axis]+size)
	}
	across := (n + groundStrip - 1) / groundStrip
	for square := range across * across {
		i0, j0 := square%across*groundStrip, square/across*groundStrip
		for j := j0; j < min(j0+groundStrip, n); j++ {
			for i := i0; i < min(i0+groundStrip, n); i++ {
				k, x, y := j*n+i, place(i, 0), place(j, 1)
				if known(t.TileAt(x, y)) {
					out.H[k] = math.Float32frombits(binary.LittleEndian.Uint32(old[len(now)+4*k:]))
					continue
				}
				h, _ := t.HeightAtPlan(x, y)
				out.H[k] = float32(h)
			}
		}
	}
	for _, h := range out.H {
		data = binary.LittleEndian.AppendUint32(data, math.Float32bits(h))
	}
	return out, g.store.put(last, data)
}

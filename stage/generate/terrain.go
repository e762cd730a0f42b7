package generate

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/spool"
	"github.com/longtake/longtake/geo/terrain"
	"github.com/longtake/longtake/layers"
)

// shape makes the terrain of the bare ground and of what lies on it.
func (g *generation) shape(context.Context) error {
	g.progress.count("terrain", 0, 0)
	cell, most, maxError := 24.0, 1024, 1.0 // of flat ground
	if r := g.bare.Resolution; r > 0 {
		most = 2048
		cell = math.Min(math.Max(r/3, 2), 15)
	}
	if l := g.layer("terrain"); l != nil {
		maxError = l.Props.(*layers.Terrain).MaxError
	}
	level, plain := g.elevation.(geo.FlatElevation)
	if plain = plain && g.laid.plain(); plain { // one tile, as near as the curve of the Earth asks for
		cell, maxError = 500, math.Min(maxError, 0.05)
	}
	cells := 64
	for cells < most && g.site.size/float64(cells) > cell {
		cells *= 2
	}
	key := g.key("sampled")
	key.digest(g.bare.name)
	key.floats(float64(cells))
	name := key.sum()
	var keeping error
	t, err := terrain.New(g.elevation, terrain.Options{
		Frame: g.site.frame, Min: g.site.min, Size: g.site.size, Cells: cells,
		SeaLevel: g.sea, Flat: g.laid.flats, Error: maxError, TileCells: 64,
		Shapes: g.works.within, Detail: shapeDetail, Kept: min(g.budget.spill*4, terrain.MaxKept),
		Sampled: g.sampled(name),
		Keep: func(s *terrain.Sampled) {
			keeping = g.store.put(name, encodeSampled(s))
		},
	})
	if err == nil {
		err = keeping
	}
	if err == nil {
		err = g.works.failed()
	}
	if err == nil && g.bare.err != nil {
		err = g.bare.err
	}
	if err != nil {
		return fmt.Errorf("generate: %w", err)
	}
	g.laid.flats = nil
	g.budget.hold(t.Size())
	if known := t.Known(); known < 0.999 && g.bare.Resolution > 0 {
		g.report.Note(fmt.Sprintf("elevation known for %.0f %% of the region, carried on beyond", known*100))
	}
	g.terrain, g.elevation, g.digests = t, t, t.Digests()
	if plain {
		g.elevation = level
	}
	g.bare.once.Do(func() {})
	g.bare.elev = nil // the rasters are not needed any more
	return g.heights(cells)
}

func encodeSampled(s *terrain.Sampled) []byte {
	w := spool.Writer{B: make([]byte, 0, 4*len(s.Heights)+32)}
	w.Float(s.Known)
	w.Uint(uint64(len(s.Heights)))
	for _, h := range s.Heights {
		w.B = binary.LittleEndian.AppendUint32(w.B, math.Float32bits(h))
	}
	return w.B
}

// sampled are the heights that an earlier run has kept; nil where there are none.
func (g *generation) sampled(name digest) *terrain.Sampled {
	data, ok := g.store.get(name)
	if !ok {
		return nil
	}
	r := spool.Reader{B: data}
	s := &terrain.Sampled{Known: r.Float()}
	s.Heights = make([]float32, r.Count(4))
	for i := range s.Heights {
		s.Heights[i] = r.Float32()
	}
	if r.Err != nil {
		return nil
	}
	return s
}

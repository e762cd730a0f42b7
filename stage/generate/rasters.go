package generate

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"

	"github.com/longtake/longtake/geo/raster"
	"github.com/longtake/longtake/geo/spool"
	"github.com/longtake/longtake/scene"
)

// openRaster reads a raster, or takes what an earlier run has read of the same file: to
// unpack it, to bring it onto the ellipsoid and to take steps out of it costs more than to
// read its heights.
func (g *generation) openRaster(ctx context.Context, path string, src scene.Source, o raster.Options) (*raster.Grid, error) {
	key := g.key("raster")
	how, err := json.Marshal(src)
	if err != nil {
		return nil, fmt.Errorf("generate: %w", err)
	}
	key.bytes(how)
	if o.Clip != nil {
		key.floats(o.Clip.West, o.Clip.South, o.Clip.East, o.Clip.North)
	}
	if err := hashFile(key.h, path); err != nil {
		return nil, err
	}
	name := key.sum()
	if data, ok := g.store.get(name); ok {
		if grid, err := decodeGrid(data); err == nil {
			return grid, nil
		}
	}
	grid, err := raster.Open(ctx, path, o)
	if err != nil || len(grid.Heights) > g.budget.spill {
		return grid, err
	}
	data, err := encodeGrid(grid)
	if err != nil {
		return nil, fmt.Errorf("generate: %w", err)
	}
	return grid, g.store.put(name, data)
}

func encodeGrid(grid *raster.Grid) ([]byte, error) {
	bare := *grid
	bare.Heights = nil
	head, err := json.Marshal(&bare)
	w := spool.Writer{B: make([]byte, 0, 4*len(grid.Heights)+len(head)+16)}
	w.Bytes(head)
	w.Uint(uint64(len(grid.Heights)))
	for _, h := range grid.Heights {
		w.B = binary.LittleEndian.AppendUint32(w.B, math.Float32bits(h))
	}
	return w.B, err
}

func decodeGrid(data []byte) (*raster.Grid, error) {
	r := spool.Reader{B: data}
	grid := &raster.Grid{}
	if err := json.Unmarshal(r.Bytes(), grid); err != nil {
		return nil, err
	}
	grid.Heights = make([]float32, r.Count(4))
	for i := range grid.Heights {
		grid.Heights[i] = r.Float32()
	}
	if len(grid.Heights) != grid.Width*grid.Height {
		return nil, spool.ErrDamaged
	}
	return grid, r.Err
}

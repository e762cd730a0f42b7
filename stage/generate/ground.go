package generate

import (
	"context"
	"fmt"
	"math"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/cover"
	"github.com/longtake/longtake/geo/drape"
	"github.com/longtake/longtake/geo/spool"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

// groundTiles is the tileset that terrain and all that lies on it share.
const groundTiles = "tiles/ground/tileset.json"

// groundTile is one tile of the ground.
type groundTile struct {
	address tiles.Address
	err     float64 // of the terrain
	error   float64 // geometric, of all
	width   float64 // what is narrower is left out
}

// groundTileset cuts what lies on the ground to every terrain tile of every level.
func (g *generation) groundTileset(ctx context.Context) error {
	t := g.terrain
	defer func() { _ = g.laid.index.Close() }()
	if g.layer("terrain") == nil {
		// A city without a terrain layer still needs something to stand on.
		l := scene.NewLayer(g.laid.id, layers.Types()["terrain"])
		l.Tiles = groundTiles
		g.out.Layers = append([]scene.Layer{l}, g.out.Layers...)
	}
	levels := t.Levels()
	grid := tiles.Grid{Frame: g.site.frame, Min: g.site.min, Size: g.site.size, MaxLevel: levels[len(levels)-1].Depth}
	o := tiles.WriterOptions{Lattice: true, Implicit: true, Compress: !g.Plain, Version: g.Version}
	w, err := g.writer("tiles/ground", grid, o)
	if err != nil {
		return err
	}
	var jobs []groundTile
	for i, l := range levels {
		// The finest level keeps everything; each coarser one may drop what is narrower than a
		// third of its error, which at least doubles from level to level.
		up := len(levels) - 1 - i
		geometric, width := l.Error, 0.0
		if up > 0 {
			geometric = math.Max(l.Error, 2*math.Pow(2, float64(up)))
			width = geometric / 3
		}
		for y := range l.Tiles {
			for x := range l.Tiles {
				jobs = append(jobs, groundTile{tiles.Address{Level: l.Depth, X: x, Y: y}, l.Error, geometric, width})
			}
		}
	}
	patches := make([]cover.Patch, len(g.laid.wide))
	for i := range patches {
		patches[i] = g.laid.wide[i].Patch
	}
	wide := drape.NewIndex(patches)
	err = g.budget.jobs(ctx, len(jobs), g.weighGround(grid, jobs), func(i int) error {
		j := &jobs[i]
		all, err := g.within(grid, j)
		if err != nil {
			return err
		}
		return g.groundTile(w, grid, j, all, wide)
	}, g.progress.phase("ground", len(jobs), 25))
	if err != nil {
		return fmt.Errorf("generate: ground: %w", err)
	}
	for _, kind := range []string{"terrain", "areas", "water", "roads", "railways"} {
		for _, l := range g.builtLayers(kind) {
			l.Tiles, l.Source = groundTiles, ""
		}
	}
	if err := g.works.failed(); err != nil {
		return err
	}
	g.tiles += w.Len()
	return w.Close()
}

// weighGround is what a tile is likely to hold: its share of the pieces, by the sizes of
// the blocks that reach into it, and the triangles of the terrain.
func (g *generation) weighGround(grid tiles.Grid, jobs []groundTile) func(i int) int64 {
	return func(i int) int64 {
		box := squareOf(grid, jobs[i].address)
		cells := int64(g.terrain.Levels()[jobs[i].address.Level].Cells)
		n := 4<<20 + 8*cells*cells
		for k := range g.laid.blocks {
			for _, l := range g.laid.blocks[k] {
				if l.Count > 0 && l.Box.Intersects(box) {
					n += int64(l.Count) * 400
				}
			}
		}
		return n
	}
}

func squareOf(grid tiles.Grid, a tiles.Address) orb.Bound {
	lo, hi := grid.Square(a)
	return orb.Bound{Min: lo, Max: hi}
}

// found is a piece in a block's file.
type found struct {
	laid *laid
	entry
	from int64  // where its bytes lie
	name string // of its feature
}

// within finds the pieces of a tile, in the order of the blocks.
func (g *generation) within(grid tiles.Grid, j *groundTile) ([]found, error) {
	box := squareOf(grid, j.address)
	var out []found
	for i := range g.laid.blocks {
		for _, l := range g.laid.blocks[i] {
			if l.Count == 0 || !l.Box.Intersects(box) {
				continue
			}
			var err error
			if out, err = g.laid.within(l, box, j.width, out); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

func (g *ground) within(l *laid, box orb.Bound, width float64, out []found) ([]found, error) {
	data, err := g.index.Slice(l.at, int(l.size))
	if err != nil {
		return nil, fmt.Errorf("generate: %w", err)
	}
	names := spool.Reader{B: data[l.Count*entrySize:]}
	for k := range l.Count {
		e := readEntry(data[k*entrySize:])
		if e.width < width {
			return out, nil
		}
		name := names.Bytes()
		if e.box.Intersects(box) {
			out = append(out, found{l, e, int64(l.Count)*entrySize + e.offset, string(name)})
		}
	}
	return out, names.Err
}

// groundKey names a tile without its names by the ground around it and by what lies on it.
func (g *generation) groundKey(grid tiles.Grid, j *groundTile, all []found) digest {
	key := g.key("ground tile")
	s := g.site
	key.floats(s.frame.Origin.Lng, s.frame.Origin.Lat, s.min[0], s.min[1], s.size, j.err, j.error, j.width, g.sea)
	key.text(fmt.Sprint(j.address, g.laid.id, g.out.Environment.Globe.Sea))
	key.bytes(g.digests.Tile(nil, g.terrain, j.address.Level, j.address.X, j.address.Y))
	for i := range all {
		key.digest(all[i].hash)
	}
	box := squareOf(grid, j.address)
	for i := range g.laid.wide {
		g.laid.wide[i].key(key, box, j.width)
	}
	return key.sum()
}

// freeID is a layer id that is not in use.
func (g *generation) freeID(id string) string {
	for n := 2; g.out.Layer(id) != nil; n++ {
		id = fmt.Sprintf("%s-%d", id, n)
	}
	return id
}

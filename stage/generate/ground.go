package generate

import (
	"context"
	"fmt"
	"math"
	"os"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/cover"
	"github.com/longtake/longtake/geo/drape"
	"github.com/longtake/longtake/geo/terrain"
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
		name := g.groundKey(grid, j, all)
		return g.tile(w, name, j.address, func() (*tiles.Encoded, error) {
			c, err := g.groundContent(grid, j, all, wide)
			if err != nil {
				return nil, err
			}
			return w.Encode(j.address, *c, j.error)
		})
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
		n := 4<<20 + 16*cells*cells
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
	from int64 // where its bytes lie
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
			f, err := g.openLaid(l.name)
			if err != nil {
				return nil, err
			}
			out, err = l.within(f, box, j.width, out)
			_ = f.Close()
			if err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

func (l *laid) within(f *os.File, box orb.Bound, width float64, out []found) ([]found, error) {
	const chunk = 128
	buf := make([]byte, chunk*entrySize)
	for first := 0; first < l.Count; first += chunk {
		n := min(chunk, l.Count-first)
		if _, err := f.ReadAt(buf[:n*entrySize], int64(first)*entrySize); err != nil {
			return nil, fmt.Errorf("generate: %w", err)
		}
		for k := range n {
			e := readEntry(buf[k*entrySize:])
			if e.width < width {
				return out, nil
			}
			if e.box.Intersects(box) {
				out = append(out, found{l, e, int64(l.Count)*entrySize + e.offset})
			}
		}
	}
	return out, nil
}

// groundKey names a tile by the ground around it and by what lies on it.
func (g *generation) groundKey(grid tiles.Grid, j *groundTile, all []found) digest {
	key := g.key("ground tile")
	s := g.site
	key.floats(s.frame.Origin.Lng, s.frame.Origin.Lat, s.min[0], s.min[1], s.size, j.err, j.error, j.width, g.sea)
	key.text(fmt.Sprint(j.address, g.laid.id, g.out.Environment.Globe.Sea))
	key.bytes(g.digests.Around(nil, j.address.Level, j.address.X, j.address.Y))
	for i := range all {
		key.digest(all[i].hash)
	}
	box := squareOf(grid, j.address)
	for i := range g.laid.wide {
		g.laid.wide[i].key(key, box, j.width)
	}
	return key.sum()
}

// groundContent builds a tile: terrain, and cut to it what lies on it.
func (g *generation) groundContent(grid tiles.Grid, j *groundTile, all []found, wide *drape.Index) (*geo.Content, error) {
	patch, err := g.terrain.Tile(j.address.Level, j.address.X, j.address.Y, j.err)
	if err != nil {
		return nil, err
	}
	lain, err := g.readPieces(all)
	if err != nil {
		return nil, err
	}
	frame := grid.TileFrame(j.address)
	c := &geo.Content{Frame: frame, Sources: g.groundSources(j.address, all), Features: []geo.FeatureRow{{Class: "ground"}}}
	// Neighbours have the vertices of their edge in common, to the bit.
	lattice := grid.Lattice(j.address.Level)
	lift := terrain.Lift{Plan: g.site.frame, Tile: frame, Snap: func(v mgl64.Vec3) mgl64.Vec3 {
		return frame.ToLocal(lattice.Snap(frame.FromLocal(v)))
	}}
	m := patch.Mesh(lift, g.laid.id, true)
	if g.out.Environment.Globe.Sea {
		m.Indices = g.dry(m.Indices, patch.H)
	}
	m.Features = make([]uint32, len(m.Positions))
	c.Meshes = append(c.Meshes, m)
	rows := map[geo.FeatureRow]uint32{}
	row := func(layer string, r geo.FeatureRow) uint32 {
		k := r
		k.Class = layer + "\x00" + r.Class
		at, ok := rows[k]
		if !ok {
			at = uint32(len(c.Features))
			rows[k] = at
			c.Features = append(c.Features, r)
		}
		return at
	}
	normals := make([][3]float32, len(patch.Normals))
	for i, n := range patch.Normals {
		normals[i] = lift.Normal(n)
	}
	square := orb.Bound{Min: patch.Min, Max: patch.Max}
	on := drape.Tile{Plan: g.site.frame, Frame: frame, Square: square, XY: patch.XY, H: patch.H, Normals: normals, Tris: patch.Tris, Snap: lift.Snap, MinWidth: j.width}
	c.Meshes = append(c.Meshes, wide.Onto(on, func(p *cover.Patch) uint32 {
		return row(p.Layer, geo.FeatureRow{Class: p.Class})
	})...)
	var patches []cover.Patch
	var patchRows []geo.FeatureRow
	for i := range lain {
		if p := lain[i].patch; p != nil {
			p.Feature = len(patches)
			patches, patchRows = append(patches, *p), append(patchRows, lain[i].row)
		}
	}
	c.Meshes = append(c.Meshes, drape.NewIndex(patches).Onto(on, func(p *cover.Patch) uint32 {
		return row(p.Layer, patchRows[p.Feature])
	})...)
	for i := range lain {
		if s := lain[i].solid; s != nil {
			if d := deckOf(s); d.in(square) {
				c.Meshes = append(c.Meshes, drape.Lift(s, g.site.frame, frame, row(s.Layer, lain[i].row)))
			}
		}
	}
	return c, nil
}

// groundSources names what a tile of the ground was built from: the pieces by their
// sources, and the elevation.
func (g *generation) groundSources(a tiles.Address, all []found) []geo.Source {
	var out []geo.Source
	for _, s := range g.order {
		d, some := newDigest("sources"), false
		for i := range all {
			if all[i].laid.source == s {
				d.digest(all[i].hash)
				some = true
			}
		}
		if some {
			out = append(out, s.sources(d.sum())...)
		}
	}
	if t := g.layer("terrain"); t != nil && t.Source != "" {
		out = append(out, geo.Source{Name: t.Source, Version: sumOf(g.digests.Around(nil, a.Level, a.X, a.Y)).String()})
	}
	return out
}

// readPieces reads what within found.
func (g *generation) readPieces(all []found) ([]piece, error) {
	out := make([]piece, 0, len(all))
	var f *os.File
	var last *laid
	defer func() {
		if f != nil {
			_ = f.Close()
		}
	}()
	for i := range all {
		if all[i].laid != last {
			if f != nil {
				_ = f.Close()
			}
			var err error
			if f, err = g.openLaid(all[i].laid.name); err != nil {
				return nil, err
			}
			last = all[i].laid
		}
		b := make([]byte, all[i].size)
		if _, err := f.ReadAt(b, all[i].from); err != nil {
			return nil, fmt.Errorf("generate: %w", err)
		}
		p, err := readPiece(b)
		if err != nil {
			return nil, fmt.Errorf("generate: %w", err)
		}
		out = append(out, p)
	}
	return out, nil
}

// freeID is a layer id that is not in use.
func (g *generation) freeID(id string) string {
	for n := 2; g.out.Layer(id) != nil; n++ {
		id = fmt.Sprintf("%s-%d", id, n)
	}
	return id
}

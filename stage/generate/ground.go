package generate

import (
	"context"
	"fmt"
	"math"
	"path"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/cover"
	"github.com/longtake/longtake/geo/drape"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

// groundTiles is the tileset that terrain and all that lies on it share.
const groundTiles = "tiles/ground/tileset.json"

// tilesOf is the folder of a layer's tiles. A layer that is called as the folder of the ground,
// and is another, has the folder that the layer of the ground has not taken.
func (g *generation) tilesOf(l *scene.Layer) string {
	if folder := "tiles/" + l.ID; folder != path.Dir(groundTiles) || g.laid == nil || l.Type == "terrain" {
		return folder
	}
	return "tiles/" + g.laid.id
}

// groundTile is one tile of the ground.
type groundTile struct {
	address tiles.Address
	err     float64 // of the terrain
	error   float64 // geometric, of all
	width   float64 // what is narrower is left out
	finest  bool

	all  []found // what lies on it, from when it is weighed until it is made
	fail error   // of finding that
}

// groundTileset cuts what lies on the ground to every terrain tile of every level.
func (g *generation) groundTileset(ctx context.Context) error {
	t := g.terrain
	t.Forget() // tiles are made of the grid
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
	w, err := g.writer(path.Dir(groundTiles), grid, o)
	if err != nil {
		return err
	}
	var jobs groundJobs
	for i, l := range levels {
		// The finest level keeps everything; each coarser one may drop what is narrower than a
		// third of its error, which at least doubles from level to level.
		up := len(levels) - 1 - i
		geometric, width := l.Error, 0.0
		if up > 0 {
			geometric = math.Max(l.Error, 2*math.Pow(2, float64(up)))
			width = geometric / 3
		}
		jobs.add(l.Tiles, groundTile{address: tiles.Address{Level: l.Depth}, err: l.Error, error: geometric, width: width, finest: up == 0})
	}
	patches := make([]cover.Patch, len(g.laid.wide))
	for i := range patches {
		patches[i] = g.laid.wide[i].Patch
	}
	wide := drape.NewIndex(patches)
	err = g.budget.jobs(ctx, jobs.count, g.weighGround(grid, &jobs), func(i int) error {
		j := jobs.take(i)
		if j.fail != nil {
			return j.fail
		}
		return g.groundTile(w, grid, j, j.all, wide)
	}, g.progress.phase("ground", jobs.count, 25))
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

func squareOf(grid tiles.Grid, a tiles.Address) orb.Bound {
	lo, hi := grid.Square(a)
	return orb.Bound{Min: lo, Max: hi}
}

// groundKey names a tile without its names by the ground around it and by what lies on it.
func (g *generation) groundKey(grid tiles.Grid, j *groundTile, all []found) digest {
	key := g.key("ground tile")
	s := g.site
	key.floats(s.frame.Origin.Lng, s.frame.Origin.Lat, s.min[0], s.min[1], s.size, j.err, j.error, j.width, g.sea)
	key.text(fmt.Sprint(j.address, g.laid.id, g.out.Environment.Globe.Sea, g.out.Environment.Globe.Coast != nil))
	key.bytes(g.digests.Tile(nil, g.terrain, j.address.Level, j.address.X, j.address.Y))
	for i := range all {
		key.digest(all[i].hash)
	}
	box := squareOf(grid, j.address)
	if inner := s.square().Pad(-bareRim); g.rim != nil && !(inner.Contains(box.Min) && inner.Contains(box.Max)) {
		key.floats(g.depthOfSea())
		key.text(fmt.Sprint(g.rim.wets))
	}
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

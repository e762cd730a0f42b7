package generate

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/cover"
	"github.com/longtake/longtake/geo/drape"
	"github.com/longtake/longtake/geo/terrain"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

// Depths of water beds: deep enough that no noise of the elevation comes through.
const (
	seaDepth  = 12.0
	lakeDepth = 4.0
)

// seaShare is the part of the square that is sea from which the globe beyond it is too.
const seaShare = 0.25

// minSea is the least area of a sea that is guessed from elevation, in square metres.
const minSea = 1e6

// groundTiles is the tileset that terrain and all that lies on it share.
const groundTiles = "tiles/ground/tileset.json"

// ground builds the terrain and drapes areas, water and roads onto it.
func (g *generation) ground(ctx context.Context) error {
	if !g.hasCity() {
		return nil
	}
	g.Say.Tell("ground", 0, 0)
	terrainLayer := g.layer("terrain")
	id := g.freeID("ground")
	if terrainLayer != nil {
		id = terrainLayer.ID
	}
	patches, solids, flats, sources := g.cover(id)
	t, err := g.terrain(flats, terrainLayer)
	if err != nil {
		return err
	}
	g.elevation = t
	corner, size := t.Square()
	finest := t.Levels()[len(t.Levels())-1]
	at := func(x, y float64) float64 {
		h, _ := t.HeightAtPlan(min(max(x, corner[0]), corner[0]+size), min(max(y, corner[1]), corner[1]+size))
		return h
	}
	if err := g.writeHeights(at, finest.Tiles*finest.Cells); err != nil {
		return fmt.Errorf("generate: ground: %w", err)
	}
	if terrainLayer == nil {
		// A city without a terrain layer still needs something to stand on.
		l := scene.NewLayer(id, layers.Types()["terrain"])
		l.Tiles = groundTiles
		g.out.Layers = append([]scene.Layer{l}, g.out.Layers...)
	}
	if err := g.groundTileset(ctx, t, id, patches, solids, sources); err != nil {
		return err
	}
	for _, kind := range []string{"terrain", "areas", "water", "roads", "railways"} {
		for _, l := range g.builtLayers(kind) {
			l.Tiles, l.Source = groundTiles, ""
		}
	}
	return nil
}

// freeID is a layer id that is not in use.
func (g *generation) freeID(id string) string {
	for n := 2; g.out.Layer(id) != nil; n++ {
		id = fmt.Sprintf("%s-%d", id, n)
	}
	return id
}

// terrain samples the elevation over the site's square.
func (g *generation) terrain(flats []terrain.Flat, l *scene.Layer) (*terrain.Terrain, error) {
	cell, maxError := 24.0, 1.0
	if g.known != nil {
		cell = math.Min(math.Max(g.known.Resolution()/3, 2), 15)
	}
	if l != nil {
		maxError = l.Props.(*layers.Terrain).MaxError
	}
	cells := 64
	for cells < 2048 && g.site.size/float64(cells) > cell {
		cells *= 2
	}
	t, err := terrain.New(g.elevation, terrain.Options{
		Frame: g.site.frame, Min: g.site.min, Size: g.site.size, Cells: cells,
		SeaLevel: g.sea, Flat: flats, Error: maxError, TileCells: 64,
	})
	if err != nil {
		return nil, fmt.Errorf("generate: %w", err)
	}
	if known := t.Known(); known < 0.999 && g.known != nil {
		g.report.Note(fmt.Sprintf("elevation known for %.0f %% of the region, carried on beyond", known*100))
	}
	return t, nil
}

// coverSource names the features that the patches of a layer count.
type coverSource struct {
	layer    string
	features []geo.Feature
}

// cover makes everything that lies on the ground, in plan; flats are the water surfaces
// that the ground must lie below, ground the layer of what no other layer draws.
func (g *generation) cover(ground string) (patches []cover.Patch, solids []cover.Solid, flats []terrain.Flat, sources []coverSource) {
	input := func(l *scene.Layer) cover.Input {
		return cover.Input{Features: g.features[l.Source], Frame: g.site.frame, Elevation: g.elevation, Report: g.report}
	}
	add := func(l *scene.Layer, p []cover.Patch) {
		patches = append(patches, p...)
		sources = append(sources, coverSource{l.ID, g.features[l.Source]})
	}
	drawn := map[string]bool{}
	for _, l := range g.builtLayers("areas") {
		drawn[l.Source] = true
		add(l, cover.Areas(input(l), l.ID))
	}
	for _, l := range g.builtLayers("buildings") {
		if !drawn[l.Source] {
			patches = append(patches, cover.Town(input(l), ground)...)
		}
	}
	for _, l := range g.builtLayers("water") {
		in := input(l)
		var ground geo.Elevation // nil where nothing is known
		if g.known != nil {
			ground = g.known
		}
		sea := cover.SeaAround(in.Features, g.site.frame, g.site.core, g.site.square(), ground, g.sea, g.report)
		if ground == nil { // nothing says where the shore goes on: straight is the least surprise
			sea = cover.Sea(in.Features, g.site.frame, g.site.square(), nil, g.sea, g.report)
		}
		if sea == nil && g.known != nil && !hasCoast(in.Features) {
			sea = cover.SeaFromElevation(g.site.frame, g.site.square(), g.known, g.sea, minSea)
		}
		seaPatches := cover.SeaPatches(sea, l.ID, g.sea, g.report)
		for _, poly := range sea {
			flats = append(flats, terrain.Flat{Polygon: g.site.overflow(poly), Height: g.sea, Depth: seaDepth})
		}
		water := cover.Water(in, l.ID)
		flats = append(flats, lakes(water)...)
		add(l, append(seaPatches, water...))
		for _, poly := range sea {
			g.wet += planar.Area(poly)
		}
	}
	// What lies beyond the square is mostly what its rim is.
	g.out.Environment.Globe.Sea = g.wet > seaShare*g.site.size*g.site.size
	roads, rails := g.builtLayers("roads"), g.builtLayers("railways")
	for _, l := range append(slices.Clone(roads), rails...) {
		wantRail := slices.Contains(rails, l)
		p := cover.Roads(input(l), l.ID)
		p = slices.DeleteFunc(p, func(p cover.Patch) bool { return (p.Material == geo.Rail) != wantRail })
		add(l, p)
		b := cover.Bridges(input(l), l.ID)
		solids = append(solids, slices.DeleteFunc(b, func(s cover.Solid) bool { return (s.Material == geo.Rail) != wantRail })...)
	}
	return patches, solids, flats, sources
}

func hasCoast(features []geo.Feature) bool {
	return slices.ContainsFunc(features, func(f geo.Feature) bool { return f.Tags["natural"] == "coastline" })
}

// lakes are the still waters as surfaces that the ground must lie below.
func lakes(patches []cover.Patch) []terrain.Flat {
	var out []terrain.Flat
	for i := range patches {
		if p := &patches[i]; p.Level != nil {
			out = append(out, terrain.Flat{Polygon: outline(p), Height: *p.Level, Depth: lakeDepth})
		}
	}
	return out
}

// outline chains the edges that only one triangle of a patch has into closed rings.
func outline(p *cover.Patch) orb.Polygon {
	edges := map[[2]uint32]bool{}
	for t := 0; t+2 < len(p.Indices); t += 3 {
		for k := range 3 {
			edges[[2]uint32{p.Indices[t+k], p.Indices[t+(k+1)%3]}] = true
		}
	}
	next := map[uint32]uint32{}
	var starts []uint32
	for t := 0; t+2 < len(p.Indices); t += 3 { // in order, so that the rings are always the same
		for k := range 3 {
			a, b := p.Indices[t+k], p.Indices[t+(k+1)%3]
			if !edges[[2]uint32{b, a}] {
				next[a] = b
				starts = append(starts, a)
			}
		}
	}
	var out orb.Polygon
	for _, s := range starts {
		var ring orb.Ring
		for v, ok := s, true; ok; {
			var to uint32
			if to, ok = next[v]; ok {
				ring = append(ring, orb.Point(p.Points[v]))
				delete(next, v)
				v = to
			}
		}
		if len(ring) >= 3 {
			out = append(out, append(ring, ring[0]))
		}
	}
	return out
}

// groundTileset cuts the cover to every terrain tile of every level.
func (g *generation) groundTileset(ctx context.Context, t *terrain.Terrain, ground string, patches []cover.Patch, solids []cover.Solid, sources []coverSource) error {
	levels := t.Levels()
	grid := tiles.Grid{Frame: g.site.frame, Min: g.site.min, Size: g.site.size, MaxLevel: levels[len(levels)-1].Depth}
	w, err := tiles.NewWriter(filepath.Join(g.dir, "tiles", "ground"), grid, tiles.WriterOptions{Quantize: false, Version: g.Version})
	if err != nil {
		return err
	}
	index, above := drape.NewIndex(patches), decks(solids)
	features := map[string][]geo.Feature{}
	for _, s := range sources {
		features[s.layer] = s.features
	}
	type job struct {
		address tiles.Address
		err     float64 // of the terrain
		error   float64 // geometric, of all
		width   float64
	}
	var jobs []job
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
				jobs = append(jobs, job{tiles.Address{Level: l.Depth, X: x, Y: y}, l.Error, geometric, width})
			}
		}
	}
	err = forEach(ctx, len(jobs), func(i int) error {
		j := jobs[i]
		patch, err := t.Tile(j.address.Level, j.address.X, j.address.Y, j.err)
		if err != nil {
			return err
		}
		c := g.groundTile(grid, j.address, patch, ground, index, above, features, j.width)
		return w.Add(j.address, c, j.error)
	}, func(done int) { g.Say.Tell("ground tiles", done, len(jobs)) })
	if err != nil {
		return fmt.Errorf("generate: ground: %w", err)
	}
	g.tiles += w.Len()
	return w.Close()
}

func (g *generation) groundTile(grid tiles.Grid, a tiles.Address, patch *terrain.Patch, ground string, index *drape.Index, solids []deck, features map[string][]geo.Feature, width float64) geo.Content {
	frame := grid.TileFrame(a)
	c := geo.Content{Frame: frame, Features: []geo.FeatureRow{{Class: "ground"}}}
	m := patch.Mesh(frame, g.site.frame, ground, true)
	if g.out.Environment.Globe.Sea {
		m.Indices = g.dry(m.Indices, patch.H)
	}
	m.Features = make([]uint32, len(m.Positions))
	c.Meshes = append(c.Meshes, m)
	type rowKey struct {
		layer   string
		feature int
		class   string
	}
	rows := map[rowKey]uint32{}
	row := func(layer string, feature int, class string) uint32 {
		k := rowKey{layer, feature, class}
		r, ok := rows[k]
		if !ok {
			r = uint32(len(c.Features))
			rows[k] = r
			fr := geo.FeatureRow{Class: class}
			if feature >= 0 && feature < len(features[layer]) {
				fr.ID, fr.Name = features[layer][feature].ID, features[layer][feature].Tags["name"]
			}
			c.Features = append(c.Features, fr)
		}
		return r
	}
	normals := make([][3]float32, len(patch.Normals))
	lift := terrain.Lift{Plan: g.site.frame, Tile: frame}
	for i, n := range patch.Normals {
		normals[i] = lift.Normal(n)
	}
	square := orb.Bound{Min: patch.Min, Max: patch.Max}
	c.Meshes = append(c.Meshes, index.Onto(drape.Tile{
		Plan: g.site.frame, Frame: frame, Square: square, XY: patch.XY, H: patch.H, Normals: normals, Tris: patch.Tris, MinWidth: width,
	}, func(p *cover.Patch) uint32 { return row(p.Layer, p.Feature, p.Class) })...)
	for i := range solids {
		if s := &solids[i]; s.width >= width && s.in(square) {
			c.Meshes = append(c.Meshes, drape.Lift(s.Solid, g.site.frame, frame, row(s.Layer, s.Feature, s.Class)))
		}
	}
	return c
}

// deck is a solid on the ground with what tiles ask of it.
type deck struct {
	*cover.Solid
	middle [2]float64 // of its box: a solid is never cut, and in one tile of each level
	width  float64    // its area in plan by its length
}

func decks(solids []cover.Solid) []deck {
	out := make([]deck, len(solids))
	for i := range solids {
		s := &solids[i]
		b := orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
		for _, p := range s.Positions {
			b = b.Extend(orb.Point{p[0], p[1]})
		}
		up, down := 0.0, 0.0
		for t := 0; t+2 < len(s.Indices); t += 3 {
			p, q, r := s.Positions[s.Indices[t]], s.Positions[s.Indices[t+1]], s.Positions[s.Indices[t+2]]
			a := ((q[0]-p[0])*(r[1]-p[1]) - (q[1]-p[1])*(r[0]-p[0])) / 2
			up, down = up+max(a, 0), down+max(-a, 0)
		}
		length := math.Hypot(b.Max[0]-b.Min[0], b.Max[1]-b.Min[1])
		out[i] = deck{s, b.Center(), max(up, down) / max(length, 1e-3)}
	}
	return out
}

// in tells whether the middle lies in the square.
func (d *deck) in(square orb.Bound) bool {
	m := d.middle
	return m[0] >= square.Min[0] && m[0] < square.Max[0] && m[1] >= square.Min[1] && m[1] < square.Max[1]
}

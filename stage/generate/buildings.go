package generate

import (
	"context"
	"fmt"
	"math"
	"path/filepath"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/building"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

// A leaf of the quadtree of buildings holds at most leafBuildings, unless it is already
// as small as leafSide.
const (
	leafBuildings = 350
	leafSide      = 180.0 // metres
)

// buildings builds every layer of buildings into a tileset of its own.
func (g *generation) buildings(ctx context.Context) error {
	for _, l := range g.builtLayers("buildings") {
		if err := g.buildingLayer(ctx, l); err != nil {
			return fmt.Errorf("generate: layer %s: %w", l.ID, err)
		}
	}
	return nil
}

func (g *generation) buildingLayer(ctx context.Context, l *scene.Layer) error {
	props := l.Props.(*layers.Buildings)
	var features []geo.Feature
	outside := 0
	for i := range g.features[l.Source] {
		f := &g.features[l.Source][i]
		if g.site.inside(f) {
			features = append(features, *f)
		} else if f.Tags["building"] != "" || f.Tags["building:part"] != "" {
			outside++
			g.report.Skip(f.ID, "building far outside the data")
		}
	}
	all := building.Assemble(features, g.site.frame, building.Options{All: props.All}, g.report)
	plan := quadtree(g.site, len(all), func(i int) (x, y float64) {
		c := all[i].Plan.Bound().Center()
		return c[0], c[1]
	}, leafBuildings, leafSide)
	folder := "tiles/" + l.ID
	w, err := tiles.NewWriter(filepath.Join(g.dir, filepath.FromSlash(folder)), plan.grid, tiles.WriterOptions{Quantize: true, Version: g.Version})
	if err != nil {
		return err
	}
	builder := building.NewBuilder(g.elevation, g.report)
	triangles := make([]int, len(plan.nodes))
	err = forEach(ctx, len(plan.nodes), func(i int) error {
		n := plan.nodes[i]
		frame := plan.grid.TileFrame(n.address)
		m := building.Meshes{Layer: l.ID}
		c := geo.Content{Frame: frame}
		detail := n.detail()
		worst := 0.0
		for _, k := range n.items {
			before := m.Triangles()
			worst = math.Max(worst, builder.Build(&all[k], frame, uint32(len(c.Features)), detail, &m))
			if m.Triangles() > before {
				c.Features = append(c.Features, all[k].Row())
			}
		}
		if n.height == 0 {
			triangles[i] = m.Triangles()
		}
		c.Meshes = m.Take()
		return w.Add(n.address, c, math.Max(worst, detail))
	}, func(done int) { g.Say.Tell("buildings", done, len(plan.nodes)) })
	if err != nil {
		return err
	}
	sum := 0
	for _, t := range triangles {
		sum += t
	}
	g.report.Made("building", len(all))
	g.report.Made("building triangle", sum)
	g.tiles += w.Len()
	l.Tiles, l.Source = folder+"/tileset.json", ""
	return w.Close()
}

// node is a square of a quadtree with what lies in it.
type node struct {
	address tiles.Address
	height  int // levels above the deepest leaf below it; 0 = leaf
	items   []int
}

// detail is the geometric error in metres that a node's content may have: none at the
// leaves, then nearly doubling from level to level.
func (n node) detail() float64 {
	if n.height == 0 {
		return 0
	}
	return 0.8 * math.Pow(1.9, float64(n.height-1))
}

type plan struct {
	grid  tiles.Grid
	nodes []node
}

// quadtree sorts n things by position into the site's square. Every node lists all that
// lies below it.
func quadtree(s *site, n int, at func(i int) (x, y float64), leafItems int, leafSide float64) plan {
	p := plan{grid: tiles.Grid{Frame: s.frame, Min: s.min, Size: s.size, MaxLevel: 20}}
	var split func(a tiles.Address, items []int) int
	split = func(a tiles.Address, items []int) int {
		height := 0
		if len(items) > leafItems && p.grid.Side(a.Level)/2 >= leafSide {
			var parts [4][]int
			for _, i := range items {
				c := p.grid.At(a.Level+1, first(at(i)), second(at(i)))
				k := (c.X - 2*a.X) + 2*(c.Y-2*a.Y)
				parts[k] = append(parts[k], i)
			}
			for k, child := range a.Children() {
				if len(parts[k]) > 0 {
					height = max(height, 1+split(child, parts[k]))
				}
			}
		}
		p.nodes = append(p.nodes, node{a, height, items})
		return height
	}
	items := make([]int, n)
	for i := range items {
		items[i] = i
	}
	if n > 0 {
		split(tiles.Address{}, items)
	}
	return p
}

func first(x, _ float64) float64  { return x }
func second(_, y float64) float64 { return y }

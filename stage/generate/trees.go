package generate

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"sort"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/cover"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/model"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

const (
	leafTrees    = 1500
	leafTreeSide = 150.0
)

// trees plants every layer of trees into a tileset of instances.
func (g *generation) trees(ctx context.Context) error {
	for _, l := range g.builtLayers("trees") {
		if err := g.treeLayer(ctx, l); err != nil {
			return fmt.Errorf("generate: layer %s: %w", l.ID, err)
		}
	}
	return nil
}

func (g *generation) treeLayer(ctx context.Context, l *scene.Layer) error {
	props := l.Props.(*layers.Trees)
	in := cover.Input{Features: g.features[l.Source], Frame: g.site.frame, Elevation: g.elevation, Report: g.report}
	mask := cover.NewMask()
	mask.AddPatches(cover.Roads(cover.Input{Features: in.Features, Frame: in.Frame, Elevation: in.Elevation, Report: geo.NewReport()}, l.ID))
	mask.AddPatches(cover.Water(cover.Input{Features: in.Features, Frame: in.Frame, Elevation: in.Elevation, Report: geo.NewReport()}, l.ID))
	var solid []geo.Feature
	for _, f := range in.Features {
		if f.Tags["building"] != "" {
			solid = append(solid, f)
		}
	}
	mask.AddFeatures(cover.Input{Features: solid, Frame: in.Frame, Elevation: in.Elevation})
	sites := cover.Trees(in, cover.TreeOptions{Blocked: mask.Blocked, Clip: g.site.square(), PerKm2: 9000 * props.Density, Max: 250000})
	type stand struct {
		lng, lat, h float64
	}
	stands := make([]stand, len(sites))
	kept := sites[:0:0]
	for _, s := range sites {
		lng, lat := g.site.frame.Unplan(s.X, s.Y)
		h, ok := g.elevation.HeightAt(lng, lat)
		if !ok || g.wet > 0 && h < g.sea { // on the sea's bed
			continue
		}
		stands[len(kept)] = stand{lng, lat, h}
		kept = append(kept, s)
	}
	plan := quadtree(g.site, len(kept), func(i int) (x, y float64) { return kept[i].X, kept[i].Y }, leafTrees, leafTreeSide)
	folder := "tiles/" + l.ID
	w, err := tiles.NewWriter(filepath.Join(g.dir, filepath.FromSlash(folder)), plan.grid, tiles.WriterOptions{Version: g.Version, Models: models})
	if err != nil {
		return err
	}
	err = forEach(ctx, len(plan.nodes), func(i int) error {
		n := plan.nodes[i]
		frame := plan.grid.TileFrame(n.address)
		c := geo.Content{Frame: frame}
		// A coarser level keeps every third tree of the level below it and lets it stand for
		// the others: as tall, and wider by the look of the wood.
		keep := math.Pow(1/3.0, float64(n.height))
		swell := math.Pow(1.28, float64(min(n.height, 5)))
		byModel := map[string]int{}
		for _, k := range n.items {
			s := kept[k]
			if n.height > 0 && share(k) >= keep {
				continue
			}
			at, ok := byModel[s.Model]
			if !ok {
				at = len(c.Instances)
				byModel[s.Model] = at
				c.Instances = append(c.Instances, geo.Instances{Layer: l.ID, Model: s.Model})
			}
			p := frame.Local(earth.Place{Lng: stands[k].lng, Lat: stands[k].lat, Height: stands[k].h})
			c.Instances[at].Items = append(c.Instances[at].Items, geo.Instance{
				Position: [3]float32{float32(p[0]), float32(p[1]), float32(p[2])}, Yaw: float32(s.Yaw), Scale: float32(s.Height * swell), Color: s.Color,
				Feature: uint32(len(c.Features)),
			})
			row := geo.FeatureRow{Class: "natural=tree", Height: float32(s.Height)}
			if s.Feature >= 0 {
				row.ID = in.Features[s.Feature].ID
			}
			c.Features = append(c.Features, row)
		}
		sort.Slice(c.Instances, func(a, b int) bool { return c.Instances[a].Model < c.Instances[b].Model })
		return w.Add(n.address, c, n.detail())
	}, func(done int) { g.Say.Tell("trees", done, len(plan.nodes)) })
	if err != nil {
		return err
	}
	g.tiles += w.Len()
	l.Tiles, l.Source = folder+"/tileset.json", ""
	return w.Close()
}

// share spreads the numbers of trees evenly over [0, 1), the same at every level: the
// trees of a coarse level are among those of the finer ones.
func share(k int) float64 { return math.Mod(float64(k)*0.6180339887498949, 1) }

func models(name string) []geo.Mesh {
	m, _ := model.Get(name)
	return m
}

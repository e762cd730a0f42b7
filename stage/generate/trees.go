package generate

import (
	"math"
	"sort"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/cover"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/model"
	"github.com/longtake/longtake/layers"
)

// trees wires the trees of geo/cover: instances of our own models.
func trees(l *Layer) Builder {
	density := l.Props.(*layers.Trees).Density
	return Builder{Models: models, Make: func(b *geo.Block) geo.Maker {
		if m := plant(b, l, density); len(m.sites) > 0 {
			return m
		}
		return nil
	}}
}

// wood is the trees of a block.
type wood struct {
	block *geo.Block
	layer string
	sites []cover.TreeSite
	feet  []earth.Place
}

func plant(b *geo.Block, l *Layer, density float64) *wood {
	quiet := geo.NewReport()
	in := cover.Input{Features: b.Features, Frame: b.Frame, Elevation: b.Elevation, Report: quiet}
	mask := cover.NewMask()
	mask.AddPatches(cover.Roads(in, l.ID))
	mask.AddPatches(cover.Water(in, l.ID))
	var solid []geo.Feature
	for _, f := range b.Features {
		if f.Tags["building"] != "" {
			solid = append(solid, f)
		}
	}
	mask.AddFeatures(cover.Input{Features: solid, Frame: b.Frame, Elevation: b.Elevation})
	w := &wood{block: b, layer: l.ID}
	for _, s := range cover.Trees(in, cover.TreeOptions{Blocked: mask.Blocked, Clip: b.Square, PerKm2: 9000 * density, Max: 250000}) {
		if !b.Owns(s.X, s.Y) {
			continue
		}
		lng, lat := b.Frame.Unplan(s.X, s.Y)
		h, ok := b.Elevation.HeightAt(lng, lat)
		if !ok || l.Wet && h < l.Sea { // on the sea's bed
			continue
		}
		w.sites, w.feet = append(w.sites, s), append(w.feet, earth.Place{Lng: lng, Lat: lat, Height: h})
	}
	if len(w.sites) > 0 {
		b.Report.Made("tree", len(w.sites))
	}
	return w
}

// treeSpacing is the error that coarser levels begin with, in metres: each third of the
// trees that is left stands for the rest, as tall, and wider by the look of the wood.
const treeSpacing = 0.8

// Make adds a share of the trees that falls as the error grows.
func (w *wood) Make(detail float64, into *geo.Content) float64 {
	steps := 0.0
	if detail > 0 {
		steps = math.Max(0, 1+math.Log(detail/treeSpacing)/math.Log(1.9))
	}
	keep, swell := math.Pow(3, -steps), math.Pow(1.28, math.Min(steps, 5))
	byModel := map[string]int{}
	first := len(into.Instances)
	for k, s := range w.sites {
		if share(s.X, s.Y) >= keep {
			continue
		}
		at, ok := byModel[s.Model]
		if !ok {
			at = len(into.Instances)
			byModel[s.Model] = at
			into.Instances = append(into.Instances, geo.Instances{Layer: w.layer, Model: s.Model})
		}
		p := into.Frame.Local(w.feet[k])
		into.Instances[at].Items = append(into.Instances[at].Items, geo.Instance{
			Position: [3]float32{float32(p[0]), float32(p[1]), float32(p[2])}, Yaw: float32(s.Yaw), Scale: float32(s.Height * swell), Color: s.Color,
			Feature: uint32(len(into.Features)),
		})
		row := geo.FeatureRow{Class: "natural=tree", Height: float32(s.Height)}
		if s.Feature >= 0 {
			row.ID = w.block.Features[s.Feature].ID
		}
		into.Features = append(into.Features, row)
	}
	added := into.Instances[first:]
	sort.Slice(added, func(a, b int) bool { return added[a].Model < added[b].Model })
	return detail
}

// share spreads trees evenly over [0, 1) by their place, the same at every level: the
// trees of a coarse level are among those of the finer ones.
func share(x, y float64) float64 {
	h := uint64(int64(math.Round(x*100)))*0x9e3779b97f4a7c15 ^ uint64(int64(math.Round(y*100)))*0xbf58476d1ce4e5b9
	h = (h ^ h>>31) * 0x94d049bb133111eb // SplitMix64's finaliser (Steele et al. 2014)
	return float64((h^h>>29)>>11) / (1 << 53)
}

func models(name string) []geo.Mesh {
	m, _ := model.Get(name)
	return m
}

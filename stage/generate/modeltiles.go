package generate

import (
	"bytes"
	"fmt"
	"os"
	"path"
	"path/filepath"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/align"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/geo/tiles/glb"
	"github.com/longtake/longtake/layers/points"
	"github.com/longtake/longtake/scene"
)

// modelTiles writes each model that has a place of its own as a tileset of one tile, and models at
// the rows of a table as one that holds them once with all their places, for engines that know
// tiles and no scene: without it they would show a hole where one replaces buildings. Rows that
// come and go, by time or as they are read again, are in none. longtake itself goes on to draw
// models by their layers. ground is that of the package.
func (g *generation) modelTiles(ground func(lng, lat float64) float64) error {
	for i := range g.out.Layers {
		l := &g.out.Layers[i]
		m, ok := l.Props.(*points.Model)
		if !ok || l.Template || l.Tiles != "" {
			continue
		}
		under := ground
		if l.Clamp != "ground" {
			under = nil
		}
		p, placed, err := m.Placement(under, l.Altitude)
		if err != nil {
			return fmt.Errorf("generate: layer %s: %w", l.ID, err)
		}
		if !placed {
			if l.Table != "" && l.Source == "" && l.Time == nil {
				err = g.modelsAtRows(l, m, ground)
			}
			if err != nil {
				return fmt.Errorf("generate: layer %s: %w", l.ID, err)
			}
			continue
		}
		if !(p.Scale > 0) {
			continue
		}
		if err := g.modelTile(l, m, p); err != nil {
			return fmt.Errorf("generate: layer %s: %w", l.ID, err)
		}
	}
	return nil
}

func (g *generation) modelTile(l *scene.Layer, m *points.Model, p align.Placement) error {
	model, err := g.modelOf(m)
	if err != nil {
		return err
	}
	var all []mgl64.Vec3
	for _, part := range model.Parts {
		used := make([]bool, len(part.Positions)) // corners of several triangles count once
		for _, i := range part.Indices {
			if used[i] {
				continue
			}
			used[i] = true
			v := part.Positions[i]
			all = append(all, p.Apply(mgl64.Vec3{float64(v[0]), float64(v[1]), float64(v[2])}))
		}
	}
	if len(all) == 0 {
		return nil
	}
	c := glb.Placed{Layer: l.ID, Model: model, At: p.Matrix()}
	var out bytes.Buffer
	o := glb.Options{Placed: []glb.Placed{c}, Compress: !g.Plain, Generator: "longtake " + g.Version}
	if err := glb.Write(&out, geo.Content{Frame: p.Frame}, o); err != nil {
		return err
	}
	folder := g.tilesOf(l)
	if err := tiles.WriteOne(filepath.Join(g.dir, filepath.FromSlash(folder)), p.Frame, all, out.Bytes(), g.Version); err != nil {
		return err
	}
	l.Tiles = path.Join(folder, "tileset.json")
	g.tiles++
	return nil
}

// modelOf reads the model of a layer as it is drawn; its files are copied by now.
func (g *generation) modelOf(m *points.Model) (*glb.Model, error) {
	file := filepath.Join(g.dir, filepath.FromSlash(m.Model))
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	model, err := points.ReadModel(m.Model, data, func(uri string) ([]byte, error) {
		return os.ReadFile(filepath.Join(filepath.Dir(file), filepath.FromSlash(uri)))
	})
	if err == nil {
		m.Glaze(model)
	}
	return model, err
}

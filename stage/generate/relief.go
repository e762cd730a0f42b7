package generate

import (
	"context"
	"fmt"
	"math"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/layers/city"
	"github.com/longtake/longtake/scene"
)

// place finds the region, the height of the sea there and the elevation.
func (g *generation) place(ctx context.Context) error {
	if err := g.checkBathymetry(); err != nil {
		return err
	}
	massives, others := &sketch{most: maxFeet}, &sketch{most: maxFeet}
	all, anyBuilt := &sketch{most: maxFeet}, false
	for _, s := range g.order {
		built := g.cityData(s.id)
		anyBuilt = anyBuilt || built && s.count > 0
		err := s.each(ctx, func(seq int, h *head) error {
			if p, ok := h.foot(); ok {
				v := sketched{h.hash, p, uint32(seq), s.number}
				all.add(v)
				if built {
					others.add(v)
				}
				if built && h.kind&massive != 0 {
					massives.add(v)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	g.sketchTables(all)
	g.feet = all
	if b := g.BBox; b != nil && len(g.order) > 0 && len(all.all) == 0 && g.layer("terrain") == nil {
		return fmt.Errorf("nothing of the data lies in the bbox %g,%g,%g,%g: longtake inspect tells where it lies", b.West, b.South, b.East, b.North)
	}
	if empty := g.emptySource(); empty != "" && len(all.all) == 0 {
		return fmt.Errorf("source %s holds nothing that can be drawn, and nothing else is in the scene: longtake inspect tells what its files hold", empty)
	}
	g.massive = massives
	var ground geo.Bound
	margin := 0.0
	if t := g.layer("terrain"); t != nil {
		margin = t.Props.(*city.Terrain).Margin
	} else if g.hasCity() { // no city ends like a tray
		margin = layers.Types()["terrain"].New().(*city.Terrain).Margin
	}
	feet := massives
	if len(feet.all) < 20 {
		feet = others
	}
	if !anyBuilt { // only data layers, or only ground
		feet = all
		e, err := g.readElevation(ctx, g.BBox, geo.NewReport()) // relief reads it again and reports
		if err != nil {
			return err
		}
		if b, t := g.BBox, g.layer("terrain"); e == nil && b != nil && len(all.all) == 0 && t != nil && t.Source != "" {
			return fmt.Errorf("no raster of source %s reaches into the bbox %g,%g,%g,%g: longtake inspect tells where they lie", t.Source, b.West, b.South, b.East, b.North)
		}
		if e != nil {
			ground, margin = e.Bounds(), 0
		}
	}
	var err error
	if g.site, err = locate(feet.places(), g.BBox, ground, margin); err != nil {
		if !g.hasCity() {
			g.site, err = &site{}, nil // world-wide data and placed models have no ground of their own
		}
		return err
	}
	all.settle()
	massives.settle()
	if !g.hasCity() {
		return nil
	}
	return g.relief(ctx)
}

// emptySource names a source of features without any, where no layer has anything else to draw. A
// part of the data may be empty, and so may what is read again later.
func (g *generation) emptySource() (name string) {
	if g.BBox != nil {
		return ""
	}
	for i := range g.doc.Layers {
		l := &g.doc.Layers[i]
		if l.Template {
			continue
		}
		s, src := g.sources[l.Source], g.doc.Sources[l.Source]
		if s == nil || s.count > 0 || src.BBox != nil || !src.Plain() || src.Refresh != (scene.Time{}) || l.Refresh != (scene.Time{}) {
			return ""
		}
		name = l.Source
	}
	return name
}

// maxFeet is the most places that decide where the data is.
const maxFeet = 1 << 16

// flatGround is the height of ground without elevation above the sea.
const flatGround = 2.5

// clip is the region of the site's square in degrees.
func (g *generation) clip() geo.Bound {
	s := g.site
	b := geo.Bound{West: math.Inf(1), South: 90, East: math.Inf(-1), North: -90}
	lng0 := s.frame.Origin.Lng
	for i := range 9 {
		t := float64(i) / 8 * s.size
		for _, p := range [][2]float64{{t, 0}, {t, s.size}, {0, t}, {s.size, t}} {
			lng, lat := s.frame.Unplan(s.min[0]+p[0], s.min[1]+p[1])
			lng = lng0 + math.Remainder(lng-lng0, 360)
			b.West, b.East = math.Min(b.West, lng), math.Max(b.East, lng)
			b.South, b.North = math.Min(b.South, lat), math.Max(b.North, lat)
		}
	}
	if b.East-b.West >= 360 {
		return geo.Bound{West: -180, South: b.South, East: 180, North: b.North}
	}
	if b.East > 180 || b.West < -180 {
		b.West, b.East = math.Remainder(b.West, 360), math.Remainder(b.East, 360)
	}
	return b
}

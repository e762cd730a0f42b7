package stage

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/layers/drawable"
)

// farPixels is the height in pixels below which an instance is drawn in its far form.
const farPixels = 44.0

// draws lists what a tile contributes to a layer, or to all (layer "").
func (l *library) draws(c *tileContent, t *tiled, v *tiles.View, ids uint32, out []drawable.Draw) []drawable.Draw {
	set, base := t.set, t.base
	colors := c.painted(set.Paint)
	cuts := c.cutting(t.clips, t.whole)
	for i := range c.parts {
		p := &c.parts[i]
		level, ok := p.of(set)
		if !ok {
			continue
		}
		d := base
		if lift := set.Storeys.Explode * level; lift != 0 {
			d.Shift = mgl64.Translate3D(0, 0, lift)
		}
		d.IDBase = ids
		if p.mesh != nil {
			mesh, glow, rest := p.mesh, p.glow, &p.sifted
			var wall *drawable.Mesh
			if cuts != nil { // before the filter, which changes more often
				cut := cuts.mesh(c, mesh, p.name)
				if mesh, wall, glow, rest = cut.left, cut.wall, cuts.shining(glow), &cut.rest; mesh == nil {
					continue
				}
			}
			if t.only != nil && len(c.rows) > 0 {
				if mesh = c.leaves(rest, mesh, glow, t.only); mesh == nil {
					continue
				}
				glow = rest.leftGlow
			}
			if t, ok := set.Tints[string(p.name)]; ok {
				d.Tint = t
			}
			lit := float32(0)
			if looks[p.name].Model == drawable.Facade {
				lit = set.Lit
			}
			mesh.Material = l.looks.get(p.name, lit, p.clear)
			d.What = mesh
			if glow != nil && l.dark > 0 {
				glowing := d
				glowing.What = glow.at(l.shops, l.dark, float64(set.Lit))
				out = append(out, glowing)
			}
			if coats(p.name) {
				d.Colors = colors
				if d.Coat = set.Coat; d.Coat != nil {
					d.Stands = c.standing()
				}
			}
			d.NoShadow = mesh.Bias > 0 // what lies flat on the ground shades nothing
			out = append(out, d)
			if wall != nil {
				d.What, d.Colors, d.Coat, d.NoShadow = wall, nil, nil, false
				wall.Material = l.looks.get(geo.Concrete, 0, geo.Refraction{})
				out = append(out, d)
			}
			continue
		}
		if p.lights != nil && l.dark > 0 {
			lamps := p.lights
			if cuts != nil {
				lamps = cuts.lamps(lamps)
			}
			if lamps != nil {
				d.What = lamps
				out = append(out, d)
			}
		}
		copies := p.far
		if isNear(p.near[0], p.sizes, v) {
			copies = p.near
		}
		for _, f := range copies {
			if cuts != nil {
				f = cuts.instances(f)
			}
			if f != nil {
				d.What = f
				out = append(out, d)
			}
		}
	}
	if set.Edges == nil {
		return out
	}
	edges := c.edges(set, t.only, cuts)
	for _, lines := range edges.lines {
		d := edgeDraw(base, set.Edges)
		d.What, d.IDBase, d.Passing = lines, ids, d.Passing || edges.passing
		out = append(out, d)
	}
	return out
}

// edgeDraw is a tileset's draw for the edges of its features.
func edgeDraw(d drawable.Draw, e *drawable.Edges) drawable.Draw {
	d.Tint = [4]float32{e.Color[0] / edgeEmission, e.Color[1] / edgeEmission, e.Color[2] / edgeEmission, 1}
	d.Fade = 1 - (1-d.Fade)*e.Share
	d.Widen = e.Width
	return d
}

// of tells whether a part belongs to what a draw asks for, and its level where the part
// is a storey: its layer is then "<layer>#<level>".
func (p *tilePart) of(set *drawable.Tileset) (level float64, ok bool) {
	layer, suffix, storey := strings.Cut(p.layer, "#")
	if storey {
		var err error
		if level, err = strconv.ParseFloat(suffix, 64); err != nil {
			layer, storey = p.layer, false
		}
	}
	if set.Layer != "" && layer != set.Layer {
		return 0, false
	}
	only := set.Storeys.Only
	return level, !storey || len(only) == 0 || slices.Contains(only, level)
}

// isNear tells whether the nearest instance may be taller than farPixels.
func isNear(s *drawable.Instances, size float64, v *tiles.View) bool {
	c := mgl64.TransformCoordinate(mgl64.Vec3{float64(s.Center[0]), float64(s.Center[1]), float64(s.Center[2])}, s.Frame)
	distance := math.Max(c.Sub(v.Eye).Len()-float64(s.Radius), 1)
	return size*float64(v.Height)/(2*distance*math.Tan(v.FovY/2)) > farPixels
}

package stage

import (
	"math"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers/drawable"
)

// hover is how much higher than it is tall a feature's lowest point may lie below its highest, at
// the least, in metres, and of its height, before it is a part that begins in the air.
const hover, hoverShare = 2, 0.15

// stands is where the tile's features stand and how far up they reach; it is found once. A part of
// a building that begins in the air stands where its recorded height says. What has no feature
// stands at the lowest point of what has none.
func (c *tileContent) standing() *drawable.Stands {
	if c.stands != nil {
		return c.stands
	}
	none := [2]float32{math.MaxFloat32, -math.MaxFloat32}
	all, bodies := make([][2]float32, c.ids), make([][2]float32, c.ids) // of everything, of walls and roofs
	for i := range all {
		all[i], bodies[i] = none, none
	}
	for i := range c.parts {
		p := &c.parts[i]
		if p.mesh == nil {
			continue
		}
		body := isBody(p.name)
		for k := range p.mesh.Vertices {
			v := &p.mesh.Vertices[k]
			z := v.Position[2]
			widen(&all[v.Feature], z)
			if body {
				widen(&bodies[v.Feature], z)
			}
		}
	}
	for i := range all {
		if bodies[i] != none {
			all[i] = bodies[i]
		}
		s := &all[i]
		if *s == none {
			*s = [2]float32{}
			continue
		}
		if tall := c.heights[i]; tall > 0 && s[0]+tall > s[1]+max(hover, hoverShare*tall) {
			s[0] = s[1] - tall
		}
	}
	c.stands = &drawable.Stands{Of: all}
	return c.stands
}

func widen(s *[2]float32, z float32) { s[0], s[1] = min(s[0], z), max(s[1], z) }

// isBody tells whether a material is that of walls and roofs, rather than of what is on them.
func isBody(name geo.Material) bool {
	return name == geo.Facade || name == geo.Roof || name == geo.Wall
}

// coats tells whether a material takes the colours of its feature.
func coats(name geo.Material) bool {
	return name != geo.Glass && name != geo.Lamp && name != geo.Sign
}

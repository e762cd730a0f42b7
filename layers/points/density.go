package points

import (
	"hash/fnv"
	"math"
	"math/rand/v2"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/mark"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "dot-density", Group: "points", Doc: "dots strewn over areas, as many as a value says",
	New: func() any {
		return &DotDensity{Count: scale.NumberBy{Constant: 100}, Per: 1, Size: 3, Color: scale.ColorBy{Constant: scene.Color{255, 214, 102, 255}}, Emission: 1, Most: 1_000_000}
	},
	Examples: []scene.Example{
		{Layer: `source: zones, count: {field: rent, scale: identity}, per: 0.04, size: 2.4, color: {field: rent, palette: turbo}`},
		{Name: "glow", Doc: "a city's people as lights", Layer: `source: zones, count: {field: rent, scale: identity}, per: 0.012, size: 3, softness: 1, blend: additive, color: "#ffb45a", emission: 1.2`, Time: "2026-06-21T21:40:00Z"},
	},
})

// DotDensity strews dots over the areas of its rows, evenly by area: 28 bytes a dot on the
// GPU, up to the given number of dots. The dots of a row are always the same.
type DotDensity struct {
	layer.Rows
	Count    scale.NumberBy `json:"count" doc:"what the dots of a row stand for"`
	Per      float64        `json:"per" above:"0" max:"1e12" doc:"how much of it one dot is"`
	Size     float64        `json:"size" above:"0" max:"1000" unit:"px" doc:"diameter of a dot"`
	Color    scale.ColorBy  `json:"color" theme:"accent" doc:"colour"`
	Softness float64        `json:"softness" min:"0" max:"1" doc:"0 has a sharp edge, 1 fades from the middle"`
	Emission float64        `json:"emission" min:"0" max:"100" doc:"brightness; above 1 glows"`
	Most     int            `json:"most" min:"1" max:"20000000" doc:"dots of all rows; where there would be more, each stands for more"`
}

// Draw makes one set of points.
func (p *DotDensity) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	colors, err := p.Color.Colors(t)
	if err != nil {
		return nil, err
	}
	counts, err := p.Count.Numbers(t)
	if err != nil {
		return nil, err
	}
	per, total := p.Per, 0.0
	for _, n := range counts {
		if n > 0 && !math.IsInf(n, 0) {
			total += n
		}
	}
	per = max(per, total/float64(p.Most))
	var spots []mark.Spot
	for i, g := range t.Geometry {
		areas := layer.Polygons(g)
		switch {
		case len(areas) == 0:
			c.Skip(t.IDs[i], "no area to strew dots over")
			continue
		case !(counts[i] > 0) || math.IsInf(counts[i], 0) || colors[i][3] == 0:
			continue
		}
		h := fnv.New64a()
		h.Write([]byte(t.IDs[i]))
		own := rand.New(rand.NewPCG(h.Sum64(), uint64(i)))
		n := int(math.Floor(counts[i]/per + own.Float64())) // on average as many as it says
		for _, q := range strew(areas, n, own) {
			spots = append(spots, mark.Spot{Row: i, At: c.Place(q, 0).ECEF()})
		}
	}
	d := &drawable.Points{Blend: c.Blend(drawable.Alpha), Emission: float32(p.Emission), Softness: float32(p.Softness)}
	mark.Set(d, spots, func(row int, v *drawable.PointVertex) { v.Size, v.Color = float32(p.Size), colors[row] })
	return []drawable.Draw{{What: d}}, nil
}

// strew draws points from areas, evenly by area on the sphere: by the sine of the latitude,
// rejecting those of the box that are outside. Slivers that fill next to nothing of their box
// get fewer.
func strew(areas []orb.Polygon, n int, own *rand.Rand) []orb.Point {
	box := areas[0].Bound()
	for _, a := range areas[1:] {
		box = box.Union(a.Bound())
	}
	south, north := math.Sin(earth.Radians(box.Min[1])), math.Sin(earth.Radians(box.Max[1]))
	out := make([]orb.Point, 0, n)
	for range 200 * n {
		if len(out) == n {
			break
		}
		q := orb.Point{box.Min[0] + own.Float64()*(box.Max[0]-box.Min[0]), earth.Degrees(math.Asin(south + own.Float64()*(north-south)))}
		for _, a := range areas {
			if planar.PolygonContains(a, q) {
				out = append(out, q)
				break
			}
		}
	}
	return out
}

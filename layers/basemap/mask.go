package basemap

import (
	"image"
	"math"

	"github.com/paulmach/orb"
	"golang.org/x/image/vector"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "mask", Group: "basemap", Doc: "a colour over everything outside the areas of its source, or inside them",
	New: func() any { return &Mask{Covers: Covers{"all"}, Color: scene.Color{10, 14, 24, 200}, Resolution: 2048} },
	Examples: []scene.Example{
		{Layer: `source: zones, color: "#eef2f6e8"`},
		{Name: "inside", Doc: "the areas themselves are covered", Layer: `source: zones, inside: true, color: "#ff7a50d0"`},
	},
})

// Mask covers what lies outside of areas.
type Mask struct {
	layer.Rows
	Covers
	Color      scene.Color `json:"color" doc:"colour and how much it covers"`
	Inside     bool        `json:"inside" doc:"covers the areas, not what is around them"`
	Resolution int         `json:"resolution" min:"64" max:"8192" fixed:"true" doc:"pixels along the longer side of the areas' box: how sharp the edge is"`
}

// Draw paints the areas into a picture of their box and lays that on the ground.
func (p *Mask) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	var polys []orb.Polygon
	box := orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{-1, -1}}
	for i, g := range t.Geometry {
		areas := layer.Polygons(g)
		if len(areas) == 0 {
			if g != nil {
				c.Skip(t.IDs[i], "no area geometry")
			}
			continue
		}
		for _, a := range areas {
			if box.IsEmpty() {
				box = a.Bound()
			}
			box = box.Union(a.Bound())
			polys = append(polys, a)
		}
	}
	if len(polys) == 0 {
		return nil, nil
	}
	// A rim of nothing, so that what is outside has the picture's edge.
	mx, my := (box.Max[0]-box.Min[0])*0.01+1e-7, (box.Max[1]-box.Min[1])*0.01+1e-7
	r := drawable.Region{West: box.Min[0] - mx, East: box.Max[0] + mx, South: math.Max(box.Min[1]-my, -90), North: math.Min(box.Max[1]+my, 90)}
	d := &drawable.Drape{Over: p.surfaces(), Color: p.Color.Linear(), Tiles: []drawable.DrapeTile{{Region: r, Image: p.paint(c.Layer.ID, polys, r), UV: [4]float32{0, 0, 1, 1}, Low: -500, High: 9000}}}
	if !p.Inside {
		d.Tiles[0].Beyond = drawable.BeyondAll
	}
	return []drawable.Draw{{What: d}}, nil
}

// paint rasterises the areas: white, its alpha the cover.
func (p *Mask) paint(name string, polys []orb.Polygon, r drawable.Region) *drawable.Image {
	aspect := (r.East - r.West) * math.Cos((r.South+r.North)/2*math.Pi/180) / (r.North - r.South)
	w, h := p.Resolution, p.Resolution
	if aspect > 1 {
		h = max(int(float64(w)/aspect), 16)
	} else {
		w = max(int(float64(h)*aspect), 16)
	}
	cover := image.NewAlpha(image.Rect(0, 0, w, h))
	// Each area by itself: rings that turn the other way would take from their neighbours.
	for _, poly := range polys {
		z := vector.NewRasterizer(w, h)
		for k, ring := range poly {
			if len(ring) < 4 {
				continue
			}
			if (ring.Orientation() == orb.CCW) == (k > 0) {
				ring = ring.Clone()
				ring.Reverse()
			}
			for i, q := range ring {
				x := float32((q[0] - r.West) / (r.East - r.West) * float64(w))
				y := float32((r.North - q[1]) / (r.North - r.South) * float64(h))
				if i == 0 {
					z.MoveTo(x, y)
				} else {
					z.LineTo(x, y)
				}
			}
			z.ClosePath()
		}
		z.Draw(cover, cover.Bounds(), image.Opaque, image.Point{})
	}
	img := &drawable.Image{Name: name, Width: w, Height: h, Channels: 4, SRGB: true, Pixels: make([]byte, 4*w*h)}
	for i, a := range cover.Pix {
		if !p.Inside {
			a = 255 - a
		}
		img.Pixels[4*i], img.Pixels[4*i+1], img.Pixels[4*i+2], img.Pixels[4*i+3] = 255, 255, 255, a
	}
	return img
}

package flows

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/lines"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "attack-arrow", Group: "flows", Doc: "arrows of operations: smooth ways that narrow from a broad tail to a neck before their head",
	New: func() any {
		s := lines.NewStroke(0, 1)
		s.Unit, s.Flat, s.Cap, s.Join, s.Width = "m", true, "arrow", "round", scale.NumberBy{Constant: 60}
		return &AttackArrow{Stroke: s, Color: scale.ColorBy{Constant: scene.Color{230, 57, 70, 210}}, Tail: 2.5}
	},
	Examples: []scene.Example{
		{Layer: `source: trips, width: 70, casing: {width: 12, color: "#ffffff"}, color: {field: kind, scale: categorical, range: ["#00000000", "#e63946d0"]}`, Camera: "{ lng: -30.505, lat: 36.452, height: 5200, pitch: -48 }"},
	},
})

// AttackArrow draws an arrow along each line.
type AttackArrow struct {
	lines.Stroke
	Color scale.ColorBy `json:"color" doc:"colour"`
	Tail  float64       `json:"tail" min:"1" max:"20" doc:"width of the tail, as a multiple of the neck's, which is width"`
}

// attackSteps are the points of an arrow's way before its head.
const attackSteps = 40

// Draw makes one line for each part of a row.
func (p *AttackArrow) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	colors, err := p.Color.Colors(t)
	if err != nil {
		return nil, err
	}
	widths, err := p.Width.Numbers(t)
	if err != nil {
		return nil, err
	}
	b := lines.NewBuilder(p.Lines(c), lines.Corners(c, t.Geometry))
	for i, g := range t.Geometry {
		parts := layer.Polylines(g)
		if len(parts) == 0 {
			c.Skip(t.IDs[i], "no line geometry")
		}
		for _, ps := range parts {
			var way []mgl64.Vec3
			for _, q := range ps {
				way = append(way, c.Place(q, 0).ECEF())
			}
			if way = smooth(way); way == nil || !(widths[i] > 0) {
				continue
			}
			b.Begin()
			for k, q := range way {
				narrow := math.Pow(1-math.Min(float64(k)/(attackSteps-1), 1), 1.5)
				b.Add(q, drawable.LineVertex{Width: float32(widths[i] * (1 + (p.Tail-1)*narrow)), Color: colors[i], Feature: uint32(i)})
			}
		}
	}
	return b.Draws(), nil
}

// smooth rounds a way's corners three times (Chaikin 1974) and divides it evenly, but for the
// last eighth, which is the head's.
func smooth(way []mgl64.Vec3) []mgl64.Vec3 {
	if len(way) < 2 {
		return nil
	}
	for range 3 {
		out := []mgl64.Vec3{way[0]}
		for i := 1; i < len(way); i++ {
			a, b := way[i-1], way[i]
			if i > 1 {
				out = append(out, a.Add(b.Sub(a).Mul(0.25)))
			}
			if i < len(way)-1 {
				out = append(out, a.Add(b.Sub(a).Mul(0.75)))
			}
		}
		way = append(out, way[len(way)-1])
	}
	even := resample(way, attackSteps*8/7)
	return append(even[:attackSteps], even[len(even)-1])
}

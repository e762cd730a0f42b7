package points

import (
	"errors"
	"fmt"
	"math"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/mark"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "stack", Group: "points", Doc: "columns of several fields at a point, one on the other or side by side",
	New: func() any {
		return &Stack{Series: Series{Colors: defaultSeries}, Radius: 40, Scale: 1, Layout: "stacked", Shape: "cylinder", Emission: 0.25, Grow: 1}
	},
	Examples: []scene.Example{
		{Layer: `source: places, fields: [homes, offices, shops], scale: 0.06, radius: 110, gap: 0.02`},
		{Name: "bars", Doc: "bars side by side", Layer: `source: places, fields: [homes, offices, shops], layout: grouped, shape: square, scale: 0.09, radius: 75`},
	},
})

// Series is embedded by types that draw several fields of a row.
type Series struct {
	Fields []string      `json:"fields" required:"true" doc:"fields of the source, in their order; missing and negative values are left out"`
	Colors []scene.Color `json:"colors" doc:"of the fields, again from the first where there are fewer"`
}

// defaultSeries are colours that stay apart for colour-blind readers as well (Okabe and Ito
// 2008), brightened for dark ground.
var defaultSeries = []scene.Color{{46, 168, 240, 255}, {255, 176, 32, 255}, {16, 196, 146, 255}, {240, 110, 60, 255}, {214, 130, 190, 255}, {244, 232, 90, 255}, {110, 130, 240, 255}}

// values are the numbers of each field.
func (s *Series) values(t *table.Table) ([][]float64, error) {
	if len(s.Fields) == 0 {
		return nil, errors.New("fields are not given")
	}
	out := make([][]float64, len(s.Fields))
	for k, f := range s.Fields {
		v, err := t.Numbers(f)
		if err != nil {
			return nil, fmt.Errorf("fields: %w", err)
		}
		out[k] = v
	}
	return out, nil
}

func (s *Series) color(k int) scene.Color {
	if len(s.Colors) == 0 {
		return defaultSeries[k%len(defaultSeries)]
	}
	return s.Colors[k%len(s.Colors)]
}

// Stack draws a column for each field at every point of its rows: 32 bytes a field and row.
type Stack struct {
	layer.Rows
	Series
	Radius   float64 `json:"radius" above:"0" unit:"m" doc:"from axis to side"`
	Scale    float64 `json:"scale" above:"0" unit:"m" doc:"height of a value of 1"`
	Layout   string  `json:"layout" enum:"stacked,grouped" doc:"one on the other, or side by side from west to east"`
	Shape    string  `json:"shape" enum:"cylinder,square,hexagon" doc:"outline"`
	Gap      float64 `json:"gap" min:"0" max:"1" doc:"between stacked ones, as a share of the tallest stack"`
	Emission float64 `json:"emission" min:"0" max:"100" doc:"light of its own; above 1 glows"`
	Grow     float64 `json:"grow" min:"0" max:"1" doc:"share of the heights that is there: set by a story, columns grow"`
}

// Draw makes instances of one column for each field of each row.
func (p *Stack) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	values, err := p.Series.values(t)
	if err != nil {
		return nil, err
	}
	m := mark.Solid(c, 0.4, p.Emission)
	body := mark.Extrude(m, mark.Polygon(40), 1, true, 0.8)
	switch p.Shape {
	case "square":
		body = mark.Extrude(m, turned(mark.Polygon(4)), 1, false, 0.8)
	case "hexagon":
		body = mark.Extrude(m, mark.Polygon(6), 1, false, 0.8)
	}
	tallest := 0.0
	for i := range t.Rows() {
		sum := 0.0
		for k := range values {
			if values[k][i] < 0 {
				c.Skip(t.IDs[i], "a value below zero has no height: "+p.Fields[k])
			}
			if v := values[k][i]; v > 0 && !math.IsInf(v, 0) {
				sum += v
			}
		}
		tallest = max(tallest, sum)
	}
	gap := p.Gap * tallest * p.Scale
	groups := mark.Groups(mark.Spots(c, t, nil, func(int) bool { return true }))
	var out []drawable.Draw
	for _, g := range groups {
		d := &drawable.Instances{Mesh: body, Frame: g.Frame.Matrix()}
		for _, s := range g.Spots {
			foot, at := layer.Local(g.Frame, s.At), float32(0)
			for k := range values {
				v := values[k][s.Row]
				if !(v > 0) || math.IsInf(v, 0) {
					continue
				}
				h := float32(v * p.Scale * p.Grow)
				it := drawable.Instance{Position: foot, Scale: [2]float32{float32(p.Radius), h}, Color: p.Series.color(k), Feature: uint32(s.Row)}
				if p.Layout == "grouped" {
					it.Position[0] += float32((float64(k) - float64(len(values)-1)/2) * 1.7 * p.Radius)
				} else {
					it.Position[2] += at
					at += h + float32(gap*p.Grow)
				}
				d.Items = append(d.Items, it)
			}
		}
		if len(d.Items) > 0 {
			out = append(out, drawable.Draw{What: d.Bound()})
		}
	}
	return out, nil
}

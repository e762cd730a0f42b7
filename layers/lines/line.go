package lines

import (
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "line", Group: "flows", Doc: "polylines and outlines of areas",
	New: func() any {
		return &Line{Stroke: Stroke{Width: scale.NumberBy{Constant: 3}, Unit: "px", Emission: 1}, Color: scale.ColorBy{Constant: scene.Color{255, 255, 255, 255}}}
	},
	Examples: []scene.Example{{Layer: `source: zones, width: 2, color: "#7fe3ff"`}},
})

// Line draws the lines of its rows, and the rings of areas.
type Line struct {
	Stroke
	Color scale.ColorBy `json:"color" doc:"colour"`
}

// Stroke is what all lines share.
type Stroke struct {
	layer.Rows
	Width    scale.NumberBy `json:"width" doc:"width; rows are grouped into 8 widths"`
	Unit     string         `json:"unit" enum:"px,m" doc:"of the width: pixels of a 1080-line picture, or metres"`
	Emission float64        `json:"emission" min:"0" max:"100" doc:"brightness; above 1 glows"`
}

// polyline is one polyline on its way into a Lines drawable.
type polyline struct {
	at     []mgl64.Vec3 // ECEF
	colors []scene.Color
	times  []float64 // nil, or one a vertex
	row    int
}

// lines gathers paths by width into drawables.
func (s *Stroke) lines(c *layer.Context, paths []polyline, widths []float64, trail float64) []drawable.Draw {
	var all []mgl64.Vec3
	for _, p := range paths {
		all = append(all, p.at...)
	}
	f := layer.Frame(all)
	var out []drawable.Draw
	stand := classes(paths, widths)
	for _, width := range stand {
		d := &drawable.Lines{Frame: f.Matrix(), Width: float32(width), Metres: s.Unit == "m", Blend: c.Blend(drawable.Alpha), Emission: float32(s.Emission), Trail: trail}
		for _, p := range paths {
			if len(p.at) < 2 || nearest(stand, widths[p.row]) != width {
				continue
			}
			d.Starts = append(d.Starts, uint32(len(d.Vertices)))
			for i, at := range p.at {
				v := drawable.LineVertex{Position: layer.Local(f, at), Color: p.colors[min(i, len(p.colors)-1)], Feature: uint32(p.row)}
				if p.times != nil {
					v.Time = float32(p.times[i])
				}
				d.Vertices = append(d.Vertices, v)
			}
		}
		if len(d.Vertices) > 0 {
			out = append(out, drawable.Draw{What: d.Bound()})
		}
	}
	return out
}

// classes are at most 8 widths that stand for all.
func classes(paths []polyline, widths []float64) []float64 {
	var used []float64
	for _, p := range paths {
		if w := widths[p.row]; w > 0 {
			used = append(used, w)
		}
	}
	slices.Sort(used)
	used = slices.Compact(used)
	if len(used) <= 8 {
		return used
	}
	out := make([]float64, 8)
	for i := range out {
		out[i] = used[i*(len(used)-1)/7]
	}
	return slices.Compact(out)
}

func nearest(classes []float64, w float64) float64 {
	best := math.NaN()
	for _, c := range classes {
		if math.IsNaN(best) || math.Abs(c-w) < math.Abs(best-w) {
			best = c
		}
	}
	if w <= 0 {
		return math.NaN()
	}
	return best
}

// Draw makes lines.
func (l *Line) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	colors, err := l.Color.Colors(t)
	if err != nil {
		return nil, err
	}
	widths, err := l.Width.Numbers(t)
	if err != nil {
		return nil, err
	}
	var paths []polyline
	for i, g := range t.Geometry {
		parts := layer.Polylines(g)
		if len(parts) == 0 {
			c.Skip(t.IDs[i], "no line or area geometry")
		}
		for _, ps := range parts {
			p := polyline{row: i, colors: []scene.Color{colors[i]}}
			for k, q := range ps {
				if k > 0 {
					p.at = append(p.at, c.Between(ps[k-1], q)...)
				}
				p.at = append(p.at, c.Place(q, 0).ECEF())
			}
			paths = append(paths, p)
		}
	}
	return l.lines(c, paths, widths, 0), nil
}

package layers

import (
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/scene"
)

var lineType = scene.Type{Name: "line", Group: "flows", Doc: "polylines and outlines of areas",
	New: func() any {
		return &Line{Stroke: Stroke{Width: NumberBy{Constant: 3}, Unit: "px", Emission: 1}, Color: ColorBy{Constant: scene.Color{255, 255, 255, 255}}}
	}}

// Line draws the lines of its rows, and the rings of areas.
type Line struct {
	Stroke
	Color ColorBy `json:"color" doc:"colour"`
}

// Stroke is what all lines share.
type Stroke struct {
	Width    NumberBy `json:"width" doc:"width; rows are grouped into 8 widths"`
	Unit     string   `json:"unit" enum:"px,m" doc:"of the width: pixels of a 1080-line picture, or metres"`
	Emission float64  `json:"emission" min:"0" max:"100" doc:"brightness; above 1 glows"`
}

// polyline is one polyline on its way into a Lines drawable.
type polyline struct {
	at     []mgl64.Vec3 // ECEF
	colors []scene.Color
	times  []float64 // nil, or one a vertex
	row    int
}

// lines gathers paths by width into drawables.
func (s *Stroke) lines(c *Context, paths []polyline, widths []float64, trail float64) []drawable.Draw {
	var all []mgl64.Vec3
	for _, p := range paths {
		all = append(all, p.at...)
	}
	f := frame(all)
	var out []drawable.Draw
	stand := classes(paths, widths)
	for _, width := range stand {
		d := &drawable.Lines{Frame: f.Matrix(), Width: float32(width), Metres: s.Unit == "m", Blend: c.blend(drawable.Alpha), Emission: float32(s.Emission), Trail: trail}
		for _, p := range paths {
			if len(p.at) < 2 || nearest(stand, widths[p.row]) != width {
				continue
			}
			d.Starts = append(d.Starts, uint32(len(d.Vertices)))
			for i, at := range p.at {
				v := drawable.LineVertex{Position: local(f, at), Color: p.colors[min(i, len(p.colors)-1)], Feature: uint32(p.row)}
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
func (l *Line) Draw(c *Context) ([]drawable.Draw, error) {
	t, err := c.rows()
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
		parts := polylines(g)
		if len(parts) == 0 {
			c.Skip(t.IDs[i], "no line or area geometry")
		}
		for _, ps := range parts {
			p := polyline{row: i, colors: []scene.Color{colors[i]}}
			for k, q := range ps {
				if k > 0 {
					p.at = append(p.at, c.between(ps[k-1], q)...)
				}
				p.at = append(p.at, c.place(q, 0).ECEF())
			}
			paths = append(paths, p)
		}
	}
	return l.lines(c, paths, widths, 0), nil
}

// between adds points to a long segment, so that it follows the ground or the curve of
// the Earth: one every 60 m on the ground, every 20 km otherwise, 64 at the most.
func (c *Context) between(a, b orb.Point) []mgl64.Vec3 {
	from, to := c.place(a, 0), c.place(b, 0)
	step := 20000.0
	if c.Layer.Clamp == "ground" {
		step = 60
	}
	n := min(int(from.ECEF().Sub(to.ECEF()).Len()/step), 64)
	var out []mgl64.Vec3
	for i := 1; i <= n; i++ {
		t := float64(i) / float64(n+1)
		dlng := math.Remainder(b[0]-a[0], 360) // the short way over the antimeridian
		out = append(out, c.place(orb.Point{a[0] + dlng*t, a[1] + (b[1]-a[1])*t}, 0).ECEF())
	}
	return out
}

// polylines lists the lines of a geometry; areas give their rings.
func polylines(g orb.Geometry) [][]orb.Point {
	var out [][]orb.Point
	switch g := g.(type) {
	case orb.LineString:
		out = append(out, g)
	case orb.MultiLineString:
		for _, l := range g {
			out = append(out, l)
		}
	case orb.Polygon:
		for _, r := range g {
			out = append(out, r)
		}
	case orb.MultiPolygon:
		for _, p := range g {
			for _, r := range p {
				out = append(out, r)
			}
		}
	case orb.Collection:
		for _, m := range g {
			out = append(out, polylines(m)...)
		}
	}
	return out
}

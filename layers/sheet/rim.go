package sheet

import (
	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

// Edge is the line around areas; layer types embed or name it.
type Edge struct {
	Width    float64     `json:"width" min:"0" max:"1000" doc:"0 has none"`
	Unit     string      `json:"unit" enum:"px,m" doc:"of the width: pixels of a 1080-line picture, or metres"`
	Color    scene.Color `json:"color" doc:"colour; transparent is the area's own"`
	Emission float64     `json:"emission" min:"0" max:"100" doc:"brightness; above 1 glows"`
}

// SetDefaults fills the defaults.
func (e *Edge) SetDefaults() { e.Unit, e.Color, e.Emission = "px", scene.Color{255, 255, 255, 255}, 1 }

// Rim gathers the lines around areas.
type Rim struct {
	edge  Edge
	paths []rimPath
}

type rimPath struct {
	at    []mgl64.Vec3
	color scene.Color
	row   uint32
}

// NewRim begins lines; nil where the edge has none.
func NewRim(e Edge) *Rim {
	if e.Width <= 0 {
		return nil
	}
	return &Rim{edge: e}
}

// Path adds a line through ECEF points, around an area of a colour.
func (r *Rim) Path(at []mgl64.Vec3, color scene.Color, row uint32) {
	if r == nil || len(at) < 2 {
		return
	}
	if r.edge.Color[3] > 0 {
		color = r.edge.Color
	}
	r.paths = append(r.paths, rimPath{at, color, row})
}

// Rings adds the rings of a polygon, on the ground.
func (r *Rim) Rings(c *layer.Context, poly orb.Polygon, color scene.Color, row uint32) {
	r.Borders(c, poly, layer.Outline{}, color, row)
}

// Borders is Rings for a polygon of a row that may be cut where maps of the globe are.
func (r *Rim) Borders(c *layer.Context, poly orb.Polygon, of layer.Outline, color scene.Color, row uint32) {
	if r == nil {
		return
	}
	for _, ring := range poly {
		for _, run := range of.Runs(ring) {
			r.Path(Follow(c, ring[run[0]:run[1]]), color, row)
		}
	}
}

// above keeps lines out of the ground.
const above = 2.0

// Follow is a line on the ground, a little above it.
func Follow(c *layer.Context, line []orb.Point) []mgl64.Vec3 {
	var out []mgl64.Vec3
	for i, q := range line {
		if i > 0 {
			out = append(out, c.Between(line[i-1], q)...)
		}
		out = append(out, c.Place(q, above).ECEF())
	}
	return out
}

// Draws are the lines.
func (r *Rim) Draws(c *layer.Context) []drawable.Draw {
	if r == nil || len(r.paths) == 0 {
		return nil
	}
	var all []mgl64.Vec3
	for _, p := range r.paths {
		all = append(all, p.at...)
	}
	f := layer.Frame(all)
	d := &drawable.Lines{Frame: f.Matrix(), Metres: r.edge.Unit == "m", Blend: drawable.Alpha, Emission: float32(r.edge.Emission)}
	for _, p := range r.paths {
		d.Starts = append(d.Starts, uint32(len(d.Vertices)))
		for _, at := range p.at {
			d.Vertices = append(d.Vertices, drawable.LineVertex{Position: layer.Local(f, at), Width: float32(r.edge.Width), Color: p.color, Feature: p.row})
		}
	}
	return []drawable.Draw{{What: d.Bound(), NoShadow: true}}
}

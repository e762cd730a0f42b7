package panels

import (
	"fmt"
	"image"
	"math"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

// plan is the ground of a mini map in metres about its middle: equirectangular, true to scale
// along the parallel in the middle, which serves a street and the globe.
type plan struct {
	lng, lat   float64 // the middle
	x, y, w, h float64 // what is shown: its middle and its size
	shapes     []shape
	image      *aerial // nil = none

	of   aimed // the picture that was painted last
	last *drawable.Image
}

// shape is a ring, a line, or a point of a row.
type shape struct {
	points []canvas.Point // metres east and north
	area   int            // of areas: their number from 1 on, the same for all their rings
	color  scene.Color
	lo, hi canvas.Point
}

// meanRadius is the Earth's, metres.
const (
	meanRadius      = 6371008.8
	metresPerDegree = meanRadius * math.Pi / 180
)

// at is a place in metres of the plan.
func (g *plan) at(lng, lat float64) (x, y float64) {
	return math.Remainder(lng-g.lng, 360) * metresPerDegree * math.Cos(g.lat*math.Pi/180), (lat - g.lat) * metresPerDegree
}

// survey gathers what the map shows: its extent is that of all rows, whichever are selected.
func (g *plan) survey(m *MiniMap, c *layer.Context, picture image.Image) error {
	t := c.Table
	bound := orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
	var fills, lines []scene.Color
	if t != nil {
		var err error
		if fills, err = m.Fill.Colors(t); err != nil {
			return fmt.Errorf("fill: %w", err)
		}
		if lines, err = m.Line.Colors(t); err != nil {
			return fmt.Errorf("line: %w", err)
		}
		for _, r := range c.All().Geometry {
			if r != nil && !r.Bound().IsEmpty() {
				bound = bound.Union(r.Bound())
			}
		}
	}
	if b := m.Bounds; len(b) == 4 {
		bound = orb.Bound{Min: orb.Point{b[0], b[1]}, Max: orb.Point{b[2], b[3]}}
	}
	if !(bound.Min[0] <= bound.Max[0]) {
		return fmt.Errorf("a mini-map needs rows with geometry, an image or bounds")
	}
	g.lng, g.lat = bound.Center()[0], bound.Center()[1]
	// Not math.Remainder: the whole width of the globe is not nothing.
	across := metresPerDegree * math.Cos(g.lat*math.Pi/180)
	g.w, g.h = max((bound.Max[0]-bound.Min[0])*across, 1), max((bound.Max[1]-bound.Min[1])*metresPerDegree, 1)
	if picture != nil {
		g.image = newAerial(picture, -g.w/2, -g.h/2, g.w/2, g.h/2, bound.Max[0]-bound.Min[0] == 360)
	}
	if len(m.Bounds) == 0 {
		g.w, g.h = g.w*1.06, g.h*1.06 // air about the data
	}
	if t == nil {
		return nil
	}
	areas := 0
	add := func(points []orb.Point, area int, color scene.Color) {
		if len(points) == 0 {
			return
		}
		s := shape{area: area, color: color, lo: canvas.Point{X: math.Inf(1), Y: math.Inf(1)}, hi: canvas.Point{X: math.Inf(-1), Y: math.Inf(-1)}}
		lng := points[0][0]
		for _, q := range points {
			lng = beside(q[0], lng)
			p := canvas.Point{X: (lng - g.lng) * across, Y: (q[1] - g.lat) * metresPerDegree}
			s.points = append(s.points, p)
			s.lo, s.hi = canvas.Point{X: min(s.lo.X, p.X), Y: min(s.lo.Y, p.Y)}, canvas.Point{X: max(s.hi.X, p.X), Y: max(s.hi.Y, p.Y)}
		}
		g.shapes = append(g.shapes, s)
	}
	for i, r := range t.Geometry { // areas lie below lines
		for _, a := range layer.Polygons(r) {
			areas++
			for _, ring := range a {
				add(ring, areas, fills[i])
			}
		}
	}
	for i, r := range t.Geometry {
		for _, p := range layer.Points(r) {
			add([]orb.Point{p}, 0, lines[i])
		}
		if len(layer.Polygons(r)) == 0 {
			for _, line := range layer.Polylines(r) {
				add(line, 0, lines[i])
			}
		}
	}
	return nil
}

// beside is a longitude whole turns off, so that the short way from another one leads there; the
// whole width of the globe is not nothing.
func beside(lng, other float64) float64 {
	if d := math.Abs(lng - other); !(d > 180) || d == 360 {
		return lng
	}
	return other + math.Remainder(lng-other, 360)
}

// picture is the ground as the map shows it, without the camera.
func (g *plan) picture(m *MiniMap, a aimed, b canvas.Box, pixels float64) *drawable.Image {
	width := int(math.Round(b.W * pixels))
	if g.last != nil && g.of == a && g.last.Width == width {
		return g.last
	}
	c := canvas.New(b.W, b.H, pixels, nil)
	out := c.Picture("mini-map")
	if g.image != nil {
		g.image.lay(out, &a, pixels)
	}
	g.draw(c, m, &a)
	if m.Shape == "round" {
		rounded(out)
	}
	g.of, g.last = a, out
	return out
}

// draw paints the shapes: neighbours of one colour as one path.
func (g *plan) draw(c *canvas.Canvas, m *MiniMap, a *aimed) {
	x, y := a.from(canvas.Point{X: a.w / 2, Y: a.h / 2})
	reach := math.Hypot(a.w, a.h) / 2 / a.scale
	turn := 360 * metresPerDegree * math.Cos(g.lat*math.Pi/180)
	least := 0.4 / a.scale // smaller ones are not seen
	path, line := &canvas.Path{}, &canvas.Path{}
	var ink scene.Color
	flush := func() {
		c.Fill(path, canvas.Color(ink))
		if m.LineWidth > 0 {
			c.Stroke(line, m.LineWidth, canvas.Color(ink))
		}
		path, line = &canvas.Path{}, &canvas.Path{}
	}
	filled := 0
	for i := range g.shapes {
		s := &g.shapes[i]
		if s.color[3] == 0 || len(s.points) > 1 && max(s.hi.X-s.lo.X, s.hi.Y-s.lo.Y) < least {
			continue
		}
		nearest := math.Round((x - (s.lo.X+s.hi.X)/2) / turn)
		for _, k := range [3]float64{0, -1, 1} { // a wide one is met from both sides
			off := turn * (nearest + k)
			if s.lo.X+off > x+reach || s.hi.X+off < x-reach || s.lo.Y > y+reach || s.hi.Y < y-reach {
				continue
			}
			if s.color != ink || s.area != filled && (s.area == 0 || filled == 0) {
				flush()
			}
			ink, filled = s.color, s.area
			switch {
			case len(s.points) == 1:
				p := a.to(s.points[0].X+off, s.points[0].Y)
				c.Fill(canvas.Circle(p.X, p.Y, 1.5+m.LineWidth/2), canvas.Color(ink))
			case s.area > 0:
				s.along(path, a, off)
				path.Close()
			default:
				s.along(line, a, off)
			}
		}
	}
	flush()
}

// along adds the shape to a path, so many metres further east.
func (s *shape) along(path *canvas.Path, a *aimed, off float64) {
	for k, q := range s.points {
		if p := a.to(q.X+off, q.Y); k == 0 {
			path.Move(p.X, p.Y)
		} else {
			path.Line(p.X, p.Y)
		}
	}
}

// rounded keeps the disc in the middle of a premultiplied picture.
func rounded(m *drawable.Image) {
	r := float64(min(m.Width, m.Height)) / 2
	for y := range m.Height {
		for x := range m.Width {
			inside := min(max(r-math.Hypot(float64(x)+0.5-float64(m.Width)/2, float64(y)+0.5-float64(m.Height)/2)+0.5, 0), 1)
			if inside == 1 {
				continue
			}
			for k := range 4 {
				p := &m.Pixels[4*(y*m.Width+x)+k]
				*p = uint8(float64(*p)*inside + 0.5)
			}
		}
	}
}

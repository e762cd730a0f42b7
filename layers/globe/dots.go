package globe

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

const quarter = math.Pi / 2

var _ = layer.Register(scene.Type{Name: "dots", Group: "globe", Doc: "areas drawn as evenly spaced dots: the land of a dot globe",
	New: func() any {
		return &Dots{Color: scale.ColorBy{Constant: scene.Color{90, 200, 255, 255}}, Spacing: 120e3, Size: 0.6, Emission: 1}
	},
	Examples: []scene.Example{{Layer: `source: zones, spacing: 110, size: 0.65`}},
})

// Dots fill the areas of their rows.
type Dots struct {
	layer.Rows
	Color    scale.ColorBy `json:"color" doc:"colour of an area's dots"`
	Spacing  float64       `json:"spacing" min:"1" max:"1e6" unit:"m" doc:"between neighbours; larger where there would be more than 400,000 dots"`
	Size     float64       `json:"size" above:"0" max:"2" doc:"diameter as a share of the spacing"`
	Emission float64       `json:"emission" min:"0" max:"100" doc:"brightness; above 1 glows"`
	Height   float64       `json:"height" min:"0" max:"1e7" unit:"m" doc:"above where they stand"`
}

// maxDots bounds the dots of a layer.
const maxDots = 400000

// Draw makes one set of points: those of a lattice of the whole Earth that lie in an area.
func (p *Dots) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	colors, err := p.Color.Colors(t)
	if err != nil {
		return nil, err
	}
	total := 0.0
	shapes := make([][]shape, len(t.Geometry))
	for i, g := range t.Geometry {
		polys := layer.Polygons(g)
		if len(polys) == 0 && g != nil {
			c.Skip(t.IDs[i], "no area geometry")
		}
		for _, poly := range polys {
			s := newShape(poly)
			total += s.area
			shapes[i] = append(shapes[i], s)
		}
	}
	spacing := math.Max(p.Spacing, math.Sqrt(total/maxDots))
	lattice := newFibonacci(spacing)
	d := &drawable.Points{Metres: true, Blend: c.Blend(drawable.Alpha), Emission: float32(p.Emission)}
	var at []mgl64.Vec3
	for i := range shapes {
		if colors[i][3] == 0 {
			continue
		}
		for k := range shapes[i] {
			s := &shapes[i][k]
			lattice.within(s.bound, func(lng, lat float64) {
				if len(at) < 2*maxDots && s.contains(lng, lat) {
					at = append(at, c.Place(orb.Point{lng, lat}, p.Height).ECEF())
					d.Vertices = append(d.Vertices, drawable.PointVertex{Size: float32(spacing * p.Size), Color: colors[i], Feature: uint32(i)})
				}
			})
		}
	}
	f := layer.Frame(at)
	d.Frame = f.Matrix()
	for i, q := range at {
		d.Vertices[i].Position = layer.Local(f, q)
	}
	return []drawable.Draw{{What: d.Bound()}}, nil
}

// fibonacci is a lattice of evenly spaced points on a sphere: each turned from the one
// before by the golden angle, at even steps of the axis (González 2010).
type fibonacci struct{ n float64 }

func newFibonacci(spacing float64) fibonacci {
	return fibonacci{math.Max(math.Round(4*math.Pi*earth.A*earth.A/(spacing*spacing)), 2)}
}

const golden = math.Phi - 1 // turns from one point to the next

// within calls f for the points in a box of degrees. Points of a small box are found by
// stepping along the spiral's numbers that share a longitude, not by all of them.
func (s fibonacci) within(b orb.Bound, f func(lng, lat float64)) {
	first := math.Ceil((1+math.Sin(earth.Radians(b.Min[1])))/2*s.n - 0.5)
	last := math.Floor((1+math.Sin(earth.Radians(b.Max[1])))/2*s.n - 0.5)
	width := (b.Max[0] - b.Min[0]) / 360
	if width >= 1 || last-first < 4096 {
		for i := first; i <= last; i++ {
			if lng := s.lng(i); width >= 1 || inside(lng, b) {
				f(lng, s.lat(i))
			}
		}
		return
	}
	// From a point in the box the next one is one of three steps away (the three-gap
	// theorem), so that none outside are looked at.
	steps := gaps(width)
	i := first
	for ; i <= last && !inside(s.lng(i), b); i++ {
	}
	for i <= last {
		f(s.lng(i), s.lat(i))
		next := math.Inf(1)
		for _, k := range steps {
			if i+k < next && inside(s.lng(i+k), b) {
				next = i + k
			}
		}
		i = next
	}
}

// gaps are the steps after which a point that turns by the golden angle comes back into an
// interval that is so wide, in turns: the first that turns it a little east, the first a
// little west, and their sum. Both are Fibonacci numbers.
func gaps(width float64) [3]float64 {
	var east, west float64
	for a, b := 1.0, 2.0; east == 0 || west == 0; a, b = b, a+b {
		turn := a*golden - math.Round(a*golden)
		if east == 0 && turn >= 0 && turn < width {
			east = a
		} else if west == 0 && turn < 0 && -turn < width {
			west = a
		}
	}
	return [3]float64{east, west, east + west}
}

func (s fibonacci) lat(i float64) float64 {
	return earth.Degrees(math.Asin(math.Min(math.Max(2*(i+0.5)/s.n-1, -1), 1)))
}

func (s fibonacci) lng(i float64) float64 {
	turns := i * golden
	return (turns-math.Floor(turns))*360 - 180
}

func inside(lng float64, b orb.Bound) bool { return lng >= b.Min[0] && lng <= b.Max[0] }

// shape is a polygon whose edges are sorted into rows of latitude, so that a point is
// looked for among few.
type shape struct {
	bound orb.Bound
	area  float64 // m², about
	rows  [][]edge
}

type edge struct{ ax, ay, bx, by float64 }

const shapeRows = 256

func newShape(p orb.Polygon) shape {
	s := shape{bound: p.Bound(), rows: make([][]edge, shapeRows)}
	b := s.bound
	const degree = math.Pi / 180 * earth.A
	sum := 0.0
	for _, r := range p {
		for i := 0; i+1 < len(r); i++ {
			a, q := r[i], r[i+1]
			sum += (a[0]*q[1] - q[0]*a[1]) / 2
			if a[1] == q[1] {
				continue
			}
			lo, hi := s.row(math.Min(a[1], q[1])), s.row(math.Max(a[1], q[1]))
			for k := lo; k <= hi; k++ {
				s.rows[k] = append(s.rows[k], edge{a[0], a[1], q[0], q[1]})
			}
		}
	}
	s.area = math.Abs(sum) * degree * degree * math.Cos(earth.Radians((b.Min[1]+b.Max[1])/2))
	return s
}

func (s *shape) row(lat float64) int {
	h := s.bound.Max[1] - s.bound.Min[1]
	if h <= 0 {
		return 0
	}
	return min(max(int((lat-s.bound.Min[1])/h*shapeRows), 0), shapeRows-1)
}

// contains counts the edges west of a point.
func (s *shape) contains(lng, lat float64) bool {
	in := false
	for _, e := range s.rows[s.row(lat)] {
		if (e.ay > lat) != (e.by > lat) && lng < e.ax+(lat-e.ay)/(e.by-e.ay)*(e.bx-e.ax) {
			in = !in
		}
	}
	return in
}

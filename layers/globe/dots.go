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
	Spacing  float64       `json:"spacing" min:"1" max:"1e6" unit:"m" doc:"between neighbours; larger where there would be more than 400,000 dots, or areas are thin and long"`
	Size     float64       `json:"size" above:"0" max:"2" doc:"diameter as a share of the spacing"`
	Emission float64       `json:"emission" min:"0" max:"100" doc:"brightness; above 1 glows"`
	Height   float64       `json:"height" min:"0" max:"1e7" unit:"m" doc:"above where they stand"`
}

// maxDots bounds the dots of a layer, maxLooks the points of the lattice that are looked at:
// the boxes of thin areas that lie aslant hold far more than they do.
const (
	maxDots  = 400000
	maxLooks = 40 * maxDots
)

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
	total, boxes := 0.0, 0.0
	shapes := make([][]shape, len(t.Geometry))
	for i, g := range t.Geometry {
		polys := layer.Polygons(g)
		if len(polys) == 0 && g != nil {
			c.Skip(t.IDs[i], "no area geometry")
		}
		for _, poly := range polys {
			s := newShape(poly)
			total, boxes = total+s.area, boxes+s.box
			shapes[i] = append(shapes[i], s)
		}
	}
	spacing := math.Max(p.Spacing, math.Sqrt(math.Max(total/maxDots, boxes/maxLooks)))
	lattice := newFibonacci(spacing)
	d := &drawable.Points{Metres: true, Blend: c.Blend(drawable.Alpha), Emission: float32(p.Emission)}
	var at []mgl64.Vec3
	for i := range shapes {
		if colors[i][3] == 0 {
			continue
		}
		for k := range shapes[i] {
			s := &shapes[i][k]
			lattice.within(s.bound, func(lng, lat float64) bool {
				if s.contains(lng, lat) {
					at = append(at, c.Place(orb.Point{lng, lat}, p.Height).ECEF())
					d.Vertices = append(d.Vertices, drawable.PointVertex{Size: float32(spacing * p.Size), Color: colors[i], Feature: uint32(i)})
				}
				return len(at) < 2*maxDots
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

// shape is a polygon whose edges are sorted into rows of latitude, so that a point is
// looked for among few.
type shape struct {
	bound orb.Bound
	area  float64 // m², about
	box   float64 // m² of its bound, about
	rows  [][]edge
}

type edge struct{ ax, ay, bx, by float64 }

const shapeRows = 256

func newShape(p orb.Polygon) shape {
	n := 0
	for _, r := range p {
		n += len(r)
	}
	s := shape{bound: p.Bound(), rows: make([][]edge, min(max(n/4, 1), shapeRows))}
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
	square := degree * degree * math.Cos(earth.Radians((b.Min[1]+b.Max[1])/2)) // m² of a square degree
	s.area, s.box = math.Abs(sum)*square, (b.Max[0]-b.Min[0])*(b.Max[1]-b.Min[1])*square
	return s
}

func (s *shape) row(lat float64) int {
	h := s.bound.Max[1] - s.bound.Min[1]
	if h <= 0 {
		return 0
	}
	n := len(s.rows)
	return min(max(int((lat-s.bound.Min[1])/h*float64(n)), 0), n-1)
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

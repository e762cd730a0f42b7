package generate

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/scene"
)

// unframed tells whether the scene leaves open from where it is seen.
func (g *generation) unframed() bool {
	return g.doc.Camera == nil && len(g.doc.Story.Keyframes) == 0
}

// summits are the tops of what layers of data draw: of each cell of longitude and latitude the
// highest, so that what a camera has to hold takes no more room than the Earth has of them.
type summits map[[2]int32]earth.Place

// cells are so many to a degree.
const summitCells = 1024

func (s summits) add(at mgl64.Vec3) {
	p := earth.FromECEF(at)
	key := [2]int32{int32(math.Floor(p.Lng * summitCells)), int32(math.Floor(p.Lat * summitCells))}
	if was, ok := s[key]; !ok || p.Height > was.Height {
		s[key] = p
	}
}

// take adds what stands: bodies, copies of them and arcs. What flies along lines does not count.
func (s summits) take(draws []drawable.Draw) {
	for i := range draws {
		d := &draws[i]
		if d.Overlay || d.Fade >= 1 {
			continue
		}
		switch w := d.What.(type) {
		case *drawable.Mesh:
			for k := range w.Vertices {
				s.add(local(w.Frame, w.Vertices[k].Position, 0))
			}
		case *drawable.Instances:
			top := float32(0)
			for k := range w.Mesh.Vertices {
				top = max(top, w.Mesh.Vertices[k].Position[2])
			}
			for k := range w.Items {
				s.add(local(w.Frame, w.Items[k].Position, top*w.Items[k].Scale[1]))
			}
		case *drawable.Lines:
			for k := range w.Curves {
				s.add(w.Frame.Mul4x1(w.CurveAt(k, 0.5).Vec4(1)).Vec3())
			}
		}
	}
}

// local is a place of a frame, raised in it.
func local(frame mgl64.Mat4, p [3]float32, up float32) mgl64.Vec3 {
	return frame.Mul4x1(mgl64.Vec4{float64(p[0]), float64(p[1]), float64(p[2] + up), 1}).Vec3()
}

const (
	// aired is the share of the picture that tops may reach.
	aired = 0.92
	// soaring times the camera's distance is so high that it is taken to belong to another view: it
	// would make a dot of what the camera looks at.
	soaring = 10.0
)

// hold moves a camera that framed has made back until the tops of what stands in its picture are in
// the picture, too. The lower border stays where it is on the ground.
func (s summits) hold(c scene.Camera, aspect float64) scene.Camera {
	if len(s) == 0 {
		return c
	}
	k := math.Tan(earth.Radians(c.FOV) / 2)
	foot := earth.Place{Lng: c.Lng, Lat: c.Lat}
	if c.Target != nil {
		foot = earth.Place{Lng: c.Target.Lng, Lat: c.Target.Lat, Height: c.Target.Height}
	}
	f := earth.FrameAt(foot)
	from := f.Local(earth.Place{Lng: c.Lng, Lat: c.Lat, Height: c.Height})
	d0 := from.Len()
	ahead := from.Mul(-1 / d0)
	right := mgl64.Vec3{1}
	if c.Target != nil {
		right = ahead.Cross(mgl64.Vec3{0, 0, 1}).Normalize()
	}
	up := right.Cross(ahead)
	d := d0
	for _, top := range s {
		p, ground := f.Local(top), f.Local(earth.Place{Lng: top.Lng, Lat: top.Lat, Height: foot.Height})
		high := top.Height - foot.Height
		far := ground.Dot(ahead) + d0
		if high <= 0 || high > soaring*d0 || far <= 0 || ground.Len() > earth.A || math.Abs(ground.Dot(right)) > k*aspect*far || math.Abs(ground.Dot(up)) > k*far {
			continue
		}
		if c.Target == nil { // from straight above tops lean outward
			d = max(d, p[2]+max(math.Abs(p[1]), math.Abs(p[0])/aspect)/(k*aired))
			continue
		}
		d = max(d, (p.Dot(up)+k*d0-k*aired*p.Dot(ahead))/(k+k*aired))
	}
	if d == d0 {
		return c
	}
	from = ahead.Mul(-d)
	if c.Target != nil {
		aside := k * (d - d0) // up across the view
		from = from.Add(up.Mul(aside))
		c.Target = &scene.Place{Lng: foot.Lng, Lat: foot.Lat, Height: foot.Height + aside/up[2]}
	}
	p := f.Place(from)
	c.Lng, c.Lat, c.Height = p.Lng, p.Lat, p.Height
	return c
}

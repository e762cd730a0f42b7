package stage

import (
	"fmt"
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// boxed is where the rows of a feature lie; ok is false where none has a place.
type boxed struct {
	of  *table.Table
	box orb.Bound
	ok  bool
}

// fitOf is the camera over the feature of a level; ok is false where it has no place.
func (p *Player) fitOf(it scene.Drilled, aspect, fov float64) (c scene.Camera, ok bool) {
	k, t := drillOf(p.Doc.Layer(it.Layer)), p.tableOf(it.Layer)
	if k == nil || t == nil {
		return c, false
	}
	key := fmt.Sprintf("%s %v", it.Layer, it.Of)
	b, known := p.drilled.boxes[key]
	if !known || b.of != t {
		told := known && !b.ok
		b = featureBox(t, map[string]any{k.Field: it.Of})
		p.drilled.boxes[key] = b
		if !b.ok && !told {
			p.out.add("layer "+it.Layer, "drill: no row with a place has this "+k.Field, fmt.Sprint(it.Of))
		}
	}
	if !b.ok {
		return c, false
	}
	return p.over(b.box, k.Pitch, aspect, fov), true
}

// featureBox is where the rows with some values lie.
func featureBox(t *table.Table, values map[string]any) boxed {
	out := boxed{of: t}
	for row, is := range layer.Matching(t, values) {
		if !is || t.Geometry[row] == nil {
			continue
		}
		if b := mainBox(t.Geometry[row]); !out.ok {
			out.box, out.ok = b, true
		} else {
			out.box = out.box.Union(beside(b, out.box))
		}
	}
	return out
}

// beside is a box turned to the longitudes of another: over the antimeridian they go on.
func beside(b, of orb.Bound) orb.Bound {
	if turn := math.Round((of.Center()[0] - b.Center()[0]) / 360); turn != 0 {
		b.Min[0], b.Max[0] = b.Min[0]+360*turn, b.Max[0]+360*turn
	}
	return b
}

// mainBox is the box of an area's largest part with what lies near it: France without Guiana. East
// may exceed 180 where the area goes on beyond the antimeridian, at which it may be cut.
func mainBox(g orb.Geometry) orb.Bound {
	parts, ok := g.(orb.MultiPolygon)
	if !ok || len(parts) == 0 {
		return g.Bound()
	}
	parts = slices.Clone(parts)
	size := make(map[int]float64, len(parts))
	order := make([]int, len(parts))
	for i, q := range parts {
		order[i], size[i] = i, math.Abs(planar.Area(q))
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if size[a] > size[b] {
			return -1
		} else if size[a] < size[b] {
			return 1
		}
		return 0
	})
	box := parts[order[0]].Bound()
	for _, i := range order[1:] {
		u := box.Union(beside(parts[i].Bound(), box))
		const near = 1.8 // times the box that there is
		if (u.Max[0]-u.Min[0])*(u.Max[1]-u.Min[1]) <= near*(box.Max[0]-box.Min[0])*(box.Max[1]-box.Min[1]) {
			box = u
		}
	}
	return box
}

// over is a camera that looks north at a box and has it within the picture.
func (p *Player) over(b orb.Bound, pitch, aspect, fov float64) scene.Camera {
	if fov <= 0 {
		c := scene.Camera{}
		c.SetDefaults()
		fov = c.FOV
	}
	mid := earth.Place{Lng: earth.WrapLng((b.Min[0] + b.Max[0]) / 2), Lat: (b.Min[1] + b.Max[1]) / 2}
	mid.Height = p.Ground(mid.Lng, mid.Lat)
	frame := earth.FrameAt(mid)
	s, c := math.Sincos(earth.Radians(pitch))
	forward := frame.DirFromLocal(mgl64.Vec3{0, c, s})
	screen := drawable.Screen{Forward: forward, Right: frame.DirFromLocal(mgl64.Vec3{1, 0, 0}), Up: frame.DirFromLocal(mgl64.Vec3{0, -s, c}), FovY: earth.Radians(fov), Width: int(1000 * aspect), Height: 1000}
	fits := func(distance float64) bool {
		const margin = 0.1
		screen.Eye = mid.ECEF().Sub(forward.Mul(distance))
		for j := range 5 {
			for i := range 5 {
				at := earth.Place{Lng: b.Min[0] + float64(i)/4*(b.Max[0]-b.Min[0]), Lat: b.Min[1] + float64(j)/4*(b.Max[1]-b.Min[1]), Height: mid.Height}
				x, y, ok := screen.At(at.ECEF())
				if !ok || x < margin*1000*aspect || y < margin*1000 || x > (1-margin)*1000*aspect || y > (1-margin)*1000 {
					return false
				}
			}
		}
		return true
	}
	low, high := 50.0, 4e7
	for high/low > 1.002 {
		if m := math.Sqrt(low * high); fits(m) {
			high = m
		} else {
			low = m
		}
	}
	eye := earth.FromECEF(mid.ECEF().Sub(forward.Mul(high)))
	out := scene.NewCamera(eye, 0, pitch)
	out.FOV = fov
	out.Target = &scene.Place{Lng: mid.Lng, Lat: mid.Lat, Height: mid.Height}
	return out
}

package points

import (
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/layers/table"
)

// cloud is rows on their way to points, each written once, where it is drawn from.
type cloud struct {
	context             *layer.Context
	table               *table.Table
	colors              scale.Colors
	size, height, angle scale.Numbers
}

// newCloud resolves what rows look like.
func newCloud(c *layer.Context, t *table.Table, color scale.ColorBy, size, height, angle scale.NumberBy) (out *cloud, err error) {
	out = &cloud{context: c, table: t}
	if out.colors, err = color.Each(t); err != nil {
		return nil, err
	}
	if out.size, err = size.Each(t); err != nil {
		return nil, err
	}
	if out.height, err = height.Each(t); err != nil {
		return nil, err
	}
	out.angle, err = angle.Each(t)
	return out, err
}

// shows tells whether a row is drawn where it has a place.
func (c *cloud) shows(row int) bool {
	return c.context.Shows(row) && c.colors.Of(row)[3] > 0 && c.size.Of(row) > 0
}

// sampled is how many rows the frame is laid around at most: where others lie far away they
// have fewer digits.
const sampled = 4096

// frame is in the middle of the rows that are drawn: of some, or of all where none of those is.
func (c *cloud) frame() earth.Frame {
	around := c.around(max(c.table.Rows()/sampled, 1))
	if len(around) == 0 {
		around = c.around(1)
	}
	return layer.Frame(around)
}

// around are the places of each so manieth row.
func (c *cloud) around(step int) (around []mgl64.Vec3) {
	for i := 0; i < c.table.Rows(); i += step {
		p, ok := layer.Foot(c.table.Geometry[i])
		if h := c.height.Of(i); ok && c.shows(i) && located(p, h) {
			around = append(around, c.context.Place(p, h).ECEF())
		}
	}
	return around
}

func located(p orb.Point, height float64) bool { return !math.IsNaN(p[0] + p[1] + height) }

// part is the points of some rows.
type part struct {
	points  []drawable.PointVertex
	low, hi [3]float32
	widest  float32
	skipped []skip
}

type skip struct {
	row    int
	reason string
}

// fill sets frame, points and bounds.
func (c *cloud) fill(d *drawable.Points) {
	frame := c.frame()
	d.Frame = frame.Matrix()
	all := make([]drawable.PointVertex, c.table.Rows()) // as long as every row has one place
	parts := layer.PlacesInParts(c.context, len(all), func(from, to int) part { return c.part(&frame, from, to, all[from:from:to]) })
	var box *part
	n, even := 0, true
	for i := range parts {
		p := &parts[i]
		for _, s := range p.skipped {
			c.context.Skip(c.table.IDs[s.row], s.reason)
		}
		if len(p.points) == 0 {
			continue
		}
		even = even && &p.points[0] == &all[n]
		n += len(p.points)
		d.Widest = max(d.Widest, p.widest)
		if box == nil {
			box = p
		}
		for k := range box.low {
			box.low[k], box.hi[k] = min(box.low[k], p.low[k]), max(box.hi[k], p.hi[k])
		}
	}
	if box == nil {
		return
	}
	switch {
	case even && n < len(all)/2: // few of many rows, as in a group of a timed layer
		d.Vertices = slices.Clone(all[:n])
	case even && n <= len(all):
		d.Vertices = all[:n]
	default:
		d.Vertices = make([]drawable.PointVertex, 0, n)
		for i := range parts {
			d.Vertices = append(d.Vertices, parts[i].points...)
		}
	}
	var r2 float64
	for k := range box.low {
		d.Center[k] = (box.low[k] + box.hi[k]) / 2
		half := float64(box.hi[k]-d.Center[k]) * (1 + 1e-6)
		r2 += half * half
	}
	d.Radius = float32(math.Sqrt(r2))
}

// part appends the points of some rows.
func (c *cloud) part(f *earth.Frame, from, to int, points []drawable.PointVertex) part {
	out := part{points: points}
	low, hi := [3]float32{math.MaxFloat32, math.MaxFloat32, math.MaxFloat32}, [3]float32{-math.MaxFloat32, -math.MaxFloat32, -math.MaxFloat32}
	var angle uint16
	if !c.angle.Varies() {
		angle = drawable.Turned(c.angle.Of(0))
	}
	near := f.Near()
	ground := c.context.OnGround()
	lift := c.context.Layer.Altitude
	var single [1]orb.Point
	for i := from; i < to; i++ {
		if !c.context.Shows(i) {
			continue
		}
		color, size := c.colors.Of(i), float32(c.size.Of(i))
		if color[3] == 0 || !(size > 0) {
			continue
		}
		places := single[:]
		if p, ok := c.table.Geometry[i].(orb.Point); ok { // most are
			single[0] = p
		} else if places, ok = layer.Places(c.table.Geometry[i], &single); !ok {
			out.skipped = append(out.skipped, skip{i, "no geometry"})
			continue
		}
		if c.angle.Varies() {
			angle = drawable.Turned(c.angle.Of(i))
		}
		if size > out.widest {
			out.widest = size
		}
		height := c.height.Of(i)
		for k := range places {
			at := earth.Place{Lng: places[k][0], Lat: places[k][1], Height: height + lift}
			if n := at.Lng + at.Lat + at.Height; n != n {
				out.skipped = append(out.skipped, skip{i, "no number for its height or place"})
				continue
			}
			if ground {
				at = c.context.Place(places[k], height)
			}
			east, north, up := near.Local(at)
			x, y, z := float32(east), float32(north), float32(up)
			low[0], low[1], low[2] = least(low[0], x), least(low[1], y), least(low[2], z)
			hi[0], hi[1], hi[2] = greatest(hi[0], x), greatest(hi[1], y), greatest(hi[2], z)
			n := len(out.points)
			if n == cap(out.points) {
				out.points = slices.Grow(out.points, 1)
			}
			out.points = out.points[:n+1]
			v := &out.points[n] // written where it lies: copies of it are a third of the time
			v.Position[0], v.Position[1], v.Position[2] = x, y, z
			v.Size, v.Color, v.Feature, v.Tile, v.Angle = size, color, uint32(i), 0, angle
		}
	}
	out.low, out.hi = low, hi
	return out
}

// least and greatest are min and max without their care for what is no number.
func least(a, b float32) float32 {
	if b < a {
		return b
	}
	return a
}

func greatest(a, b float32) float32 {
	if b > a {
		return b
	}
	return a
}

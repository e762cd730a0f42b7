package lines

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/mark"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "tube", Group: "lines", Doc: "round pipes along lines, lit, with mitred elbows and closed ends",
	New: func() any {
		return &Tube{Radius: scale.NumberBy{Constant: 6}, Color: scale.ColorBy{Constant: scene.Color{200, 205, 210, 255}}, Sides: 16, Roughness: 0.35}
	},
	Examples: []scene.Example{
		{Layer: `source: trips, radius: 14, height: 30, color: {field: kind, scale: categorical, palette: set2}`},
		{Name: "network", Doc: "pipes as thick as a value, of metal", Layer: `source: zones, radius: {field: rent, range: [8, 40]}, height: 90, roughness: 0.3, emission: 0.2, color: {field: rent, palette: viridis}`},
	},
})

// Tube draws a pipe along the lines of its rows, and the rings of areas.
type Tube struct {
	layer.Rows
	Radius    scale.NumberBy `json:"radius" doc:"metres, by a field that has a number or a list with one for each vertex"`
	Height    scale.NumberBy `json:"height" doc:"metres of the axis above where the line lies"`
	Color     scale.ColorBy  `json:"color" theme:"accent" doc:"colour, by a field that has a value for each row or a list with one for each vertex"`
	Sides     int            `json:"sides" min:"3" max:"64" doc:"number of sides"`
	Roughness float64        `json:"roughness" min:"0.05" max:"1" doc:"0.05 mirrors, 1 is chalk"`
	Metallic  float64        `json:"metallic" min:"0" max:"1" doc:"1 is metal"`
	Emission  float64        `json:"emission" min:"0" max:"100" doc:"light of its own; above 1 glows"`
}

// Draw makes one mesh of all pipes.
func (p *Tube) Draw(c *layer.Context) ([]drawable.Draw, error) {
	painted, err := paint(c, p.Color, p.Radius)
	if err != nil {
		return nil, err
	}
	heights, err := p.Height.Numbers(painted.table)
	if err != nil {
		return nil, err
	}
	m := mark.Solid(c, p.Roughness, p.Emission)
	m.Metallic = float32(p.Metallic)
	f := layer.Frame(Corners(c, painted.table.Geometry))
	b := &pipes{mesh: &drawable.Mesh{Name: "tube", Frame: f.Matrix(), Material: m}, frame: f, sides: p.Sides}
	painted.each(c, func(row int, ps []orb.Point, of look) {
		w := wayOf(c, ps, heights[row])
		b.feature = uint32(row)
		b.pipe(&w, func(k int) (scene.Color, float64) { return of(w.vertex[k], w.share[k]) })
	})
	if len(b.mesh.Indices) == 0 {
		return nil, nil
	}
	return []drawable.Draw{{What: b.mesh.Bound()}}, nil
}

// pipes gathers tubes into one mesh.
type pipes struct {
	mesh    *drawable.Mesh
	frame   earth.Frame
	sides   int
	feature uint32
}

// sharpest is the greatest factor by which a mitred elbow is wider than the pipe.
const sharpest = 3

// pipe sweeps a circle along a way. Its rings lie in the planes that halve the elbows; their
// first points turn with the way and no more (Bishop 1975, There is more than one way to frame
// a curve), but for the last part of a closed one, which comes back to where it began.
func (b *pipes) pipe(w *way, of func(k int) (ink scene.Color, radius float64)) {
	n := len(w.at)
	if n < 2 {
		return
	}
	local := make([]mgl64.Vec3, n)
	for k, q := range w.at {
		local[k] = b.frame.ToLocal(q)
	}
	closed := n > 3 && local[0].Sub(local[n-1]).Len() < 1e-6
	ahead := func(k int) mgl64.Vec3 { // direction of segment k
		if closed {
			k = (k + n - 1) % (n - 1)
		}
		k = min(max(k, 0), n-2)
		return local[k+1].Sub(local[k]).Normalize()
	}
	side := ahead(0).Cross(mgl64.Vec3{0, 0, 1})
	if side.Len() < 1e-3 {
		side = ahead(0).Cross(mgl64.Vec3{1, 0, 0})
	}
	side = side.Normalize()
	begin := side
	var last uint32
	for k := range n {
		in, out := ahead(k-1), ahead(k)
		elbow := in.Add(out) // across the plane that halves it
		if elbow.Len() < 1e-3 {
			elbow = out
		}
		elbow = elbow.Normalize()
		ink, radius := of(k)
		ring := func(along, side mgl64.Vec3) uint32 {
			return b.ring(local[k], along, side, elbow, math.Max(radius, 0), ink, in.Dot(out) > gentle)
		}
		before := side
		switch {
		case closed && k == n-1:
			side, before = begin, turned(begin, out, in)
		case k > 0:
			side = turned(side, in, out)
		}
		switch {
		case k == 0:
			last = ring(out, side)
		case in.Dot(out) > gentle || k == n-1 && !closed:
			next := ring(out, side)
			b.join(last, next)
			last = next
		default: // each of two parts has its own light
			b.join(last, ring(in, before))
			if k < n-1 {
				last = ring(out, side)
			}
		}
		if !closed && (k == 0 || k == n-1) && radius > 0 {
			b.lid(local[k], side, out.Cross(side), out, radius, ink, k == 0)
		}
	}
}

// gentle is the cosine of the greatest turn that is shaded as a bend, not as an edge.
const gentle = 0.87

// turned is a vector turned as one direction turns into another.
func turned(v, from, to mgl64.Vec3) mgl64.Vec3 {
	v = mgl64.QuatBetweenVectors(from, to).Rotate(v)
	return v.Sub(to.Mul(v.Dot(to))).Normalize() // without what rounding left
}

// ring adds the corners where a pipe along a direction ends at an elbow's plane, and returns the
// first of them; a smooth one is shaded as both of its parts.
func (b *pipes) ring(center, along, side, elbow mgl64.Vec3, radius float64, ink scene.Color, smooth bool) uint32 {
	first, other := uint32(len(b.mesh.Vertices)), along.Cross(side)
	for s := range b.sides {
		sin, cos := math.Sincos(2 * math.Pi * float64(s) / float64(b.sides))
		normal := side.Mul(cos).Add(other.Mul(sin))
		slip := -normal.Dot(elbow) / math.Max(along.Dot(elbow), 1.0/sharpest) // along the pipe to the plane
		at := center.Add(normal.Mul(radius)).Add(along.Mul(slip * radius))
		if smooth {
			normal = normal.Sub(elbow.Mul(normal.Dot(elbow))).Normalize()
		}
		b.add(at, normal, ink)
	}
	return first
}

// join adds the wall between two rings.
func (b *pipes) join(from, to uint32) {
	n := uint32(b.sides)
	for a := range n {
		z := (a + 1) % n
		b.mesh.Indices = append(b.mesh.Indices, from+a, from+z, to+z, from+a, to+z, to+a)
	}
}

// lid closes an end.
func (b *pipes) lid(center, side, other, out mgl64.Vec3, radius float64, ink scene.Color, begin bool) {
	normal := out
	if begin {
		normal = out.Mul(-1)
	}
	first := uint32(len(b.mesh.Vertices))
	for s := range b.sides {
		sin, cos := math.Sincos(2 * math.Pi * float64(s) / float64(b.sides))
		b.add(center.Add(side.Mul(cos*radius)).Add(other.Mul(sin*radius)), normal, ink)
	}
	for s := uint32(2); s < uint32(b.sides); s++ {
		if begin {
			b.mesh.Indices = append(b.mesh.Indices, first, first+s, first+s-1)
		} else {
			b.mesh.Indices = append(b.mesh.Indices, first, first+s-1, first+s)
		}
	}
}

func (b *pipes) add(p, n mgl64.Vec3, ink scene.Color) {
	b.mesh.Vertices = append(b.mesh.Vertices, drawable.Vertex{
		Position: [3]float32{float32(p[0]), float32(p[1]), float32(p[2])},
		Normal:   drawable.EncodeNormal([3]float32{float32(n[0]), float32(n[1]), float32(n[2])}),
		Color:    [4]uint8{ink[0], ink[1], ink[2], 255}, Feature: b.feature,
	})
}

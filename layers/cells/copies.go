package cells

import (
	"cmp"
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/aggregate"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/mark"
	"github.com/longtake/longtake/layers/sheet"
	"github.com/longtake/longtake/scene"
)

const (
	// Wider bins curve with the Earth: they are areas like others.
	widestCopy = 8000.0 // metres
	// Bins whose aspect differs by less are copies of one prism: a quarter of a percent of
	// their width at the most.
	aspectStep = 0.01
	// More prisms would cost more to draw than they save.
	mostBodies = 256
)

// copied draws raised bins as copies of prisms, a shape for each small range of latitudes: 32
// bytes a bin. It returns false where the bins are too wide or too far apart for that.
func (l *Look) copied(c *layer.Context, b *aggregate.Bins, bins []int, height []float64, color []scene.Color) ([]drawable.Draw, bool) {
	if b.Size > widestCopy {
		return nil, false
	}
	coverage := math.Min(l.Coverage, 1)
	feet := make([]foot, len(bins))
	spots := make([]mark.Spot, len(bins))
	layer.PlacesInParts(c, len(bins), func(from, to int) struct{} {
		for i := from; i < to; i++ {
			feet[i] = footOf(c, b, bins[i], coverage)
			spots[i] = mark.Spot{Row: i, At: feet[i].at}
		}
		return struct{}{}
	})
	// Metres of the plan grow towards the poles.
	if slices.ContainsFunc(feet, func(f foot) bool { return f.longest() > widestCopy }) {
		return nil, false
	}
	groups := byAspect(mark.Groups(spots), feet)
	if len(groups) > mostBodies {
		return nil, false
	}
	material, bodies := sheet.Solid(c, l.Glow), map[int]*drawable.Mesh{}
	var out []drawable.Draw
	for _, g := range groups {
		aspect := feet[g.Spots[0].Row].aspect
		if bodies[aspect] == nil {
			bodies[aspect] = mark.Extrude(material, outline(b.Shape, aspect), 1, false, 1-l.Gradient)
		}
		east, north := g.Frame.East, g.Frame.North
		out = append(out, mark.Copies([]mark.Group{g}, bodies[aspect], func(i int, it *drawable.Instance) {
			f := &feet[i]
			along := mgl64.Vec3{-f.at[1], f.at[0], 0}
			it.Yaw = float32(math.Atan2(along.Dot(north), along.Dot(east)))
			it.Scale = [2]float32{float32(f.width), float32(height[bins[i]] + f.deep)}
			it.Color, it.Feature = color[bins[i]], uint32(bins[i])
		})...)
	}
	return out, true
}

// foot is where a bin stands.
type foot struct {
	at     mgl64.Vec3 // ECEF, at the lowest ground of its corners
	deep   float64    // metres from there to the highest
	width  float64    // metres on the ground, the root of its widths east and north
	aspect int        // of them, in logarithmic steps
}

// longest is the wider of its widths.
func (f *foot) longest() float64 { return f.width * math.Exp(math.Abs(float64(f.aspect))*aspectStep/2) }

func footOf(c *layer.Context, b *aggregate.Bins, k int, coverage float64) foot {
	at := b.Center(k)
	east, north := b.Plan.Scale(at[1])
	f := foot{width: b.Size * coverage * math.Sqrt(east*north), aspect: int(math.Round(math.Log(east/north) / aspectStep))}
	place := earth.Place{Lng: at[0], Lat: at[1], Height: c.Place(at, 0).Height}
	if c.Layer.Clamp == "ground" && c.Ground != nil {
		low, high := math.Inf(1), math.Inf(-1)
		for _, q := range b.Outline(k, coverage)[1:] {
			h := c.Place(orb.Point{q[0], q[1]}, 0).Height
			low, high = math.Min(low, h), math.Max(high, h)
		}
		place.Height, f.deep = low, high-low
	}
	f.at = place.ECEF()
	return f
}

// byAspect divides groups by the aspects of their bins.
func byAspect(groups []mark.Group, feet []foot) (out []mark.Group) {
	for _, g := range groups {
		slices.SortStableFunc(g.Spots, func(p, q mark.Spot) int { return cmp.Compare(feet[p.Row].aspect, feet[q.Row].aspect) })
		first := 0
		for i := range g.Spots {
			if i+1 == len(g.Spots) || feet[g.Spots[i+1].Row].aspect != feet[g.Spots[first].Row].aspect {
				out = append(out, mark.Group{Frame: g.Frame, Spots: g.Spots[first : i+1]})
				first = i + 1
			}
		}
	}
	return out
}

// outline is a cell of a shape and an aspect, of width 1.
func outline(s aggregate.Shape, aspect int) [][2]float64 {
	wide := math.Exp(float64(aspect) * aspectStep / 2)
	out := slices.Clone(s.Corners())
	for i, p := range out {
		out[i] = [2]float64{p[0] * wide, p[1] / wide}
	}
	return out
}

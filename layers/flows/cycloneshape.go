package flows

import (
	"fmt"
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geo"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// reach is, of each strength of wind, how far it blows in the four quadrants of every row, in
// metres; NaN and nothing are 0.
func (p *Cyclone) reach(t *table.Table) (out [][][4]float64, err error) {
	for k, names := range p.Radii {
		if len(names) != 1 && len(names) != 4 {
			return nil, fmt.Errorf("radii: %d fields of strength %d: four, from the north-east clockwise, or one are allowed", len(names), k+1)
		}
		rows := make([][4]float64, t.Rows())
		for q := range 4 {
			values, err := t.Numbers(names[q%len(names)])
			if err != nil {
				return nil, fmt.Errorf("radii: %w", err)
			}
			for i, v := range values {
				if v > 0 && !math.IsInf(v, 0) {
					rows[i][q] = math.Min(v*p.Unit, farthest)
				}
			}
		}
		out = append(out, rows)
	}
	return out, nil
}

// farthest is the largest radius that is drawn, metres: beyond it circles would meet themselves
// behind the Earth.
const farthest = 5e6

// around is a place at a bearing and distance from another, on the same side of the
// antimeridian.
func around(p orb.Point, bearing, distance float64) orb.Point {
	q := geo.PointAtBearingAndDistance(p, bearing, distance)
	q[0] += 360 * math.Round((p[0]-q[0])/360)
	return q
}

// sectors is the ring about a place that reaches as far as the wind does in each quadrant; nil
// where there is none.
func sectors(at orb.Point, reach [4]float64) orb.Ring {
	if max(reach[0], reach[1], reach[2], reach[3]) <= 0 {
		return nil
	}
	var out orb.Ring
	for q, r := range reach {
		if r <= 0 {
			out = append(out, at)
			continue
		}
		for k := range 19 {
			out = append(out, around(at, float64(90*q+5*k), r))
		}
	}
	out = append(out, out[0])
	out.Reverse() // bearings go clockwise
	return out
}

// coneOf is the ring around the circles within which a forecast's places lie, and around those
// between them; nil where nothing is forecast. Its sides touch the circles: where radii grow by
// g with each metre of the way, at an angle of arcsin g ahead of its normals.
func coneOf(s []fix) orb.Ring {
	if len(s) < 2 {
		return nil
	}
	const parts = 12
	var at []orb.Point
	var radius []float64
	for i := 1; i < len(s); i++ {
		for k := range parts {
			u := float64(k) / parts
			at = append(at, orb.Point{s[i-1].at[0] + (s[i].at[0]-s[i-1].at[0])*u, s[i-1].at[1] + (s[i].at[1]-s[i-1].at[1])*u})
			radius = append(radius, math.Min(s[i-1].spread+(s[i].spread-s[i-1].spread)*u, farthest))
		}
	}
	end := s[len(s)-1]
	at, radius = append(at, end.at), append(radius, math.Min(end.spread, farthest))
	var left, right orb.Ring
	n := len(at)
	for i := range at {
		a, b := max(i-2, 0), min(i+2, n-1)
		for a > 0 && at[a] == at[b] { // it stands still
			a--
		}
		for b < n-1 && at[a] == at[b] {
			b++
		}
		way := geo.Bearing(at[a], at[b])
		long := geo.Distance(at[a], at[b])
		if long == 0 {
			continue
		}
		grown := math.Max(-0.95, math.Min((radius[b]-radius[a])/long, 0.95))
		turn := 90 + math.Asin(grown)*180/math.Pi
		left, right = append(left, around(at[i], way-turn, radius[i])), append(right, around(at[i], way+turn, radius[i]))
		if i == n-1 { // round the last circle, from left to right
			for k := 1; k < 24; k++ {
				left = append(left, around(at[i], way-turn+2*turn*float64(k)/24, radius[i]))
			}
		}
	}
	if len(left) < 3 { // it never moves
		return circleOf(at[0], slices.Max(radius))
	}
	right.Reverse()
	ring := append(append(left, right...), left[0])
	ring.Reverse()
	return ring
}

// circleOf is a ring around a place; nil of no radius.
func circleOf(at orb.Point, radius float64) (ring orb.Ring) {
	for k := 0; radius > 0 && k <= 72; k++ {
		ring = append(ring, around(at, -5*float64(k), radius))
	}
	return ring
}

// fixes gathers the dots of tracks.
type fixes struct {
	size float64
	at   []mgl64.Vec3
	dots []drawable.PointVertex
}

// add puts a dot at a fix; the one that the wind blows about is larger.
func (d *fixes) add(c *layer.Context, f fix, color scene.Color, now bool) {
	size := d.size
	if now {
		size *= 1.9
	}
	d.at = append(d.at, c.Place(f.at, 10).ECEF())
	d.dots = append(d.dots, drawable.PointVertex{Size: float32(size), Color: color, Feature: uint32(f.row)})
}

func (d *fixes) draws() []drawable.Draw {
	if len(d.at) == 0 || d.size == 0 {
		return nil
	}
	f := layer.Frame(d.at)
	out := &drawable.Points{Frame: f.Matrix(), Vertices: d.dots, Blend: drawable.Alpha, Emission: 1, Stroke: 0.2, Rim: [4]float32{0.01, 0.012, 0.02, 1}, Fill: 1}
	for i := range d.at {
		out.Vertices[i].Position = layer.Local(f, d.at[i])
	}
	return []drawable.Draw{{What: out.Bound(), NoShadow: true}}
}

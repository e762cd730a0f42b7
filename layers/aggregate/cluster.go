package aggregate

import (
	"fmt"
	"math"
	"slices"

	"github.com/longtake/longtake/geo/earth"
)

// ClusterOptions say which points come together. The zero value is what web maps are used to.
type ClusterOptions struct {
	Radius    float64 // pixels of a web map whose tiles have 512; 0 = 40
	MaxZoom   int     // the finest zoom at which points come together; 0 = 16, at most 24
	MinPoints int     // the fewest that make a cluster; 0 = 2
}

// Clusters are points that come together from zoom to zoom: at each zoom a point takes all
// that are within the radius of it, in the order of the rows, as supercluster does (Agafonkin
// 2016), so what is apart at one zoom may be together at the next coarser one. They come
// together across the antimeridian, too.
type Clusters struct {
	lng, lat []float64
	levels   []clusterLevel // from zoom 0
}

// clusterLevel are the nodes of a zoom.
type clusterLevel struct {
	x, y   []float64 // in units of the world's width, from its north-west
	weight []float64
	up     []int32 // node of the next coarser zoom
	row    []int32 // of a node that is a single point; else -1
}

// Cluster builds all zooms. Weights move the middle of a cluster and may be nil.
func Cluster(lng, lat, weights []float64, o ClusterOptions) (*Clusters, error) {
	if o.Radius == 0 {
		o.Radius = 40
	}
	if o.MaxZoom == 0 {
		o.MaxZoom = 16
	}
	if o.MinPoints == 0 {
		o.MinPoints = 2
	}
	switch {
	case len(lng) != len(lat) || weights != nil && len(weights) != len(lng):
		return nil, fmt.Errorf("%d longitudes, %d latitudes and %d weights", len(lng), len(lat), len(weights))
	case !(o.Radius > 0 && o.Radius <= 10000) || o.MaxZoom < 0 || o.MaxZoom > 24 || o.MinPoints < 2:
		return nil, fmt.Errorf("a radius of %g px, zoom %d and %d points: up to 10000 px, 24 and at least 2 are allowed", o.Radius, o.MaxZoom, o.MinPoints)
	}
	c := &Clusters{lng: lng, lat: lat, levels: make([]clusterLevel, o.MaxZoom+2)}
	finest := &c.levels[o.MaxZoom+1]
	for i := range lng {
		if !placed(lng[i], lat[i]) {
			continue
		}
		w := 1.0
		if weights != nil {
			w = weights[i]
		}
		if !(w > 0) {
			continue
		}
		finest.x = append(finest.x, (earth.WrapLng(lng[i])+180)/360)
		finest.y = append(finest.y, (1-math.Asinh(math.Tan(earth.Radians(min(max(lat[i], -mercatorEnd), mercatorEnd))))/math.Pi)/2)
		finest.weight = append(finest.weight, w)
		finest.row = append(finest.row, int32(i))
	}
	for z := o.MaxZoom; z >= 0; z-- {
		c.levels[z] = c.levels[z+1].together(o.Radius/512/math.Ldexp(1, z), o.MinPoints)
	}
	return c, nil
}

// together is the next coarser level; it sets up.
func (l *clusterLevel) together(radius float64, least int) (out clusterLevel) {
	near := buckets(l.x, l.y, radius)
	l.up = make([]int32, len(l.x))
	for i := range l.up {
		l.up[i] = -1
	}
	var found []int32
	for i := range l.x {
		if l.up[i] >= 0 {
			continue
		}
		found = near.round(l.x[i], l.y[i], radius, found[:0])
		members, points := found[:0], 0
		for _, j := range found {
			if l.up[j] < 0 {
				members = append(members, j)
				points += 1 + oneIf(l.row[j] < 0) // a cluster is at least two
			}
		}
		if points < least {
			members = append(members[:0], int32(i))
		}
		id := int32(len(out.x))
		var x, y, w float64
		for _, j := range members {
			l.up[j] = id
			x, y, w = x+(l.x[j]-math.Round(l.x[j]-l.x[i]))*l.weight[j], y+l.y[j]*l.weight[j], w+l.weight[j]
		}
		row := int32(-1)
		if len(members) == 1 {
			row = l.row[i]
			x, y, w = l.x[i], l.y[i], 1
			out.weight = append(out.weight, l.weight[i])
		} else {
			out.weight = append(out.weight, w)
		}
		if x /= w; x < 0 || x > 1 { // the middle is across the antimeridian
			x -= math.Floor(x)
		}
		out.x, out.y, out.row = append(out.x, x), append(out.y, y/w), append(out.row, row)
	}
	return out
}

// round is within on a world whose width is 1 and whose edges meet.
func (b *bucketed) round(x, y, distance float64, out []int32) []int32 {
	out = b.within(x, y, distance, out)
	for _, image := range [...]float64{x - 1, x + 1} {
		if image+distance < 0 || image-distance > 1 {
			continue
		}
		n := len(out)
		out = b.within(image, y, distance, out)
		out = append(out[:n], slices.DeleteFunc(out[n:], func(j int32) bool { // found already
			dx, dy := b.x[j]-x, b.y[j]-y
			return dx*dx+dy*dy <= distance*distance
		})...)
	}
	return out
}

func oneIf(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Zooms is the number of zooms: from 0 to the one at which no point is taken together.
func (c *Clusters) Zooms() int { return len(c.levels) }

// Node is a cluster or a single point.
type Node struct {
	Lng, Lat float64
	Weight   float64
	Row      int // of a single point; -1 of a cluster
}

// At lists the nodes of a zoom, and the node of each row.
func (c *Clusters) At(zoom int) ([]Node, Groups) {
	zoom = min(max(zoom, 0), len(c.levels)-1)
	l := &c.levels[zoom]
	nodes := make([]Node, len(l.x))
	for i := range nodes {
		nodes[i] = Node{Lng: l.x[i]*360 - 180, Lat: earth.Degrees(math.Atan(math.Sinh(math.Pi * (1 - 2*l.y[i])))), Weight: l.weight[i], Row: int(l.row[i])}
		if l.row[i] >= 0 {
			nodes[i].Lng, nodes[i].Lat = c.lng[l.row[i]], c.lat[l.row[i]]
		}
	}
	g := Groups{Of: make([]int32, len(c.lng)), N: len(nodes)}
	for i := range g.Of {
		g.Of[i] = -1
	}
	finest := c.levels[len(c.levels)-1]
	for i, row := range finest.row {
		at := int32(i)
		for z := len(c.levels) - 1; z > zoom; z-- {
			at = c.levels[z].up[at]
		}
		g.Of[row] = at
	}
	return nodes, g
}

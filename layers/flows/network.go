package flows

import (
	"cmp"
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/table"
)

// network is places and what flows between them, one flow for each pair and direction.
type network struct {
	at    []mgl64.Vec3 // of places, ECEF
	total []float64    // in and out of each place
	flows []flow
}

type flow struct {
	from, to int
	volume   float64
	row      int // of the source: the greatest that it is made of
	most     float64
}

// gather makes a network of rows: ends at one position are one place.
func gather(c *layer.Context, ends []ends, volume []float64) *network {
	n := &network{}
	index := map[orb.Point]int{}
	place := func(p orb.Point) int {
		i, ok := index[p]
		if !ok {
			i = len(n.at)
			index[p] = i
			n.at, n.total = append(n.at, c.Place(p, 0).ECEF()), append(n.total, 0)
		}
		return i
	}
	var all []flow
	for i, e := range ends {
		if !e.found {
			continue
		}
		if !(volume[i] > 0) {
			c.Skip(c.Table.IDs[i], "no volume above zero")
			continue
		}
		all = append(all, flow{place(e.at[0]), place(e.at[1]), volume[i], i, volume[i]})
	}
	n.sum(all)
	return n
}

// sum adds up flows of the same ends, and what all places see.
func (n *network) sum(all []flow) {
	slices.SortStableFunc(all, func(a, b flow) int { return cmp.Or(a.from-b.from, a.to-b.to) })
	for _, f := range all {
		n.total[f.from] += f.volume
		n.total[f.to] += f.volume
		if f.from == f.to {
			continue
		}
		if k := len(n.flows) - 1; k >= 0 && n.flows[k].from == f.from && n.flows[k].to == f.to {
			g := &n.flows[k]
			g.volume += f.volume
			if f.most > g.most {
				g.row, g.most = f.row, f.most
			}
			continue
		}
		n.flows = append(n.flows, f)
	}
	// Great flows come last: they are drawn over small ones.
	slices.SortStableFunc(n.flows, func(a, b flow) int { return cmp.Compare(a.volume, b.volume) })
}

// clustered is the network with places within a radius taken together.
func (n *network) clustered(radius float64) *network {
	of, centers := cluster(n.at, n.total, radius)
	out := &network{at: centers, total: make([]float64, len(centers))}
	farthest := make([]float64, len(centers)) // a mean lies within the Earth
	for i, k := range of {
		farthest[k] = math.Max(farthest[k], n.at[i].Len())
	}
	for i, q := range centers {
		out.at[i] = q.Mul(farthest[i] / q.Len())
	}
	all := make([]flow, len(n.flows))
	for i, f := range n.flows {
		all[i] = f
		all[i].from, all[i].to = of[f.from], of[f.to]
	}
	out.sum(all)
	return out
}

// asTable lets scales see values as a field.
func asTable(field string, values []float64) *table.Table {
	return &table.Table{IDs: make([]string, len(values)), Geometry: make([]orb.Geometry, len(values)), Columns: []table.Column{{Name: field, Kind: table.Number, Numbers: values}}}
}

package mark

import (
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/table"
)

// Stand draws a mesh at the places of rows: the Copies of the Groups of their Spots, written at once
// where they are one group. of sets what the copies of a row look like, or tells that it has none; it
// may be called for several at once.
func Stand(c *layer.Context, t *table.Table, mesh *drawable.Mesh, of func(row int, it *drawable.Instance) bool) []drawable.Draw {
	if d := standing(c, t, mesh, of); d != nil {
		return []drawable.Draw{{What: d.Bound(), NoShadow: mesh.Material.Model == drawable.Unlit}}
	}
	keep := func(row int) bool { return of(row, &drawable.Instance{}) }
	return Copies(Groups(Spots(c, t, nil, keep)), mesh, func(row int, it *drawable.Instance) { of(row, it) })
}

// stood is the copies of some rows.
type stood struct {
	items   []drawable.Instance
	far     float32 // of the farthest from the frame's middle, squared
	skipped []skip
}

// standing is nil where there is nothing, or more than one group.
func standing(c *layer.Context, t *table.Table, mesh *drawable.Mesh, of func(row int, it *drawable.Instance) bool) *drawable.Instances {
	frame, ok := sampled(c, t, func(row int) bool { return of(row, &drawable.Instance{}) })
	if !ok {
		return nil
	}
	d := &drawable.Instances{Mesh: mesh, Frame: frame.Matrix()}
	all := make([]drawable.Instance, t.Rows()) // as long as every row has one place
	parts := layer.PlacesInParts(c, len(all), func(from, to int) (out stood) {
		f := frame
		near := f.Near()
		out.items = all[from:from:to]
		var single [1]orb.Point
		var it drawable.Instance
		for i := from; i < to; i++ {
			it = drawable.Instance{Feature: uint32(i)}
			if !of(i, &it) {
				continue
			}
			places, ok := layer.Places(t.Geometry[i], &single)
			if !ok {
				out.skipped = append(out.skipped, skip{i, noGeometry})
				continue
			}
			for k := range places {
				at := c.Place(places[k], 0)
				x, y, z := near.Local(at)
				if x+y+z != x+y+z {
					out.skipped = append(out.skipped, skip{i, noPlace})
					continue
				}
				p := &it.Position
				p[0], p[1], p[2] = float32(x), float32(y), float32(z)
				if r := p[0]*p[0] + p[1]*p[1] + p[2]*p[2]; r > out.far {
					out.far = r
				}
				out.items = append(out.items, it)
			}
		}
		return out
	})
	n, even := 0, true
	for i := range parts {
		p := &parts[i]
		if p.far > upright*upright {
			return nil
		}
		even = even && (len(p.items) == 0 || &p.items[0] == &all[n])
		n += len(p.items)
	}
	for i := range parts {
		for _, s := range parts[i].skipped {
			c.Skip(t.IDs[s.row], s.reason)
		}
		if !even || n > len(all) {
			d.Items = append(d.Items, parts[i].items...)
		}
	}
	if d.Items == nil {
		d.Items = all[:n]
	}
	if n < len(all)/2 { // few of many rows, as in a group of a timed layer
		d.Items = slices.Clone(d.Items)
	}
	return d
}

// sampled is a frame amid the rows that keep wants: all of them, or some of many. Not ok is that
// there are none, or some too far from each other to be one group.
func sampled(c *layer.Context, t *table.Table, keep func(row int) bool) (earth.Frame, bool) {
	const most = 4096
	step := max(t.Rows()/most, 1)
	var around []mgl64.Vec3
	var single [1]orb.Point
	for i := 0; i < t.Rows(); i += step {
		if !keep(i) {
			continue
		}
		places, _ := layer.Places(t.Geometry[i], &single)
		for _, p := range places {
			if at := c.Place(p, 0).ECEF(); !math.IsNaN(at[0] + at[2]) {
				around = append(around, at)
			}
		}
	}
	f := layer.Frame(around)
	return f, len(around) > 0 && !slices.ContainsFunc(around, func(p mgl64.Vec3) bool { return p.Sub(f.Center).LenSqr() > upright*upright })
}

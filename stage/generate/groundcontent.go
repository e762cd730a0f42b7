package generate

import (
	"fmt"
	"os"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/cover"
	"github.com/longtake/longtake/geo/drape"
	"github.com/longtake/longtake/geo/terrain"
	"github.com/longtake/longtake/geo/tiles"
)

// groundContent builds a tile: terrain, and cut to it what lies on it. rows are the numbers
// of the pieces that the rows of metadata are of; -1 for none.
func (g *generation) groundContent(grid tiles.Grid, j *groundTile, all []found, wide *drape.Index) (c *geo.Content, rows []int, err error) {
	patch, err := g.terrain.Tile(j.address.Level, j.address.X, j.address.Y, j.err)
	if err != nil {
		return nil, nil, err
	}
	lain, err := g.readPieces(all)
	if err != nil {
		return nil, nil, err
	}
	frame := grid.TileFrame(j.address)
	c, rows = &geo.Content{Frame: frame, Features: []geo.FeatureRow{{Class: "ground"}}, Attributes: g.onGround}, []int{-1}
	// Neighbours have the vertices of their edge in common, to the bit.
	lattice := grid.Lattice(j.address.Level)
	lift := terrain.Lift{Plan: g.site.frame, Tile: frame, Snap: func(v mgl64.Vec3) mgl64.Vec3 {
		return frame.ToLocal(lattice.Snap(frame.FromLocal(v)))
	}}
	m := patch.Mesh(lift, g.laid.id, true)
	if globe := &g.out.Environment.Globe; globe.Sea || globe.Coast != nil {
		m.Indices = g.dry(m.Indices, patch.XY, patch.H)
	}
	var patches []cover.Patch
	for i := range lain {
		if p := lain[i].patch; p != nil {
			p.Feature = i
			patches = append(patches, *p)
		}
	}
	near := drape.NewIndex(patches)
	drape.Walls(&m, patch.XY, patch.H, func(p [2]float64) bool { return wide.Covers(p, j.width) || near.Covers(p, j.width) })
	m.Features = make([]uint32, len(m.Positions))
	c.Meshes = append(c.Meshes, m)
	known := map[[3]string]uint32{}
	row := func(layer string, r geo.FeatureRow, piece int) uint32 {
		k := [3]string{layer, r.ID, r.Class}
		at, ok := known[k]
		if !ok {
			at = uint32(len(c.Features))
			known[k] = at
			if piece >= 0 {
				all[piece].laid.columns.put(&r, all[piece].name)
			}
			c.Features, rows = append(c.Features, r), append(rows, piece)
		}
		return at
	}
	normals := make([][3]float32, len(patch.Normals))
	for i, n := range patch.Normals {
		normals[i] = lift.Normal(n)
	}
	square := orb.Bound{Min: patch.Min, Max: patch.Max}
	on := drape.Tile{Plan: g.site.frame, Frame: frame, Square: square, XY: patch.XY, H: patch.H, Normals: normals, Tris: patch.Tris, Snap: lift.Snap, MinWidth: j.width}
	if j.finest {
		on.Raise = raised(lattice.Step)
	}
	c.Meshes = append(c.Meshes, wide.Onto(on, func(p *cover.Patch) uint32 {
		return row(p.Layer, geo.FeatureRow{Class: p.Class}, -1)
	})...)
	c.Meshes = append(c.Meshes, near.Onto(on, func(p *cover.Patch) uint32 {
		return row(p.Layer, lain[p.Feature].row, p.Feature)
	})...)
	for i := range lain {
		if s := lain[i].solid; s != nil {
			if d := deckOf(s); d.in(square) {
				c.Meshes = append(c.Meshes, drape.Lift(s, g.site.frame, frame, row(s.Layer, lain[i].row, i)))
			}
		}
	}
	return c, rows, nil
}

// raised is how far apart things on a finest tile lie for each step of their order, metres.
// The lattice of a tile of some kilometres, as of ground that nothing shapes, moves corners
// by more than order in depth forgives close by: a town would sink into its ground there.
func raised(step float64) float64 {
	const fine = 1e-3 // metres
	if step < fine {
		return 0
	}
	return 2 * step // each of two corners moves by up to half a step along each axis
}

// groundSources names what a tile of the ground was built from: the pieces by their
// sources, and the elevation.
func (g *generation) groundSources(a tiles.Address, all []found) []geo.Source {
	var out []geo.Source
	for _, s := range g.order {
		d, some := newDigest("sources"), false
		for i := range all {
			if all[i].laid.source == s {
				d.digest(all[i].hash)
				d.text(all[i].name)
				some = true
			}
		}
		if some {
			out = append(out, s.sources(d.sum())...)
		}
	}
	if t := g.layer("terrain"); t != nil && t.Source != "" {
		out = append(out, geo.Source{Name: t.Source, Version: sumOf(g.digests.Tile(nil, g.terrain, a.Level, a.X, a.Y)).String()})
	}
	return out
}

// readPieces reads what within found.
func (g *generation) readPieces(all []found) ([]piece, error) {
	out := make([]piece, 0, len(all))
	var f *os.File
	var last *laid
	defer func() {
		if f != nil {
			_ = f.Close()
		}
	}()
	for i := range all {
		if all[i].laid != last {
			if f != nil {
				_ = f.Close()
			}
			var err error
			if f, err = g.openLaid(all[i].laid.name); err != nil {
				return nil, err
			}
			last = all[i].laid
		}
		b := make([]byte, all[i].size)
		if _, err := f.ReadAt(b, all[i].from); err != nil {
			return nil, fmt.Errorf("generate: %w", err)
		}
		p, err := readPiece(b)
		if err != nil {
			return nil, fmt.Errorf("generate: %w", err)
		}
		out = append(out, p)
	}
	return out, nil
}

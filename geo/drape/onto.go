package drape

import (
	"cmp"
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/cover"
)

// sliver is the plan area in square metres below which a cut piece is dropped: no
// pixel would show it.
const sliver = 1e-7

// weldGrid is the grid per metre on which the corners of one patch are one vertex.
const weldGrid = 4096

// Onto drapes what the index holds onto a tile: one mesh for each layer, material and
// bias, in that order. row gives the feature row that a patch's vertices carry; nil
// leaves Features out.
//
// A patch on the ground is cut to the terrain triangles, but for Walls: nothing grows or
// is paved there. Flat water (Level set) is cut
// to the square only, and to a grid of at most 250 m in squares up to 8 km, so that it
// follows the curvature of the Earth; cells that it fills are one piece.
func (ix *Index) Onto(t Tile, row func(p *cover.Patch) uint32) []geo.Mesh {
	d := draper{tile: &t, groups: map[groupKey]*geo.Mesh{}, weld: map[vertexKey]uint32{}, cutAt: map[*terrainTri]int{}, row: row}
	refs := ix.query(t.Square)
	if len(refs) > 0 {
		d.ground = newGround(&t)
	}
	last := int32(-1)
	for _, r := range refs {
		p := &ix.patches[r.patch]
		if p.Width < t.MinWidth {
			continue
		}
		if r.patch != last {
			d.finishFlat()
			d.finishCuts()
			last = r.patch
			d.begin(p)
		}
		if p.Level != nil {
			d.flat(p, r.tri)
		} else {
			d.drape(p, r.tri)
		}
	}
	d.finishFlat()
	d.finishCuts()
	return d.meshes()
}

type groupKey struct {
	layer    string
	material geo.Material
	bias     int
}

type vertexKey struct{ x, y, u, v, lift int32 }

// draper builds the meshes of one tile.
type draper struct {
	tile   *Tile
	ground *ground
	groups map[groupKey]*geo.Mesh
	weld   map[vertexKey]uint32
	row    func(*cover.Patch) uint32

	mesh    *geo.Mesh // of the patch at hand
	patch   *cover.Patch
	feature uint32
	cells   map[[2]int]*flatPieces // of flat water at hand, see finishFlat
	merge   bool                   // its surface coordinates are metres of plan, shifted
	shift   [2]float64
	whole   bool      // pieces of the patch at hand may be put together, see finishCuts
	cuts    []remnant // in the order in which terrain triangles were met
	cutAt   map[*terrainTri]int
	tilt    [2]float64 // of the patch's triangle at hand over the ground: metres up for each east and north
	a, b    []corner
	poly    []corner
	ids     []uint32
}

func (d *draper) begin(p *cover.Patch) {
	key := groupKey{p.Layer, p.Material, p.Bias}
	m := d.groups[key]
	if m == nil {
		m = &geo.Mesh{Layer: p.Layer, Material: p.Material, Bias: p.Bias}
		d.groups[key] = m
	}
	d.mesh, d.patch = m, p
	if p.Level == nil {
		d.shift, d.whole = metres(p)
		d.whole = d.whole && len(p.Lift) == 0
	}
	if d.row != nil {
		d.feature = d.row(p)
	}
	clear(d.weld)
}

func (d *draper) meshes() []geo.Mesh {
	var out []geo.Mesh
	for _, m := range d.groups {
		if len(m.Indices) > 0 {
			out = append(out, *m)
		}
	}
	slices.SortFunc(out, func(a, b geo.Mesh) int {
		return cmp.Or(cmp.Compare(a.Layer, b.Layer), cmp.Compare(a.Material, b.Material), cmp.Compare(a.Bias, b.Bias))
	})
	return out
}

// corners loads a patch's triangle into d.poly, counter-clockwise; ok is false where it
// has no area.
func (d *draper) corners(p *cover.Patch, tri int32) (b box, ok bool) {
	d.poly = d.poly[:0]
	b = box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, i := range p.Indices[tri : tri+3] {
		q := p.Points[i]
		c := corner{x: q[0], y: q[1]}
		if len(p.UV) > 0 {
			c.u, c.v = float64(p.UV[i][0]), float64(p.UV[i][1])
		}
		if len(p.Lift) > 0 {
			c.lift = float64(p.Lift[i])
		}
		d.poly = append(d.poly, c)
		b = union(b, box{q[0], q[1], q[0], q[1]})
	}
	s := polygonArea(d.poly)
	if s < 0 {
		d.poly[1], d.poly[2] = d.poly[2], d.poly[1]
	}
	return b, s != 0
}

// drape cuts one triangle of a patch to the terrain.
func (d *draper) drape(p *cover.Patch, tri int32) {
	b, ok := d.corners(p, tri)
	if !ok {
		return
	}
	d.tilt = tilt(d.poly)
	whole := triangle{{d.poly[0].x, d.poly[0].y}, {d.poly[1].x, d.poly[1].y}, {d.poly[2].x, d.poly[2].y}}
	d.ground.each(b, func(t *terrainTri) {
		if t.wall {
			return
		}
		outside, within := t.xy.relate(d.poly)
		if outside || beyond(&whole, &t.xy) {
			return
		}
		d.a = append(d.a[:0], d.poly...)
		out := d.a
		if !within {
			out, d.b = clip(d.a, d.b, &t.xy)
			d.a = out
		}
		area := polygonArea(out)
		if area < sliver {
			return
		}
		if d.whole {
			d.keep(t, out, area)
			return
		}
		d.lay(t, out)
	})
}

// lay emits a piece that lies on a terrain triangle.
func (d *draper) lay(t *terrainTri, poly []corner) {
	if len(d.patch.Lift) > 0 {
		d.emit(poly, d.raised(t))
		return
	}
	up := d.tile.Raise * float64(d.patch.Bias)
	d.emit(poly, func(c corner) (mgl64.Vec3, mgl64.Vec3) {
		pos, normal := d.ground.at(t, c.x, c.y)
		return pos.Add(normal.Mul(up)), normal
	})
}

// beyond tells whether triangle b lies on the far side of an edge of a.
func beyond(a, b *triangle) bool {
	for e := range 3 {
		p, q := a[e], a[(e+1)%3]
		if side(p, q, b[0][0], b[0][1]) <= 0 && side(p, q, b[1][0], b[1][1]) <= 0 && side(p, q, b[2][0], b[2][1]) <= 0 {
			return true
		}
	}
	return false
}

// emit adds a convex polygon as a fan; at gives position and normal of a corner.
func (d *draper) emit(poly []corner, at func(c corner) (pos, normal mgl64.Vec3)) {
	d.ids = d.ids[:0]
	m := d.mesh
	o := d.tile.Square.Min
	for _, c := range poly {
		key := vertexKey{int32(math.Round((c.x - o[0]) * weldGrid)), int32(math.Round((c.y - o[1]) * weldGrid)),
			int32(math.Round(c.u * 1024)), int32(math.Round(c.v * 1024)), int32(math.Round(c.lift * 1024))}
		id, ok := d.weld[key]
		if !ok {
			id = uint32(len(m.Positions))
			d.weld[key] = id
			pos, n := at(c)
			if d.tile.Snap != nil {
				pos = d.tile.Snap(pos)
			}
			m.Positions = append(m.Positions, [3]float32{float32(pos[0]), float32(pos[1]), float32(pos[2])})
			m.Normals = append(m.Normals, [3]float32{float32(n[0]), float32(n[1]), float32(n[2])})
			m.Colors = append(m.Colors, d.patch.Color)
			m.UVs = append(m.UVs, [2]float32{float32(c.u), float32(c.v)})
			if d.row != nil {
				m.Features = append(m.Features, d.feature)
			}
		}
		if n := len(d.ids); n == 0 || d.ids[n-1] != id && d.ids[0] != id {
			d.ids = append(d.ids, id)
		}
	}
	for i := 2; i < len(d.ids); i++ {
		m.Indices = append(m.Indices, d.ids[0], d.ids[i-1], d.ids[i])
	}
}

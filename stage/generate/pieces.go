package generate

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/cover"
	"github.com/longtake/longtake/geo/spool"
)

// piece is a patch or a solid of the ground with the row of metadata that it carries.
type piece struct {
	patch *cover.Patch
	solid *cover.Solid
	row   geo.FeatureRow // without the name, see nameLaid

	feature int // of the block's; -1 for none
	box     orb.Bound
	width   float64 // a coarse tile leaves out what is narrower than its error allows
}

// pieceTriangles is the size from which patches on the ground are divided by place, so
// that a tile need not read all of a forest that it holds a corner of.
const pieceTriangles = 600

// pieces sorts what lies on the ground for tiles: the widest first.
func pieces(c *Covering, features []geo.Feature) []piece {
	var out []piece
	of := func(feature int, class string) piece {
		if feature < 0 || feature >= len(features) {
			return piece{row: geo.FeatureRow{Class: class}, feature: -1}
		}
		return piece{row: geo.FeatureRow{ID: features[feature].ID, Class: class}, feature: feature}
	}
	for i := range c.Patches {
		p := &c.Patches[i]
		if len(p.Indices) == 0 {
			continue
		}
		for _, part := range divided(p) {
			q := of(p.Feature, p.Class)
			q.patch, q.box, q.width = part, part.Bound(), p.Width
			out = append(out, q)
		}
	}
	for i := range c.Solids {
		d := deckOf(&c.Solids[i])
		m := orb.Point(d.middle)
		q := of(d.Feature, d.Class)
		q.solid, q.box, q.width = d.Solid, orb.Bound{Min: m, Max: m}, d.width
		out = append(out, q)
	}
	slices.SortStableFunc(out, func(a, b piece) int { return cmp.Compare(b.width, a.width) })
	return out
}

// divided cuts a large patch along its triangles into parts of one place each. Level
// water stays whole, as drape fills whole cells of it.
func divided(p *cover.Patch) []*cover.Patch {
	if p.Level != nil || len(p.Indices) <= 3*pieceTriangles {
		return []*cover.Patch{p}
	}
	middle := func(t int, k int) float64 {
		return p.Points[p.Indices[t]][k] + p.Points[p.Indices[t+1]][k] + p.Points[p.Indices[t+2]][k]
	}
	var out []*cover.Patch
	var split func(tris []int)
	split = func(tris []int) {
		if len(tris) <= pieceTriangles {
			out = append(out, part(p, tris))
			return
		}
		lo, hi := [2]float64{math.Inf(1), math.Inf(1)}, [2]float64{math.Inf(-1), math.Inf(-1)}
		for _, t := range tris {
			for k := range 2 {
				lo[k], hi[k] = min(lo[k], middle(t, k)), max(hi[k], middle(t, k))
			}
		}
		axis := 0
		if hi[1]-lo[1] > hi[0]-lo[0] {
			axis = 1
		}
		slices.SortStableFunc(tris, func(a, b int) int { return cmp.Compare(middle(a, axis), middle(b, axis)) })
		split(tris[:len(tris)/2])
		split(tris[len(tris)/2:])
	}
	tris := make([]int, len(p.Indices)/3)
	for i := range tris {
		tris[i] = 3 * i
	}
	split(tris)
	return out
}

// part is a patch of some of a patch's triangles, in their order there.
func part(p *cover.Patch, tris []int) *cover.Patch {
	q := *p
	q.Points, q.UV, q.Lift, q.Indices = nil, nil, nil, nil
	slices.Sort(tris)
	number := map[uint32]uint32{}
	for _, t := range tris {
		for _, i := range p.Indices[t : t+3] {
			n, ok := number[i]
			if !ok {
				n = uint32(len(q.Points))
				number[i] = n
				q.Points = append(q.Points, p.Points[i])
				if len(p.UV) > 0 {
					q.UV = append(q.UV, p.UV[i])
				}
				if len(p.Lift) > 0 {
					q.Lift = append(q.Lift, p.Lift[i])
				}
			}
			q.Indices = append(q.Indices, n)
		}
	}
	return &q
}

func appendPiece(w *spool.Writer, p *piece) {
	w.String(p.row.ID)
	w.String(p.row.Class)
	if q := p.patch; q != nil {
		w.Byte(0)
		w.String(q.Layer)
		w.String(string(q.Material))
		w.B = append(w.B, q.Color[:]...)
		w.Int(int64(q.Bias))
		w.String(q.Class)
		w.Float(q.Width)
		if q.Level != nil {
			w.Byte(1)
			w.Float(*q.Level)
		} else {
			w.Byte(0)
		}
		w.Uint(uint64(len(q.Points)))
		for i, v := range q.Points {
			w.Float(v[0])
			w.Float(v[1])
			uv := [2]float32{}
			if len(q.UV) > 0 {
				uv = q.UV[i]
			}
			w.Float32(uv[0])
			w.Float32(uv[1])
		}
		w.Uint(uint64(len(q.Lift)))
		for _, v := range q.Lift {
			w.Float32(v)
		}
		indices(w, q.Indices)
		return
	}
	s := p.solid
	w.Byte(1)
	w.String(s.Layer)
	w.String(string(s.Material))
	w.String(s.Class)
	w.Int(int64(s.Bias))
	w.Uint(uint64(len(s.Positions)))
	for i, v := range s.Positions {
		w.Float(v[0])
		w.Float(v[1])
		w.Float(v[2])
		w.Float32(s.Normals[i][0])
		w.Float32(s.Normals[i][1])
		w.Float32(s.Normals[i][2])
		w.B = append(w.B, s.Colors[i][:]...)
		uv := [2]float32{}
		if len(s.UV) > 0 {
			uv = s.UV[i]
		}
		w.Float32(uv[0])
		w.Float32(uv[1])
	}
	if len(s.UV) > 0 {
		w.Byte(1)
	} else {
		w.Byte(0)
	}
	indices(w, s.Indices)
}

func indices(w *spool.Writer, all []uint32) {
	w.Uint(uint64(len(all)))
	last := int64(0)
	for _, i := range all {
		w.Int(int64(i) - last)
		last = int64(i)
	}
}

func readIndices(r *spool.Reader) []uint32 {
	out := make([]uint32, r.Count(1))
	last := int64(0)
	for i := range out {
		last += r.Int()
		out[i] = uint32(last)
	}
	return out
}

// readPiece reads what appendPiece wrote.
func readPiece(b []byte) (piece, error) {
	r := spool.Reader{B: b}
	p := piece{row: geo.FeatureRow{ID: r.String(), Class: r.String()}, feature: -1}
	if r.Byte() == 0 {
		q := &cover.Patch{Feature: -1, Layer: r.String(), Material: geo.Material(r.String())}
		copy(q.Color[:], r.Take(4))
		q.Bias, q.Class, q.Width = int(r.Int()), r.String(), r.Float()
		if r.Byte() == 1 {
			level := r.Float()
			q.Level = &level
		}
		n := r.Count(24)
		q.Points, q.UV = make([][2]float64, n), make([][2]float32, n)
		for i := range n {
			q.Points[i] = [2]float64{r.Float(), r.Float()}
			q.UV[i] = [2]float32{r.Float32(), r.Float32()}
		}
		if n := r.Count(4); n == len(q.Points) {
			q.Lift = make([]float32, n)
			for i := range q.Lift {
				q.Lift[i] = r.Float32()
			}
		} else if n > 0 {
			return p, fmt.Errorf("%d heights of %d points", n, len(q.Points))
		}
		q.Indices = readIndices(&r)
		p.patch = q
		return p, r.Err
	}
	s := &cover.Solid{Feature: -1, Layer: r.String(), Material: geo.Material(r.String()), Class: r.String(), Bias: int(r.Int())}
	n := r.Count(24 + 12 + 4 + 8)
	s.Positions, s.Normals = make([][3]float64, n), make([][3]float32, n)
	s.Colors, s.UV = make([][4]uint8, n), make([][2]float32, n)
	for i := range n {
		s.Positions[i] = [3]float64{r.Float(), r.Float(), r.Float()}
		s.Normals[i] = [3]float32{r.Float32(), r.Float32(), r.Float32()}
		copy(s.Colors[i][:], r.Take(4))
		s.UV[i] = [2]float32{r.Float32(), r.Float32()}
	}
	if r.Byte() == 0 {
		s.UV = nil
	}
	s.Indices = readIndices(&r)
	p.solid = s
	return p, r.Err
}

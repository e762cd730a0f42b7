package tiles

import (
	"math"
	"sort"

	"github.com/go-gl/mathgl/mgl64"
)

// View is a perspective camera. Right, Up and Forward are unit vectors at right angles,
// all in ECEF.
type View struct {
	Eye, Right, Up, Forward mgl64.Vec3
	FovY                    float64 // radians, the whole vertical angle
	Width, Height           int     // pixels
}

// SelectOptions of Select. The zero value culls to the view and takes every tile as
// ready.
type SelectOptions struct {
	// Margin keeps what is within this many metres outside of the view: things that cast
	// shadows into it or are seen in reflections.
	Margin float64
	// Everywhere selects tiles all round the eye and behind the Earth: no culling.
	Everywhere bool
	// Ready tells whether a tile's content is at hand, for live drawing: a tile is only
	// replaced by its children when all that would be drawn of them is ready. nil = all.
	Ready func(*Tile) bool
}

// ScreenError is how many pixels a geometric error in metres spans where the volume is
// nearest to the eye (Cesium's measure): error × height / (2 × distance × tan(fov / 2)).
// Inside of the volume it is as at a metre from it.
func (v View) ScreenError(geometricError float64, volume Volume) float64 {
	return geometricError * float64(v.Height) / (2 * math.Max(volume.Distance(v.Eye), 1) * math.Tan(v.FovY/2))
}

// Select returns the tiles with content that draw the view so that no tile's error spans
// more than maxError pixels, or the finest that there are; nearest first. Tiles without
// content are always replaced by their children. The same view gives the same tiles in
// the same order.
func (s *Tileset) Select(v View, maxError float64, o SelectOptions) []*Tile {
	q := selection{view: v, maxError: maxError, o: o, planes: v.planes(), horizon: horizonOf(v.Eye)}
	found := q.visit(s.Root, nil)
	sort.Slice(found, func(i, k int) bool {
		if found[i].distance != found[k].distance {
			return found[i].distance < found[k].distance
		}
		return found[i].tile.Index < found[k].tile.Index
	})
	out := make([]*Tile, len(found))
	for i, f := range found {
		out[i] = f.tile
	}
	return out
}

type found struct {
	tile     *Tile
	distance float64
}

type selection struct {
	view     View
	maxError float64
	o        SelectOptions
	planes   [5]mgl64.Vec3
	horizon  horizon
}

// planes are the inward normals of the sides of the view and of its front; all go
// through the eye. There is no far plane.
func (v View) planes() [5]mgl64.Vec3 {
	ty := math.Tan(v.FovY / 2)
	tx := ty * float64(v.Width) / float64(v.Height)
	return [5]mgl64.Vec3{
		v.Forward,
		v.Forward.Mul(tx).Add(v.Right).Normalize(), v.Forward.Mul(tx).Sub(v.Right).Normalize(),
		v.Forward.Mul(ty).Add(v.Up).Normalize(), v.Forward.Mul(ty).Sub(v.Up).Normalize(),
	}
}

func (q *selection) sees(vol Volume) bool {
	if q.o.Everywhere {
		return true
	}
	for _, n := range q.planes {
		if vol.beyond(q.view.Eye, n, q.o.Margin) {
			return false
		}
	}
	return !q.horizon.hides(vol)
}

// visit appends the selection of a tile and what is below it.
func (q *selection) visit(t *Tile, out []found) []found {
	if !q.sees(t.Volume) || (t.request != nil && t.request.Distance(q.view.Eye) > 0) {
		return out
	}
	refine := len(t.Children) > 0 && (len(t.Content) == 0 || q.view.ScreenError(t.GeometricError, t.Volume) > q.maxError)
	if !refine || t.Additive {
		out = q.take(t, out)
	}
	if !refine {
		return out
	}
	before := len(out)
	for _, c := range t.Children {
		out = q.visit(c, out)
	}
	if q.o.Ready == nil || t.Additive || len(t.Content) == 0 || !q.o.Ready(t) {
		return out
	}
	for _, f := range out[before:] {
		if !q.o.Ready(f.tile) { // hold the coarse tile until all of its replacement is there
			return q.take(t, out[:before])
		}
	}
	return out
}

func (q *selection) take(t *Tile, out []found) []found {
	for _, c := range t.Content {
		if c.Volume == nil || q.sees(*c.Volume) {
			return append(out, found{t, t.Volume.Distance(q.view.Eye)})
		}
	}
	return out
}

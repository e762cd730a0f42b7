package pipeline

import (
	"math"
	"slices"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/gpu"
)

// build sorts what was collected into groups of commands.
func (s *submission) build(sun, sky *sunCascades) {
	s.order = s.order[:0]
	for i := range s.items {
		s.order = append(s.order, i)
	}
	items := s.items
	slices.SortFunc(s.order, func(a, b int) int {
		x, y := &items[a], &items[b]
		switch {
		case x.key != y.key && x.key < y.key:
			return -1
		case x.key != y.key:
			return 1
		}
		return int(x.record) - int(y.record)
	})
	for _, i := range s.order {
		if it := &s.items[i]; it.seen && it.blend == drawable.Opaque && !it.overlay {
			s.opaque = s.emit(s.opaque, it, 0)
		}
	}
	if s.tints {
		for i := range items { // in the frame's order
			if it := &items[i]; it.seen && it.blend == drawable.Tint {
				s.tinted = s.emit(s.tinted, it, 0)
			}
		}
	}
	for c := range sun.n {
		for _, i := range s.order {
			if it := &s.items[i]; it.shadow && sun.casts(c, it.center, it.radius) {
				s.casters[c] = s.emit(s.casters[c], it, it.entry.mesh.count)
			}
		}
	}
	s.tallKey = 14695981039346656037 // FNV-1a
	mix := func(x uint64) { s.tallKey = (s.tallKey ^ x) * 1099511628211 }
	if sky.n > 0 {
		for k := range 3 {
			mix(math.Float64bits(sky.layer[0].cell[k]))
		}
		for _, i := range s.order {
			if it := &s.items[i]; it.tall {
				s.tall = s.emit(s.tall, it, it.entry.mesh.count)
				mix(uint64(it.entry.mesh.indices.first)<<32 | uint64(it.entry.mesh.page)<<24 | uint64(it.count))
			}
		}
	}
	// What lies flat in the order of its bias and of the frame, whatever the view; then blended
	// meshes from back to front; overlays after them in the frame's order.
	slices.SortFunc(s.order, func(a, b int) int {
		x, y := &items[a], &items[b]
		switch {
		case x.overlay != y.overlay && x.overlay:
			return 1
		case x.overlay != y.overlay:
			return -1
		case !x.overlay && (x.bias > 0) != (y.bias > 0):
			return y.bias - x.bias
		case !x.overlay && x.bias > 0 && x.bias != y.bias:
			return x.bias - y.bias
		case !x.overlay && x.bias > 0:
			return int(x.record) - int(y.record)
		case !x.overlay && x.distance != y.distance && x.distance > y.distance:
			return -1
		case !x.overlay && x.distance != y.distance:
			return 1
		}
		return int(x.record) - int(y.record)
	})
	for _, i := range s.order {
		if it := &s.items[i]; it.seen && (it.overlay || it.blend != drawable.Opaque && it.blend != drawable.Tint) {
			s.blended = s.emit(s.blended, it, 0)
		}
	}
}

// emit appends the item's command to the last group, or begins another. skip is added to
// the first index: casters use the welded indices behind a mesh's own.
func (s *submission) emit(groups []group, it *item, skip int) []group {
	caster := skip > 0
	g := group{
		groupState: groupState{
			variant: it.variant, page: it.entry.mesh.page, instancePage: -1, texture: it.texture,
			material: it.entry.material, blend: it.blend, overlay: it.overlay, layered: it.layered,
		},
		first: len(s.commands),
	}
	if it.copies != nil {
		g.instancePage = it.copies.records.page
	}
	if caster {
		g.variant &= variantInstanced | variantTwoSided
		g.texture, g.material = nil, 0
	}
	triangles := it.entry.mesh.count / 3 * int(it.count)
	s.triangles += triangles
	s.draws++
	s.commands = append(s.commands, drawCommand{
		count: uint32(it.entry.mesh.count), instances: it.count,
		firstIndex: uint32(it.entry.mesh.indices.first + skip), baseVertex: int32(it.entry.mesh.vertices.first),
		baseInstance: it.record,
	})
	if n := len(groups); n > 0 {
		l := &groups[n-1]
		if l.groupState == g.groupState {
			l.count++
			l.triangles += triangles
			return groups
		}
	}
	g.count, g.triangles = 1, triangles
	return append(groups, g)
}

// group is a run of commands with one state, drawn by one call.
type group struct {
	groupState
	first, count int // commands
	triangles    int
}

type groupState struct {
	variant      variant
	page         int
	instancePage int // -1 = no instances
	texture      *gpu.Texture
	material     uint32
	blend        drawable.Blend
	overlay      bool
	layered      bool
}

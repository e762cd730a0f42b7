package pipeline

import (
	"cmp"
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/gpu"
)

// build sorts what was collected into groups of commands.
func (s *submission) build(view *camera, sun, sky *sunCascades) {
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
		if it := &s.items[i]; it.seen && it.blend == drawable.Opaque && !it.overlay && !it.refracts {
			s.opaque = s.emitNearest(s.opaque, it, view)
		}
	}
	if s.tints {
		for i := range items { // in the frame's order
			if it := &items[i]; it.seen && it.blend == drawable.Tint {
				s.tinted = s.emit(s.tinted, it, 0, 0, it.entry.mesh.count)
			}
		}
	}
	if !sun.shafts {
		sun.floor = s.floor
	}
	for c := range sun.n {
		casts := func(center mgl64.Vec3, radius, high float64) bool {
			return sun.casts(c, center, radius, high-center[2])
		}
		for _, i := range s.order {
			if it := &s.items[i]; it.shadow && casts(it.center, it.radius, it.high) {
				s.casters[c] = s.emitTouched(s.casters[c], it, it.entry.mesh.count, casts)
			}
		}
	}
	s.tallKey = 14695981039346656037 // FNV-1a, a sum over the commands: their order changes with the view
	if sky.n > 0 {
		l := &sky.layer[0]
		for _, x := range [...]float64{l.cell[0], l.cell[1], l.cell[2], l.radius} {
			s.tallKey = mix(s.tallKey, math.Float64bits(x))
		}
		hides := func(center mgl64.Vec3, radius, _ float64) bool { return sky.casts(0, center, radius, radius) }
		for _, i := range s.order {
			if it := &s.items[i]; it.tall {
				from, copies := len(s.commands), uint64(0)
				if it.copies != nil {
					copies = uint64(it.copies.records.page)<<32 | uint64(it.copies.records.first)
				}
				s.tall = s.emitTouched(s.tall, it, it.entry.mesh.count, hides)
				for _, c := range s.commands[from:] {
					s.tallKey += mix(mix(mix(it.place, uint64(c.firstIndex)<<32|uint64(it.entry.mesh.page)), uint64(c.count)<<32|uint64(it.count)), copies)
				}
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
		if it := &s.items[i]; it.seen && !it.refracts && (it.overlay || it.blend != drawable.Opaque && it.blend != drawable.Tint) {
			if len(s.panes) > 0 { // what is before it is told from what is behind
				_, it.reach = s.records[it.record].along(view.forward, it.box())
			}
			it.drapes = s.layDrapes(it)
			s.blended = s.emit(s.blended, it, 0, 0, it.entry.mesh.count)
		}
	}
	s.layDrapes(nil)
	s.glaze()
}

// emitTouched emits the clusters of an item whose spheres, in the eye frame and up to a
// height there, touch what a pass sees, those that follow each other as one; an item without clusters as a whole.
func (s *submission) emitTouched(groups []group, it *item, skip int, touches func(center mgl64.Vec3, radius, high float64) bool) []group {
	clusters := it.entry.mesh.clusters
	if len(clusters) == 0 || it.copies != nil {
		return s.emit(groups, it, skip, 0, it.entry.mesh.count)
	}
	first, count := 0, 0
	for i := range clusters {
		c, d := &clusters[i], &s.records[it.record]
		center, radius := d.place(c, it.scale)
		if _, high := d.heights(&c.box); touches(center, radius, high) {
			if count == 0 {
				first = c.first
			}
			count += c.count
		} else if count > 0 {
			groups, count = s.emit(groups, it, skip, first, count), 0
		}
	}
	if count > 0 {
		groups = s.emit(groups, it, skip, first, count)
	}
	return groups
}

// emitNearest emits the clusters of an item that the view sees, near ones first, so that
// less is shaded of what others hide.
func (s *submission) emitNearest(groups []group, it *item, view *camera) []group {
	clusters := it.entry.mesh.clusters
	if len(clusters) == 0 || it.copies != nil {
		return s.emit(groups, it, 0, 0, it.entry.mesh.count)
	}
	s.near = s.near[:0]
	for i := range clusters {
		if center, radius := s.records[it.record].place(&clusters[i], it.scale); view.sees(center, radius) {
			s.near = append(s.near, nearCluster{&clusters[i], center.LenSqr()})
		}
	}
	slices.SortFunc(s.near, func(a, b nearCluster) int {
		return cmp.Or(cmp.Compare(a.distance2, b.distance2), a.first-b.first)
	})
	for _, c := range s.near {
		groups = s.emit(groups, it, 0, c.first, c.count)
	}
	return groups
}

// nearCluster is a cluster that the view sees.
type nearCluster struct {
	*cluster
	distance2 float64 // from the eye to its middle, square metres
}

// emit appends a command with a range of the item's indices to the last group, or begins
// another. skip is added to the first index: casters use the welded indices behind a mesh's
// own.
func (s *submission) emit(groups []group, it *item, skip, first, count int) []group {
	caster := skip > 0
	g := group{
		groupState: groupState{
			variant: it.variant, page: it.entry.mesh.page, instancePage: -1, texture: it.texture,
			material: it.entry.material, blend: it.blend, overlay: it.overlay, layered: it.layered, drapes: it.drapes, coat: it.coat,
		},
		first: len(s.commands),
	}
	if it.copies != nil {
		g.instancePage = it.copies.records.page
	}
	if caster {
		g.variant &= variantInstanced | variantTwoSided
		g.texture, g.material, g.coat = nil, 0, nil
	}
	triangles := count / 3 * int(it.count)
	s.triangles += triangles
	s.draws++
	s.commands = append(s.commands, drawCommand{
		count: uint32(count), instances: it.count,
		firstIndex: uint32(it.entry.mesh.indices.first + skip + first), baseVertex: int32(it.entry.mesh.vertices.first),
		baseInstance: it.record,
	})
	if n := len(groups); n > 0 {
		l := &groups[n-1]
		if l.groupState == g.groupState && l.reach == it.reach {
			l.count++
			l.triangles += triangles
			return groups
		}
	}
	g.count, g.triangles, g.reach = 1, triangles, it.reach
	return append(groups, g)
}

// group is a run of commands with one state, drawn by one call.
type group struct {
	groupState
	first, count int // commands
	triangles    int
	reach        float64 // view depth beyond which there is none of it; 0 is not known
}

type groupState struct {
	variant      variant
	page         int
	instancePage int // -1 = no instances
	texture      *gpu.Texture
	material     uint32
	coat         *drawable.Coat
	blend        drawable.Blend
	overlay      bool
	layered      bool
	drapes       int // of those above flat groups, how many are drawn before it
}

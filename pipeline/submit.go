package pipeline

import (
	"fmt"
	"math"
	"slices"
	"unsafe"

	"github.com/go-gl/gl/v4.5-core/gl"
	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/gpu"
)

// variant selects the program of a mesh.
type variant uint16

const (
	variantModel     variant = 7 // bits of drawable.Model
	variantTextured  variant = 1 << 3
	variantInstanced variant = 1 << 4
	variantFade      variant = 1 << 5
	variantTwoSided  variant = 1 << 6
	variantNight     variant = 1 << 7 // of the frame, not of the mesh
	variantWet       variant = 1 << 8
	variantEffect    variant = 1 << 9 // of blended meshes, as the next
	variantProjected variant = 1 << 10
	variantHigh      variant = 1 << 11 // of the frame: the eye is so high that the globe hides things
	variantCoat      variant = 1 << 12
)

// item is one drawable of a frame that something draws.
type item struct {
	key      uint64 // program, page, texture, material, distance: ascending is the order of drawing
	entry    *entry // the mesh
	copies   *entry // the instances, or nil
	count    uint32 // of instances; 1 for a mesh
	texture  *gpu.Texture
	coat     *drawable.Coat
	record   uint32 // its drawRecord
	variant  variant
	blend    drawable.Blend
	seen     bool // by the view
	overlay  bool
	refracts bool // glass
	layered  bool // lets light through in part and stands free: what lies flat is behind all others
	shadow   bool
	tall     bool       // may hide the sky from other things
	center   mgl64.Vec3 // eye frame
	radius   float64
	place    uint64  // key of where it is on the Earth
	scale    float64 // of lengths of the mesh's frame
	low      float64 // how far down and up it reaches, eye frame
	high     float64
	distance float64
	reach    float64 // view depth beyond which there is none of it, of blended things where there is glass
	bias     int
	drapes   int // as of its group
}

// submission is what a frame draws, rebuilt in place each frame.
type submission struct {
	items      []item
	records    []drawRecord
	commands   []drawCommand
	opaque     []group
	tinted     []group     // what colours the surfaces of opaque
	refracted  []group     // glass, from back to front: each side of it that is drawn
	panes      []glassSide // what else is known of them
	blended    []group     // back to front, then overlays in their order
	casters    [maxCascades][]group
	tall       []group // drawn from above, for what hides the sky
	tallKey    uint64  // of what is in tall, and where the map lies
	strokes    []stroke
	drapes     []drape // in the frame's order
	bodies     []body
	skylines   []silhouette
	order      []int
	near       []nearCluster // of one item
	ring       *gpu.Ring
	texels     gpu.BufferTexture // over the records in the ring
	commandsAt int               // bytes into the ring's slot

	time      float64   // of the frame, story seconds
	moments   bool      // what is seen through is in its order
	tints     bool      // something colours the surface behind it
	mayFade   []variant // of bodies of data, which are drawn in the forward pass while they fade
	flats     int       // items that lie flat, of those emitted, of which the first in the frame's order is lowest
	lowest    uint32
	laid      int     // drapes that have found their place above them
	layered   bool    // some surface lets light from behind through in part
	emissive  bool    // something opaque in the view gives light of its own
	data      bool    // something has colours that tone mapping leaves as they are
	floor     float64 // up in the eye frame: no mesh in the view reaches lower
	moving    bool    // something that is in the view or shades it may move by itself
	look      uint64  // sum of what items look like; other than before where one is shifted, or has another texture
	smoothest float32 // roughness of what is opaque in the view, at the least, in the dry

	triangles, draws int
}

// reset empties the submission and keeps its memory.
func (s *submission) reset() {
	s.items, s.records, s.commands = s.items[:0], s.records[:0], s.commands[:0]
	s.opaque, s.tinted, s.blended, s.strokes = s.opaque[:0], s.tinted[:0], s.blended[:0], s.strokes[:0]
	s.refracted, s.panes = s.refracted[:0], s.panes[:0]
	s.drapes, s.bodies, s.skylines = s.drapes[:0], s.bodies[:0], s.skylines[:0]
	for i := range s.casters {
		s.casters[i] = s.casters[i][:0]
	}
	s.tall = s.tall[:0]
	s.mayFade = s.mayFade[:0]
	s.flats, s.lowest, s.laid = 0, 0, 0
	s.triangles, s.draws, s.emissive, s.data, s.layered, s.tints = 0, 0, false, false, false, false
	s.smoothest, s.moving, s.look, s.floor = 1, false, 0, math.Inf(1)
}

// collect culls the draws of a frame and makes a record for each that is left.
func (s *submission) collect(f *Frame, c *camera, sun, sky *sunCascades, res *residency) error {
	s.reset()
	s.time = f.Time
	for i := range f.Draws {
		d := &f.Draws[i]
		if d.Fade >= 1 {
			continue
		}
		switch w := d.What.(type) {
		case *drawable.Mesh:
			if err := s.mesh(d, w, nil, c, sun, sky, res); err != nil {
				return err
			}
		case *drawable.Instances:
			if err := s.mesh(d, w.Mesh, w, c, sun, sky, res); err != nil {
				return err
			}
		case *drawable.Lines:
			s.moving = s.moving || !w.Empty()
			s.lines(d, w, c, res)
		case *drawable.Points:
			s.moving = s.moving || len(w.Vertices) > 0
			if err := s.points(d, w, c, res); err != nil {
				return fmt.Errorf("draw %d: %w", i, err)
			}
		case *drawable.Drape:
			s.moving = true
			s.drapes = append(s.drapes, drape{Drape: w, fade: float64(d.Fade), time: d.Time, record: uint32(len(s.records)), over: -1})
			s.emissive = s.emissive || w.Emission > 0
		case *drawable.Volume:
			s.moving = true
			s.volume(d, w, c)
		case *drawable.Skyline:
			s.skylines = append(s.skylines, silhouette{w, d.Fade})
		case nil, *drawable.Glyphs, *drawable.Sheet, *drawable.Lights: // glyphs and sheets come after the tone map, lights have their own grid
		default:
			return fmt.Errorf("draw %d: a %T cannot be drawn: a tileset is replaced by its meshes first", i, w)
		}
	}
	return nil
}

func (s *submission) mesh(d *drawable.Draw, m *drawable.Mesh, copies *drawable.Instances, c *camera, sun, sky *sunCascades, res *residency) error {
	if m == nil || len(m.Indices) == 0 || (copies != nil && len(copies.Items) == 0) {
		return nil
	}
	frame, center, radius := m.Frame, m.Center, m.Radius
	if copies != nil {
		frame, center, radius = copies.Frame, copies.Center, copies.Radius
	}
	var it item
	place, ok := placeDraw(frame, d, center, radius, c)
	if !ok {
		return nil
	}
	it.center, it.radius, it.scale = place.center, place.radius, place.scale
	it.overlay = d.Overlay
	it.seen = c.sees(it.center, it.radius)
	mat := m.Material
	if mat == nil {
		mat = defaultMaterial
	}
	if it.blend = mat.Blend; it.overlay && it.blend == drawable.Tint {
		it.blend = drawable.Alpha
	}
	it.refracts = mat.Clears() && !it.overlay
	solid := it.blend == drawable.Opaque
	fades := solid && mat.Data && s.moments
	if fades && d.Fade > 0 { // data is seen through, not with holes, which take turns in buildings
		it.blend = drawable.Alpha
	}
	if !d.NoShadow && !d.Overlay && !it.refracts && solid && mat.Model != drawable.Water && mat.Model != drawable.Unlit {
		for i := range sun.n {
			it.shadow = it.shadow || sun.casts(i, it.center, it.radius, it.radius)
		}
		// What moves is small and would have the map drawn again and again.
		it.tall = sky.n > 0 && (copies == nil || !copies.Brief) && sky.casts(0, it.center, it.radius, it.radius)
	}
	if !it.seen && !it.shadow && !it.tall {
		return nil
	}
	if it.seen && (mat.Model == drawable.Unlit || mat.Emission != [3]float32{}) {
		s.emissive = true
		s.data = s.data || mat.Model == drawable.Unlit && mat.Blend != drawable.Additive && mat.Effect.Emission <= 1
	}
	if it.seen && it.blend == drawable.Opaque && !it.refracts {
		s.smoothest = min(s.smoothest, smoothest(mat))
	}
	moves := copies != nil && (copies.Brief || mat.Spin.Axis > 0) || d.Fade > 0 || d.Changing // and its shadow with it
	s.moving = s.moving || moves && (it.seen || it.shadow)
	s.moving = s.moving || it.seen && (mat.Model == drawable.Water || mat.Emission != [3]float32{} || mat.Effect.Pattern != drawable.NoPattern)
	s.tints = s.tints || it.blend == drawable.Tint
	it.layered = it.blend == drawable.Alpha && !it.overlay && !it.refracts && m.Bias == 0
	effect := mat.Effect.Pattern != drawable.NoPattern && it.blend != drawable.Opaque && it.blend != drawable.Tint
	it.layered = it.layered && !(effect && mat.Effect.Projected)
	s.layered = s.layered || it.layered && it.seen
	it.entry = res.mesh(m).passing(d)
	it.count = 1
	it.variant = variant(mat.Model) & variantModel
	if mat.Texture != nil {
		e, err := res.image(mat.Texture, true)
		if err != nil {
			return fmt.Errorf("mesh %s: %w", m.Name, err)
		}
		it.texture = e.passing(d).texture
		it.variant |= variantTextured
	}
	if mat.DoubleSided || mat.Model == drawable.Foliage {
		it.variant |= variantTwoSided
	}
	if d.Fade > 0 {
		it.variant |= variantFade
	}
	rec := place.record
	rec.idBase, rec.fade, rec.tint = d.IDBase, d.Fade, d.Tint
	if d.Open > 0 && d.Fade == 0 && mat.Model == drawable.Facade && it.center.Len()-it.radius < float64(d.Open) {
		it.variant |= variantFade
		rec.fade = -d.Open
	}
	rec.eyeLow[3] = float32(1 + float64(m.Bias)*1e-4)
	if copies != nil {
		it.copies = res.instanced(copies, d.Passing).passing(d)
		it.count = uint32(len(copies.Items))
		it.variant |= variantInstanced
		rec.instances = uint32(it.copies.records.first)
		rec.spin = spinAt(mat.Spin, s.time)
	} else {
		if d.Colors != nil && len(d.Colors.Of) > 0 {
			rec.instances = res.painted(d.Colors)
		}
		if d.Coat != nil && !effect {
			it.coat = d.Coat
			it.variant |= variantCoat
			if d.Stands != nil && len(d.Stands.Of) > 0 {
				rec.spin = res.standing(d.Stands)
			}
			s.emissive = s.emissive || it.seen && d.Coat.Emission > 0
		}
		if err := res.colors.room(m.Name); err != nil {
			return err
		}
	}
	if v := it.variant &^ (variantFade | variantTwoSided); fades && it.seen && mat.Effect.Pattern == drawable.NoPattern && !slices.Contains(s.mayFade, v) {
		s.mayFade = append(s.mayFade, v)
	}
	if effect {
		it.variant |= variantEffect
		if mat.Effect.Projected {
			it.variant |= variantProjected
		}
		rec.spin = cyclesAt(mat.Effect.Period, d.Time)
	}
	it.low, it.high = rec.heights(it.box())
	if it.seen && it.low < s.floor {
		s.floor = it.low
	}
	it.distance, it.bias = it.center.Len(), m.Bias
	it.record = uint32(len(s.records))
	it.key = it.sortKey()
	it.place = placeKey(&frame, d)
	s.look += mix(it.lookKey(d), uint64(rec.instances)*uint64(1-min(it.count-1, 1)))
	if it.coat != nil {
		s.look += coatKey(it.coat)
	}
	if it.refracts && it.seen {
		s.glass(&it, &rec, mat, c)
	}
	s.records = append(s.records, rec)
	s.items = append(s.items, it)
	return nil
}

// smoothest is the least roughness that a dry surface of a material has anywhere.
func smoothest(m *drawable.Material) float32 {
	switch m.Model {
	case drawable.Facade, drawable.Road, drawable.Water: // panes, rails, waves
		return 0
	case drawable.Foliage, drawable.Unlit:
		return 0.7
	}
	return m.Roughness
}

// spinAt is the spin of a drawRecord at a time: where in the cycle of all turns it is.
func spinAt(s drawable.Spin, seconds float64) uint32 {
	if s.Axis <= 0 {
		return 0
	}
	cycles := seconds * float64(s.Rate) / drawable.SpinCycle
	return uint32(math.Round(min(float64(s.Axis), 1)*4095)) | uint32((cycles-math.Floor(cycles))*(1<<20))<<12
}

// box holds what the item draws, in its frame.
func (it *item) box() *bounds {
	if it.copies != nil {
		return &it.copies.box
	}
	return &it.entry.box
}

// sortKey groups by program, page, texture and material, and goes front to back within a
// group.
func (it *item) sortKey() uint64 {
	k := uint64(it.variant)<<57 | uint64(it.entry.mesh.page&0x3f)<<51
	if it.copies != nil {
		k |= uint64(it.copies.records.page&0x1f) << 46
	}
	if it.texture != nil {
		k |= uint64(it.texture.ID&0xff) << 38
	}
	k |= uint64(it.entry.material&0x3ff) << 28
	near := float32(math.Max(it.distance-it.radius, 0))
	return k | uint64(math.Float32bits(near)>>4) // a positive float orders as its bits
}

// lookKey tells an item from one of another mesh, place, texture or tint. Which copies it is of
// is left out: brief ones are others in each frame.
func (it *item) lookKey(d *drawable.Draw) uint64 {
	key := mix(it.place, uint64(it.entry.mesh.page)<<32|uint64(it.entry.mesh.indices.first))
	if it.texture != nil {
		key = mix(key, uint64(it.texture.ID))
	}
	for _, x := range d.Tint {
		key = mix(key, uint64(math.Float32bits(x)))
	}
	return key
}

// upload copies records and commands into the next slot of the ring, which grows when it
// must, and binds the records.
func (s *submission) upload() error {
	records, commands := gpu.Bytes(s.records), gpu.Bytes(s.commands)
	s.commandsAt = (len(records) + 255) / 256 * 256
	need := s.commandsAt + len(commands) + 256
	if s.ring == nil || s.ring.Slot() < need {
		s.ring.Release()
		ring, err := gpu.NewRing("draws", 3, need*3/2)
		if err != nil {
			return err
		}
		s.ring = ring
	}
	slot := s.ring.Next()
	copy(slot, records)
	copy(slot[s.commandsAt:], commands)
	return nil
}

// bind makes the records and commands of this frame current.
func (s *submission) bind() {
	s.texels.Bind(gpu.DrawUnit, s.ring.ID, s.ring.Offset(), max(len(s.records), 1)*int(unsafe.Sizeof(drawRecord{})))
	gl.BindBuffer(gl.DRAW_INDIRECT_BUFFER, s.ring.ID)
}

// draw issues a group. Its program and state are current.
func (s *submission) draw(g *group, res *residency, caster bool) {
	p := res.geometry.pages[g.page]
	if caster {
		gl.BindVertexArray(p.casterVAO)
	} else {
		gl.BindVertexArray(p.vao)
	}
	if g.instancePage >= 0 {
		res.instances.pages[g.instancePage].buffer.BindStorage(2)
	}
	at := s.ring.Offset() + s.commandsAt + g.first*int(unsafe.Sizeof(drawCommand{}))
	gl.MultiDrawElementsIndirect(gl.TRIANGLES, gl.UNSIGNED_INT, bufferOffset(at), int32(g.count), 0)
}

// bufferOffset is an offset into the bound indirect buffer, which GL takes for a pointer.
//
//go:nocheckptr
func bufferOffset(n int) unsafe.Pointer { return unsafe.Add(nil, n) }

func (s *submission) release() {
	s.texels.Release()
	s.ring.Release()
}

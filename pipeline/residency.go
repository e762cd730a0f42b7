package pipeline

import (
	"fmt"
	"math"
	"slices"
	"unsafe"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/gpu"
)

// residency keeps on the GPU what frames draw, by pointer. What no frame has drawn for a
// while goes, oldest first, once the budget is exceeded.
type residency struct {
	budget    int // bytes
	frame     int
	geometry  geometry
	instances pool
	lines     pool
	curves    pool
	points    pool
	colors    featureColors
	entries   map[any]*entry // *drawable.Mesh, *Instances, *Lines, *Points, *Image, *Colors, *Stands
	order     []*entry       // of upload: deterministic eviction
	materials materialTable
}

// keepFrames is how long an unused drawable stays whatever the budget: what the view
// leaves for a moment is not uploaded again.
const keepFrames = 8

// entry is one resident drawable.
type entry struct {
	key      any
	used     int // frame
	bytes    int
	mesh     residentMesh
	box      bounds    // of a mesh, or of instances, in their frame
	material uint32    // index of a mesh's material
	records  poolRange // of instances, points of lines, curves or points
	texture  *gpu.Texture
	widest   float32 // of points and lines; the greatest scale of instances
	radius   float32 // of a mesh, about its middle
	brief    bool    // goes after its frame
	sheet    bool    // of sheets and what passes: goes with the first frame that does not show it
}

// newResidency has so many bytes; lent draws many records from where they are.
func newResidency(budget int, lent bool) *residency {
	r := &residency{budget: budget, entries: map[any]*entry{}}
	r.instances.stride, r.instances.label = instanceBytes, "instances"
	r.lines.stride, r.lines.label = linePointBytes, "points of lines"
	r.curves.stride, r.curves.label = texelBytes, "curves"
	r.points.stride, r.points.label = int(unsafe.Sizeof(drawable.PointVertex{})), "points"
	r.colors.most = gpu.MostTexels()
	r.instances.lent, r.lines.lent, r.points.lent = lent, lent, lent
	return r
}

func (r *residency) touch(key any) *entry {
	e := r.entries[key]
	if e != nil {
		e.used = r.frame
	}
	return e
}

func (r *residency) insert(e *entry) *entry {
	e.used = r.frame
	r.entries[e.key] = e
	r.order = append(r.order, e)
	return e
}

// passing has what is of a moment go when it is drawn no more.
func (e *entry) passing(d *drawable.Draw) *entry {
	e.sheet = e.sheet || d.Passing
	return e
}

func (r *residency) mesh(m *drawable.Mesh) *entry {
	if e := r.touch(m); e != nil {
		return e
	}
	e := &entry{key: m, mesh: r.geometry.add(m), radius: m.Radius, material: r.materials.of(m.Material), box: nothing}
	for i := range m.Vertices {
		e.box.add(&m.Vertices[i].Position, 0)
	}
	e.bytes = e.mesh.vertices.count*vertexBytes + e.mesh.indices.count*4
	return r.insert(e)
}

func (r *residency) instanced(i *drawable.Instances, passing bool) *entry {
	if e := r.touch(i); e != nil {
		return e
	}
	e := &entry{key: i, records: r.instances.keep(len(i.Items), gpu.Bytes(i.Items), i.Brief || passing), bytes: len(i.Items) * instanceBytes, brief: i.Brief, box: nothing}
	reach := i.Mesh.Radius
	for _, c := range i.Mesh.Center {
		reach += float32(math.Abs(float64(c)))
	}
	for k := range i.Items {
		it := &i.Items[k]
		wide := it.Scale[0]
		if it.Scale[1] > wide {
			wide = it.Scale[1]
		}
		e.box.add(&it.Position, reach*wide)
		if wide > e.widest {
			e.widest = wide
		}
	}
	return r.insert(e)
}

func (r *residency) polylines(l *drawable.Lines, passing bool) *entry {
	if e := r.touch(l); e != nil {
		return e
	}
	if len(l.Curves) > 0 {
		curves, looks := gpu.Bytes(l.Curves), gpu.Bytes(l.Looks)
		e := &entry{key: l, records: r.curves.add((len(curves)+len(looks))/texelBytes, curves, looks), bytes: len(curves) + len(looks)}
		for i := range l.Looks {
			e.widest = max(e.widest, l.Looks[i].Width.Float()+2*float32(math.Abs(float64(l.Looks[i].Offset.Float()))))
		}
		return r.insert(e)
	}
	points, widest := linePoints(l)
	return r.insert(&entry{key: l, records: r.lines.keep(len(points), gpu.Bytes(points), passing), bytes: len(points) * linePointBytes, widest: widest})
}

// linePool is where the records of lines are.
func (r *residency) linePool(l *drawable.Lines) *pool {
	if len(l.Curves) > 0 {
		return &r.curves
	}
	return &r.lines
}

func (r *residency) dots(p *drawable.Points, passing bool) *entry {
	if e := r.touch(p); e != nil {
		return e
	}
	e := &entry{key: p, records: r.points.keep(len(p.Vertices), gpu.Bytes(p.Vertices), p.Brief || passing), bytes: len(p.Vertices) * r.points.stride, brief: p.Brief, widest: p.Widest}
	for i := 0; i < len(p.Vertices) && p.Widest == 0; i++ {
		e.widest = max(e.widest, p.Vertices[i].Size)
	}
	return r.insert(e)
}

// image uploads an image with its mip levels; repeat tiles it.
func (r *residency) image(i *drawable.Image, repeat bool) (*entry, error) {
	if e := r.touch(i); e != nil {
		return e, nil
	}
	t, err := uploadImage(i, gpu.TextureDesc{Repeat: repeat, Levels: gpu.AllLevels, Anisotropy: 8})
	if err != nil {
		return nil, err
	}
	return r.insert(&entry{key: i, texture: t, bytes: t.Bytes(), sheet: i.Brief}), nil
}

// picture uploads an image of a drape with its mip levels: shaders sample its long footprints
// themselves.
func (r *residency) picture(i *drawable.Image, around bool) (*entry, error) {
	if e := r.touch(i); e != nil {
		return e, nil
	}
	t, err := uploadImage(i, gpu.TextureDesc{RepeatX: around, Levels: gpu.AllLevels})
	if err != nil {
		return nil, err
	}
	return r.insert(&entry{key: i, texture: t, bytes: t.Bytes(), sheet: i.Brief}), nil
}

// glyphAtlas uploads a distance field: one level, clamped.
func (r *residency) glyphAtlas(i *drawable.Image) (*entry, error) {
	if e := r.touch(i); e != nil {
		return e, nil
	}
	t, err := uploadImage(i, gpu.TextureDesc{})
	if err != nil {
		return nil, err
	}
	return r.insert(&entry{key: i, texture: t, bytes: t.Bytes()}), nil
}

// uploadImage makes a texture of an image, its first row at the top: v counts down, as
// glTF's does. d gives sampling and levels.
func uploadImage(i *drawable.Image, d gpu.TextureDesc) (*gpu.Texture, error) {
	d.Width, d.Height, d.Format = i.Width, i.Height, gpu.R8
	if i.Channels == 4 {
		d.Format = gpu.RGBA8
		if i.SRGB {
			d.Format = gpu.SRGB8A8
		}
	}
	if (i.Channels != 1 && i.Channels != 4) || i.Width <= 0 || i.Height <= 0 || len(i.Pixels) < i.Width*i.Height*i.Channels {
		return nil, fmt.Errorf("image %s: %d bytes for %d×%d with %d channels", i.Name, len(i.Pixels), i.Width, i.Height, i.Channels)
	}
	t, err := gpu.NewTexture(i.Name, d)
	if err != nil {
		return nil, err
	}
	t.Upload(0, 0, unsafe.Pointer(&i.Pixels[0]))
	if t.Levels > 1 {
		t.GenerateMips()
	}
	return t, nil
}

// bytes returns what the drawables take, without the slack of the pages.
func (r *residency) bytes() int {
	n := 0
	for _, e := range r.order {
		n += e.bytes
	}
	return n
}

// forget drops what was of an earlier frame only.
func (r *residency) forget() {
	r.order = slices.DeleteFunc(r.order, func(e *entry) bool {
		old := e.brief && e.used < r.frame || e.sheet && e.used < r.frame-1
		if old {
			r.drop(e)
		}
		return old
	})
}

// evict drops unused drawables, longest unused first, until the budget holds.
func (r *residency) evict() {
	total := r.bytes()
	if total <= r.budget {
		return
	}
	old := slices.Clone(r.order)
	slices.SortStableFunc(old, func(a, b *entry) int { return a.used - b.used })
	gone := map[*entry]bool{}
	for _, e := range old {
		if total <= r.budget || e.used > r.frame-keepFrames {
			break
		}
		total -= e.bytes
		gone[e] = true
		r.drop(e)
	}
	r.order = slices.DeleteFunc(r.order, func(e *entry) bool { return gone[e] })
}

func (r *residency) drop(e *entry) {
	switch k := e.key.(type) {
	case *drawable.Mesh:
		r.geometry.remove(e.mesh)
	case *drawable.Instances:
		r.instances.remove(e.records)
	case *drawable.Lines:
		r.linePool(k).remove(e.records)
	case *drawable.Points:
		r.points.remove(e.records)
	case *drawable.Colors, *drawable.Stands:
		r.colors.remove(e.records.span)
	}
	e.texture.Release()
	delete(r.entries, e.key)
}

func (r *residency) release() {
	for _, e := range r.order {
		e.texture.Release()
	}
	r.entries, r.order = nil, nil
	r.geometry.release()
	r.instances.release()
	r.lines.release()
	r.curves.release()
	r.points.release()
	r.colors.release()
}

package reference

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/internal/srgb"
	"github.com/longtake/longtake/layers/drawable"
)

// Scene is what rays meet: the opaque meshes and instances of a frame around an eye.
type Scene struct {
	Frame   earth.Frame // the eye frame
	objects []object
	boxes   hierarchy // of the objects, in the eye frame
	bias    float64   // the greatest of the objects' biases
}

// object is a mesh in its place.
type object struct {
	mesh    *drawable.Mesh
	tree    *tree
	linear  mgl64.Mat3 // to the eye frame
	inverse mgl64.Mat3
	origin  vec // of the mesh's frame, eye frame
	tint    [3]float64
	bias    float64 // depths are divided by it
	feature uint32
	copied  bool // feature and tint are those of an instance
	mirror  bool // the transform turns fronts to backs
	culled  bool // its backs are not drawn
	casts   bool
}

// tree is the hierarchy of a mesh's triangles, in its own frame.
type tree struct{ hierarchy }

func newTree(m *drawable.Mesh) *tree {
	boxes := make([]box, len(m.Indices)/3)
	for i := range boxes {
		b := emptyBox()
		for _, k := range m.Indices[3*i : 3*i+3] {
			p := m.Vertices[k].Position
			b.add(box{p, p})
		}
		boxes[i] = b
	}
	return &tree{newHierarchy(boxes)}
}

// NewScene takes the draws of a frame that rays can meet: opaque meshes and instances
// that are not overlays. eye is in ECEF metres. Those beyond reach metres of it are left
// out; 0 keeps all.
func NewScene(draws []drawable.Draw, eye mgl64.Vec3, reach float64) *Scene {
	s := &Scene{Frame: earth.FrameAt(earth.FromECEF(eye)), bias: 1}
	s.Frame.Center = eye
	trees := map[*drawable.Mesh]*tree{}
	add := func(o object, d *drawable.Draw, m *drawable.Mesh) {
		if len(m.Indices) < 3 || !o.solve() {
			return
		}
		if reach > 0 && o.middle().Len()-o.radius() > reach {
			return
		}
		if trees[m] == nil {
			trees[m] = newTree(m)
		}
		o.mesh, o.tree = m, trees[m]
		mat := material(m)
		o.bias = 1 + float64(m.Bias)*1e-4
		o.culled = !mat.DoubleSided && mat.Model != drawable.Foliage
		o.casts = !d.NoShadow && mat.Model != drawable.Water && mat.Model != drawable.Unlit
		s.bias = math.Max(s.bias, o.bias)
		s.objects = append(s.objects, o)
	}
	for i := range draws {
		d := &draws[i]
		if d.Fade > 0 || d.Overlay {
			continue // what dissolves is half there: no ray can tell
		}
		switch w := d.What.(type) {
		case *drawable.Mesh:
			if solid(w) {
				add(s.place(w.Frame, d, w), d, w)
			}
		case *drawable.Instances:
			if w.Mesh == nil || !solid(w.Mesh) {
				continue
			}
			frame := s.place(w.Frame, d, w.Mesh)
			for k := range w.Items {
				add(frame.copy(&w.Items[k], d.IDBase), d, w.Mesh)
			}
		}
	}
	boxes := make([]box, len(s.objects))
	for i := range s.objects {
		boxes[i] = s.objects[i].bounds()
	}
	s.boxes = newHierarchy(boxes)
	return s
}

// solid tells whether rays end at a mesh: glass is not there for them.
func solid(m *drawable.Mesh) bool {
	mat := material(m)
	return mat.Blend == drawable.Opaque && !mat.Clears()
}

var plain = drawable.DefaultMaterial()

func material(m *drawable.Mesh) *drawable.Material {
	if m == nil || m.Material == nil {
		return plain
	}
	return m.Material
}

// place takes a drawable's frame to the eye frame.
func (s *Scene) place(frame mgl64.Mat4, d *drawable.Draw, m *drawable.Mesh) object {
	if d.Shift[15] != 0 {
		frame = frame.Mul4(d.Shift)
	}
	axes := mgl64.Mat3FromRows(s.Frame.East, s.Frame.North, s.Frame.Up)
	o := object{mesh: m, linear: axes.Mul3(frame.Mat3()), origin: axes.Mul3x1(frame.Col(3).Vec3().Sub(s.Frame.Center)), feature: d.IDBase}
	for k := range o.tint {
		o.tint[k] = 1
		if d.Tint[3] > 0 {
			o.tint[k] = float64(d.Tint[k])
		}
	}
	return o
}

// copy is an instance of what o places.
func (o object) copy(it *drawable.Instance, base uint32) object {
	sin, cos := math.Sincos(float64(it.Yaw))
	across, up := float64(it.Scale[0]), float64(it.Scale[1])
	turn := mgl64.Mat3FromRows(vec{cos * across, -sin * across, 0}, vec{sin * across, cos * across, 0}, vec{0, 0, up})
	o.origin = o.origin.Add(o.linear.Mul3x1(vec3(it.Position)))
	o.linear = o.linear.Mul3(turn)
	o.feature, o.copied = base+it.Feature, true
	for k := range o.tint {
		o.tint[k] *= linear(it.Color[k])
	}
	return o
}

// solve inverts the transform; it fails where that cannot be done.
func (o *object) solve() bool {
	det := o.linear.Det()
	if det == 0 || math.IsNaN(det) || math.IsInf(det, 0) {
		return false
	}
	o.inverse, o.mirror = o.linear.Inv(), det < 0
	return true
}

func (o *object) middle() vec { return o.linear.Mul3x1(vec3(o.mesh.Center)).Add(o.origin) }

func (o *object) radius() float64 {
	return float64(o.mesh.Radius) * math.Max(o.linear.Col(0).Len(), math.Max(o.linear.Col(1).Len(), o.linear.Col(2).Len()))
}

// bounds is the box of the mesh's box in the eye frame, rounded outwards.
func (o *object) bounds() box {
	b := emptyBox()
	root := o.tree.nodes[0]
	for k := range 8 {
		p := vec{float64(root.lo[0]), float64(root.lo[1]), float64(root.lo[2])}
		for a := range 3 {
			if k>>a&1 == 1 {
				p[a] = float64(root.hi[a])
			}
		}
		p = o.linear.Mul3x1(p).Add(o.origin)
		for a := range 3 {
			slack := 1e-6*math.Abs(p[a]) + 1e-6
			b.lo[a], b.hi[a] = min(b.lo[a], float32(p[a]-slack)), max(b.hi[a], float32(p[a]+slack))
		}
	}
	return b
}

// Triangles is how many the scene holds, copies counted.
func (s *Scene) Triangles() (n int) {
	for i := range s.objects {
		n += len(s.objects[i].mesh.Indices) / 3
	}
	return n
}

func vec3(p [3]float32) vec { return vec{float64(p[0]), float64(p[1]), float64(p[2])} }

// linear is the light of a byte of sRGB.
func linear(c uint8) float64 { return srgb.Light(float64(c) / 255) }

package glb

import (
	"fmt"
	"math"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/longtake/longtake/geo"
	"github.com/qmuntal/gltf"
)

// yawQuat turns about glTF's up axis; geo's yaw is about its own up, which is the same.
func yawQuat(yaw float32) [4]float32 {
	sin, cos := math.Sincos(float64(yaw) / 2)
	return [4]float32{0, float32(sin), 0, float32(cos)}
}

func quatYaw(q []float32) float32 {
	y := 2 * math.Atan2(float64(q[1]), float64(q[3]))
	return float32(math.Remainder(y, 2*math.Pi))
}

// copies are the decoded attributes of EXT_mesh_gpu_instancing; each may be nil.
type copies struct {
	n                            int
	translation, rotation, scale []float32
	colors                       [][4]float32
	ids                          []uint32
}

func (r *reader) copies(p placed, inst instancing) (c copies, err error) {
	n := func(what string, got int) error {
		if c.n != 0 && c.n != got {
			return fmt.Errorf("%s: %s has %d elements where the others have %d", extInstancing, what, got, c.n)
		}
		c.n = got
		return nil
	}
	for _, a := range []struct {
		name string
		size int
		to   *[]float32
	}{{"TRANSLATION", 3, &c.translation}, {"ROTATION", 4, &c.rotation}, {"SCALE", 3, &c.scale}} {
		if at, ok := inst.Attributes[a.name]; ok {
			if *a.to, err = r.floats(at, a.size); err != nil {
				return c, err
			}
			if err = n(a.name, len(*a.to)/a.size); err != nil {
				return c, err
			}
		}
	}
	if at, ok := inst.Attributes["_COLOR_0"]; ok {
		if c.colors, err = r.colors(at); err != nil {
			return c, err
		}
		if err = n("_COLOR_0", len(c.colors)); err != nil {
			return c, err
		}
	}
	var f featureIDs
	ok, err := extension(p.node.Extensions, extInstanceFeatures, &f)
	if err != nil || !ok || len(f.FeatureIDs) == 0 || f.FeatureIDs[0].Attribute == nil {
		return c, err
	}
	if at, ok := inst.Attributes[fmt.Sprintf("_FEATURE_ID_%d", *f.FeatureIDs[0].Attribute)]; ok {
		if c.ids, err = r.ints(at); err != nil {
			return c, err
		}
		if err = n("_FEATURE_ID", len(c.ids)); err != nil {
			return c, err
		}
		table := -1
		if t := f.FeatureIDs[0].PropertyTable; t != nil && *t >= 0 && *t < len(r.first)-1 {
			table = *t
		}
		r.rows(c.ids, table, f.FeatureIDs[0].NullFeatureID)
	}
	return c, nil
}

// heading is the turn about up of a matrix from glTF's axes to geo's; ok is false where it
// also tilts by more than half a degree or scales.
func heading(m mgl64.Mat4) (yaw float32, ok bool) {
	if m == zUp {
		return 0, true
	}
	east, up := m.Col(0).Vec3(), m.Col(1).Vec3()
	if !rigid(m.Mat3()) || up[2] < 0.99996 {
		return 0, false
	}
	return float32(math.Atan2(east[1], east[0])), true
}

// instances restores geo.Instances where the node names a model and stands straight, and
// unfolds them into meshes otherwise.
func (r *reader) instances(p placed, inst instancing, m mgl64.Mat4) error {
	c, err := r.copies(p, inst)
	if err != nil {
		return err
	}
	model := extra(p.node.Extras, "model")
	yaw, upright := heading(m)
	if model == "" || !upright || c.translation == nil {
		return r.unfold(p, c, m)
	}
	if err := r.budget.take(c.n, 0); err != nil {
		return err
	}
	out := geo.Instances{Layer: extra(p.node.Extras, "layer"), Model: model, Items: make([]geo.Instance, c.n)}
	for i := range out.Items {
		t := c.translation[3*i : 3*i+3]
		it := geo.Instance{Position: [3]float32{t[0], -t[2], t[1]}, Yaw: yaw, Scale: 1, Color: [4]uint8{255, 255, 255, 255}}
		if m != zUp {
			for k, v := range m.Mul4x1(vec3(t).Vec4(1)).Vec3() {
				it.Position[k] = float32(v)
			}
		}
		if c.rotation != nil {
			it.Yaw = float32(math.Remainder(float64(yaw+quatYaw(c.rotation[4*i:4*i+4])), 2*math.Pi))
		}
		if c.scale != nil {
			it.Scale = c.scale[3*i+1]
		}
		if c.colors != nil {
			it.Color = decodeColor(c.colors[i])
		}
		if c.ids != nil {
			it.Feature = c.ids[i]
		}
		out.Items[i] = it
	}
	r.content.Instances = append(r.content.Instances, out)
	return nil
}

// unfold writes every copy out as a mesh of its own.
func (r *reader) unfold(p placed, c copies, m mgl64.Mat4) error {
	for i := 0; i < c.n; i++ {
		t, q, s := mgl64.Vec3{}, mgl64.QuatIdent(), mgl64.Vec3{1, 1, 1}
		if c.translation != nil {
			t = vec3(c.translation[3*i:])
		}
		if c.rotation != nil {
			f := c.rotation[4*i:]
			q = mgl64.Quat{W: float64(f[3]), V: vec3(f)}
		}
		if c.scale != nil {
			s = vec3(c.scale[3*i:])
		}
		at := m.Mul4(compose(t, q, s))
		for k, prim := range p.mesh.Primitives {
			mesh, err := r.copy(p, prim, at, c, i)
			if err != nil {
				return fmt.Errorf("mesh %q, primitive %d, instance %d: %w", p.mesh.Name, k, i, err)
			}
			if mesh != nil {
				r.content.Meshes = append(r.content.Meshes, *mesh)
			}
		}
	}
	return nil
}

func (r *reader) copy(p placed, prim *gltf.Primitive, at mgl64.Mat4, c copies, i int) (*geo.Mesh, error) {
	mesh, err := r.mesh(p, prim, at)
	if mesh == nil || err != nil {
		return nil, err
	}
	if c.ids != nil {
		mesh.Features = make([]uint32, len(mesh.Positions))
		for v := range mesh.Features {
			mesh.Features[v] = c.ids[i]
		}
	}
	if c.colors != nil {
		for v, col := range mesh.Colors {
			mesh.Colors[v] = multiply(col, c.colors[i])
		}
	}
	return mesh, nil
}

// multiply shades an sRGB colour by a linear one.
func multiply(c [4]uint8, by [4]float32) [4]uint8 {
	f := encodeColor(c)
	for k := range by {
		by[k] *= float32(f[k]) / 65535
	}
	return decodeColor(by)
}

func vec3(f []float32) mgl64.Vec3 {
	return mgl64.Vec3{float64(f[0]), float64(f[1]), float64(f[2])}
}

//go:build g3n

package objdae

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"strconv"

	"github.com/g3n/engine/geometry"
	"github.com/g3n/engine/gls"
	"github.com/g3n/engine/loader/collada"
	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/tiles/glb"
)

// maxPlaced bounds the meshes that nodes used again and again unfold to.
const maxPlaced = 1 << 16

// dae is a COLLADA document being read: the tree, and what g3n made of its meshes.
type dae struct {
	*builder
	root   *element
	ids    map[string]*element
	meshes map[*element]*geometry.Geometry
	placed int
}

// collada reads a COLLADA document (1.4.1 or 1.5.0): g3n decodes the meshes, nodes and
// materials are read here, for g3n's scene keeps neither the order of transformations nor
// what a symbol is bound to.
func (b *builder) collada(data []byte) error {
	root, err := tree(data)
	if err != nil {
		return err
	}
	d := &dae{builder: b, root: root, ids: map[string]*element{}}
	root.index(d.ids)
	if a := root.child("library_animations"); a != nil && len(a.kids) > 0 {
		b.note("animation")
	}
	if err := d.decode(); err != nil {
		return fmt.Errorf("COLLADA: %w", err)
	}
	scene := d.ids[root.child("scene", "instance_visual_scene").ref("url")]
	if scene == nil {
		scene = root.child("library_visual_scenes", "visual_scene")
	}
	if scene == nil {
		return errors.New("COLLADA: it has no visual_scene to show")
	}
	for _, n := range scene.kids {
		if n.name == "node" {
			if err := d.node(n, d.axes(), 0); err != nil {
				return fmt.Errorf("COLLADA: %w", err)
			}
		}
	}
	return nil
}

// decode gives all meshes to g3n in their plain form.
func (d *dae) decode() error {
	var plain bytes.Buffer
	var order []*element
	plain.WriteString(`<COLLADA version="1.4.1"><library_geometries>`)
	for _, lib := range d.root.kids {
		if lib.name != "library_geometries" {
			continue
		}
		for _, g := range lib.kids {
			mesh := g.child("mesh")
			if mesh == nil {
				d.note("geometry other than meshes")
				continue
			}
			ok, err := d.plainMesh(&plain, strconv.Itoa(len(order)), mesh)
			if err != nil {
				return fmt.Errorf("geometry %s: %w", g.get("id"), err)
			}
			if ok {
				order = append(order, g)
			}
		}
	}
	plain.WriteString(`</library_geometries></COLLADA>`)
	dec, err := collada.DecodeReader(&plain)
	if err != nil {
		return err
	}
	d.meshes = map[*element]*geometry.Geometry{}
	for i, g := range order {
		made, _, err := dec.NewGeometry(strconv.Itoa(i))
		if err != nil {
			return fmt.Errorf("geometry %s: %w", g.get("id"), err)
		}
		d.meshes[g] = made.GetGeometry()
	}
	return nil
}

// axes turns the document's axes into geo's, and its unit into metres (COLLADA 1.4.1,
// "up_axis" and "unit").
func (d *dae) axes() mgl64.Mat4 {
	asset := d.root.child("asset")
	metre := 1.0
	if v, err := strconv.ParseFloat(asset.child("unit").get("meter"), 64); err == nil && v > 0 && v < 1e6 {
		metre = v
	}
	turn := mgl64.Mat3FromRows(mgl64.Vec3{1, 0, 0}, mgl64.Vec3{0, 0, -1}, mgl64.Vec3{0, 1, 0})
	switch asset.child("up_axis").trimmed() {
	case "Z_UP":
		turn = mgl64.Ident3()
	case "X_UP":
		turn = mgl64.Mat3FromRows(mgl64.Vec3{0, -1, 0}, mgl64.Vec3{0, 0, -1}, mgl64.Vec3{1, 0, 0})
	}
	return turn.Mul(metre).Mat4()
}

// node places what a node and those below it hold.
func (d *dae) node(n *element, world mgl64.Mat4, depth int) error {
	if depth > maxDepth {
		return fmt.Errorf("node %s: nodes more than %d deep: does one hold itself?", n.get("id"), maxDepth)
	}
	if d.placed++; d.placed > maxPlaced {
		return fmt.Errorf("more than %d nodes", maxPlaced)
	}
	for _, e := range n.kids {
		m, err := transform(e)
		if err != nil {
			return fmt.Errorf("node %s: %w", n.get("id"), err)
		}
		world = world.Mul4(m)
	}
	for _, e := range n.kids {
		var err error
		switch e.name {
		case "node":
			err = d.node(e, world, depth+1)
		case "instance_node":
			if to := d.ids[e.ref("url")]; to != nil && to.name == "node" {
				err = d.node(to, world, depth+1)
			}
		case "instance_geometry":
			err = d.place(d.ids[e.ref("url")], e, world)
		case "instance_controller":
			err = d.skin(e, world)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// skin places a skinned mesh at rest.
func (d *dae) skin(e *element, world mgl64.Mat4) error {
	skin := d.ids[e.ref("url")].child("skin")
	if skin == nil {
		d.note("morph targets")
		return nil
	}
	if shape := skin.child("bind_shape_matrix"); shape != nil {
		m, err := transform(&element{name: "matrix", text: shape.text})
		if err != nil {
			return fmt.Errorf("bind_shape_matrix: %w", err)
		}
		world = world.Mul4(m)
	}
	return d.place(d.ids[skin.ref("source")], e, world)
}

// transform is the matrix of one transformation element; all else is the identity.
func transform(e *element) (mgl64.Mat4, error) {
	n, ok := map[string]int{"matrix": 16, "translate": 3, "rotate": 4, "scale": 3}[e.name]
	if !ok {
		if e.name == "lookat" || e.name == "skew" {
			return mgl64.Mat4{}, fmt.Errorf("%s is not read: write a matrix, or convert to glb", e.name)
		}
		return mgl64.Ident4(), nil
	}
	v, err := e.floats(n)
	if err != nil {
		return mgl64.Mat4{}, fmt.Errorf("%s: %w", e.name, err)
	}
	switch e.name {
	case "translate":
		return mgl64.Translate3D(v[0], v[1], v[2]), nil
	case "scale":
		return mgl64.Scale3D(v[0], v[1], v[2]), nil
	case "rotate":
		axis := mgl64.Vec3(v[:3])
		if axis.Len() == 0 {
			return mgl64.Ident4(), nil
		}
		return mgl64.HomogRotate3D(mgl64.DegToRad(v[3]), axis.Normalize()), nil
	}
	return mgl64.Mat4(v[:16]).Transpose(), nil // rows first
}

// place adds a mesh with the materials that an instance binds.
func (d *dae) place(g, instance *element, world mgl64.Mat4) error {
	mesh := d.meshes[g]
	if mesh == nil {
		return nil // lines, or noted
	}
	bound := map[string]string{}
	for _, m := range instance.child("bind_material", "technique_common").list("instance_material") {
		bound[m.get("symbol")] = m.ref("target")
	}
	read := func(kind gls.AttribType) []float32 { return *mesh.VBO(kind).Buffer() }
	p, n, uv := read(gls.VertexPosition), read(gls.VertexNormal), read(gls.VertexTexcoord)
	linear := world.Mat3()
	normals := linear.Inv().Transpose()
	mirrored := linear.Det() < 0
	at := func(i uint32) corner {
		c := corner{uv: [2]float32{uv[2*i], 1 - uv[2*i+1]}}
		c.p = single(mgl64.TransformCoordinate(vec([3]float32(p[3*i:])), world))
		if m := normals.Mul3x1(vec([3]float32(n[3*i:]))); m.Len() > 0 {
			c.n = single(m.Normalize())
		}
		return c
	}
	indices := mesh.Indices()
	for i := range mesh.GroupCount() {
		group := mesh.GroupAt(i)
		id, ok := bound[group.Matid]
		if !ok {
			id = group.Matid
		}
		to := d.part(id, func() glb.ModelMaterial { return d.material(d.ids[id]) })
		for k := group.Start; k+2 < group.Start+group.Count; k += 3 {
			t := [3]corner{at(indices[k]), at(indices[k+1]), at(indices[k+2])}
			if mirrored {
				t[1], t[2] = t[2], t[1]
			}
			if err := d.triangle(to, t); err != nil {
				return fmt.Errorf("geometry %s: %w", g.get("id"), err)
			}
		}
	}
	return nil
}

func (e *element) list(name string) (out []*element) {
	if e != nil {
		for _, k := range e.kids {
			if k.name == name {
				out = append(out, k)
			}
		}
	}
	return out
}

func escape(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a buffer takes all
	return b.String()
}

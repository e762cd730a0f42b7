package glb

import (
	"fmt"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/qmuntal/gltf"
)

// zUp takes glTF's axes to geo's: (x, y, z) → (x, -z, y).
var zUp = mgl64.Mat4{1, 0, 0, 0, 0, 0, 1, 0, 0, -1, 0, 0, 0, 0, 0, 1}

// placed is a mesh at its node in the world of the document (y up).
type placed struct {
	node  *gltf.Node
	mesh  *gltf.Mesh
	world mgl64.Mat4
}

// walk returns the meshes of the default scene, in document order of the traversal, and
// the world matrix of every node that the scene reaches.
func (d *document) walk() ([]placed, map[int]mgl64.Mat4, error) {
	type step struct {
		node   int
		parent mgl64.Mat4
	}
	var todo []step
	push := func(nodes []int, parent mgl64.Mat4) {
		for i := len(nodes) - 1; i >= 0; i-- {
			todo = append(todo, step{nodes[i], parent})
		}
	}
	roots, err := d.roots()
	if err != nil {
		return nil, nil, err
	}
	push(roots, mgl64.Ident4())
	var out []placed
	worlds := make(map[int]mgl64.Mat4, len(d.Nodes))
	for len(todo) > 0 {
		s := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if s.node < 0 || s.node >= len(d.Nodes) {
			return nil, nil, fmt.Errorf("node %d does not exist", s.node)
		}
		if _, again := worlds[s.node]; again {
			return nil, nil, fmt.Errorf("node %d is reached twice: nodes must form a tree", s.node)
		}
		n := d.Nodes[s.node]
		local := localMatrix(n)
		local[13] -= d.lift(n)
		w := s.parent.Mul4(local)
		worlds[s.node] = w
		if n.Mesh != nil {
			if *n.Mesh < 0 || *n.Mesh >= len(d.Meshes) {
				return nil, nil, fmt.Errorf("node %d: mesh %d does not exist", s.node, *n.Mesh)
			}
			out = append(out, placed{n, d.Meshes[*n.Mesh], w})
		}
		push(n.Children, w)
	}
	return out, worlds, nil
}

// lift is how far a node of ours stands above the true place of its mesh.
func (d *document) lift(n *gltf.Node) float64 {
	if n.Mesh == nil || *n.Mesh < 0 || *n.Mesh >= len(d.Meshes) {
		return 0
	}
	m, _ := d.Meshes[*n.Mesh].Extras.(map[string]any)
	v, _ := m["lift"].(float64)
	return v
}

// roots are the nodes of the default scene; of the first scene where none is named; all
// nodes without parents where there is no scene.
func (d *document) roots() ([]int, error) {
	if len(d.Scenes) > 0 {
		s := 0
		if d.Scene != nil {
			s = *d.Scene
		}
		if s < 0 || s >= len(d.Scenes) {
			return nil, fmt.Errorf("scene %d does not exist", s)
		}
		return d.Scenes[s].Nodes, nil
	}
	child := make([]bool, len(d.Nodes))
	for _, n := range d.Nodes {
		for _, c := range n.Children {
			if c >= 0 && c < len(child) {
				child[c] = true
			}
		}
	}
	var roots []int
	for i, c := range child {
		if !c {
			roots = append(roots, i)
		}
	}
	return roots, nil
}

func localMatrix(n *gltf.Node) mgl64.Mat4 {
	if m := n.MatrixOrDefault(); m != gltf.DefaultMatrix {
		return mgl64.Mat4(m)
	}
	t, r, s := n.Translation, n.RotationOrDefault(), n.Scale
	return compose(mgl64.Vec3(t), mgl64.Quat{W: r[3], V: mgl64.Vec3{r[0], r[1], r[2]}}, mgl64.Vec3(s))
}

// compose is translation × rotation × scale.
func compose(t mgl64.Vec3, r mgl64.Quat, s mgl64.Vec3) mgl64.Mat4 {
	m := mgl64.Ident4()
	if l := r.Len(); l > 0 && (r.V != mgl64.Vec3{}) {
		m = r.Scale(1 / l).Mat4()
	}
	for c := range s {
		for row := 0; row < 3; row++ {
			m[4*c+row] *= s[c]
		}
	}
	m[12], m[13], m[14] = t[0], t[1], t[2]
	return m
}
